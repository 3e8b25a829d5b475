/** What helps to find one's way: the outline, the arcs over the text, the address, the other articles. */

import { addressing } from "./address.js";
import { arcs } from "./arcs.js";
import { articles } from "./articles.js";
import { Outline } from "./outline.js";
import { Stack } from "./stack.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */

/** @param {Canvas} canvas @param {import("../keyboard.js").Keyboard} keyboard @param {(span: import("../state.js").Span) => string} mark */
export function findWay(canvas, keyboard, mark) {
	arcs(canvas);
	new Outline(canvas, keyboard, mark);
	new Stack(canvas);
	addressing(canvas, keyboard);
	articles(canvas, keyboard);
}
