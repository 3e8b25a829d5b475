/** Brings a place of the text into view, clear of what covers the edges of the screen. */

import { part } from "./element.js";

/** The outline stands above the text, the card comes from below: as in the style sheet. */
export const NARROW = "(max-width: 900px)";

/** @param {import("./canvas.js").Canvas} canvas @param {{start: number, end: number}} stretch */
export function reveal(canvas, { start, end }) {
	const box = canvas.positions.range(start, end).getBoundingClientRect();
	// On a narrow screen the card lies over the lower part.
	const card = part(canvas.root, "[data-part=card]").getBoundingClientRect();
	const room = card.height && card.left < box.left ? card.top : innerHeight;
	// What goes on over the text has a bar at the foot, and so has what is being selected by keys.
	const [top, bottom] = [110, room - (canvas.mode || canvas.caret.anchor ? 130 : 60)];
	if (box.top >= top && box.bottom <= bottom) return;
	const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
	const by = box.top - Math.max(room / 3, top);
	scrollBy({ top: by, behavior: calm || Math.abs(by) > innerHeight ? "instant" : "smooth" });
}
