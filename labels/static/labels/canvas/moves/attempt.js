/** Hands in one's set, or takes it back, and says why where that cannot be. */

import { make, Unmoved } from "./moves.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */

/** @param {Canvas} canvas @param {import("./moves.js").Move} move */
export async function attempt(canvas, move) {
	try {
		await make(canvas.session, move);
		canvas.tell("hush");
		canvas.choose(null);
		scrollTo({ top: 0 });
	} catch (problem) {
		if (!(problem instanceof Unmoved)) throw problem;
		if (problem.lacks.length) (await import("../sheets/lacks.js")).showLacks(canvas, problem.message, problem.lacks);
		else canvas.say(problem.message);
	}
}
