/** The row of tabs may be wider than the screen: it begins at the tab of this page. */
for (const here of document.querySelectorAll(".tabs [aria-current]")) {
	const row = here.parentElement;
	const [inside, all] = [here.getBoundingClientRect(), row?.getBoundingClientRect()];
	if (row && all) row.scrollLeft += inside.left - all.left - (all.width - inside.width) / 2;
}
