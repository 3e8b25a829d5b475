"""The tests mirror `labels/` room by room; canvas/ runs in Node, browser/ in Chromium, house/ guards the code."""
