/** What helps to find one's way on a page: the outline, and the arcs over the text. */

import { arcs } from "./arcs.js";
import { Outline } from "./outline.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */

/** @param {Canvas} canvas @param {import("../keyboard.js").Keyboard} keyboard @param {(span: import("../state.js").Span) => string} mark */
export function findWay(canvas, keyboard, mark) {
	arcs(canvas);
	new Outline(canvas, keyboard, mark);
}
