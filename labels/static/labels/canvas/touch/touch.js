/** What a finger needs: fetched where there is a screen to touch. */

import { Knobs } from "./knobs.js";
import { Pressing } from "./pressing.js";

/** @param {import("../canvas.js").Canvas} canvas */
export function touching(canvas) {
	new Pressing(canvas);
	new Knobs(canvas);
}
