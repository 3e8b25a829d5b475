/**
 * Keeps right what a screen reader says at each span: "2 of 14" changes when others come and go, though nothing
 * of the span itself is painted anew.
 */

import { spoken } from "./chips.js";
import { idle } from "./idle.js";

/** @param {import("./canvas.js").Canvas} canvas */
export function numbering(canvas) {
	const { describe } = spoken(canvas);
	let waiting = false;
	canvas.on("painted", () => {
		if (waiting) return;
		waiting = true;
		idle(() => {
			waiting = false;
			for (const run of canvas.text.querySelectorAll(".run[data-first]")) renew(run);
		});
	});

	/** @param {Element} run the first of some spans */
	function renew(run) {
		const ids = run.getAttribute("data-first")?.split(" ") ?? [];
		const words = ids.map(describe).join("; ");
		if (run.getAttribute("aria-description") !== words) run.setAttribute("aria-description", words);
	}
}
