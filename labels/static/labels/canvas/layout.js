/** Lays out what the label page and the review page share, around one canvas. */

import { announcing } from "./announce.js";
import { arcs } from "./arcs.js";
import { Card } from "./card.js";
import { dragging } from "./drag.js";
import { keyText } from "./element.js";
import { Keyboard } from "./keyboard.js";
import { Links } from "./links.js";
import { Outline } from "./outline.js";
import { palette } from "./palette.js";
import { refusals } from "./refusals.js";
import { NARROW } from "./reveal.js";
import { Reviews } from "./reviews.js";
import { saved } from "./saved.js";
import { Selecting } from "./selection.js";
import { sheets } from "./sheet.js";
import { stepping } from "./stepping.js";
import { replying } from "./thread.js";
import { verdicts } from "./verdicts.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */
/** @typedef {import("./state.js").Span} Span */
/** @typedef {import("./card.js").Extra} Extra */

/** The page's own buttons do what their key does, and show it. @param {Canvas} canvas @param {Keyboard} keyboard */
function buttons(canvas, keyboard) {
	for (const button of document.querySelectorAll("[data-command]")) {
		const command = button.getAttribute("data-command") ?? "";
		const key = canvas.keymap.keyOf(command);
		const cap = button.querySelector("kbd");
		if (cap && key) cap.textContent = keyText(key);
		if (key) button.setAttribute("aria-keyshortcuts", key);
		button.addEventListener("click", () => keyboard.do({ command }));
	}
}

/**
 * @param {Canvas} canvas
 * @param {{mark: (span: Span, reviews: Reviews) => string, extras: (keyboard: Keyboard, reviews: Reviews) => Extra[]}} page what is its own
 */
export function layOut(canvas, { mark, extras }) {
	const keyboard = new Keyboard(canvas);
	const reviews = new Reviews(canvas);
	announcing(canvas, keyboard);
	saved(canvas);
	refusals(canvas);
	new Selecting(canvas);
	palette(canvas, keyboard);
	stepping(canvas, keyboard);
	const links = new Links(canvas, keyboard);
	dragging(canvas, links);
	arcs(canvas);
	replying(canvas, keyboard);
	sheets(canvas, keyboard);
	const { said, talk } = verdicts(canvas, keyboard, reviews);
	new Card(canvas, keyboard, [...extras(keyboard, reviews), said], talk);
	new Outline(canvas, (span) => mark(span, reviews));
	buttons(canvas, keyboard);
	if (matchMedia(NARROW).matches)
		for (const fold of canvas.root.querySelectorAll(".side > details")) fold.removeAttribute("open");
	canvas.text.focus({ preventScroll: true });
	return { keyboard, reviews };
}
