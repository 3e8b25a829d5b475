/**
 * Keeps right what a screen reader says at each span: "2 of 14" changes when others come and go, though nothing
 * of the span itself is painted anew.
 */

import { spoken } from "./chips.js";
import { idle, Later } from "./idle.js";

/** @param {import("./canvas.js").Canvas} canvas */
export function numbering(canvas) {
	const { describe } = spoken(canvas);
	/** Where spans begin, some of them gone since. @type {Element[]} */
	let runs = [];
	const later = new Later(
		(index) => renew(runs[index]),
		() => {},
	);
	let waits = false;
	canvas.on("painted", () => {
		if (!waits) idle(look);
		waits = true;
	});

	function look() {
		waits = false;
		runs = [...canvas.text.querySelectorAll(".run[data-first]")];
		later.waiting = new Set(runs.keys());
		later.start();
	}

	/** @param {Element} run the first of some spans */
	function renew(run) {
		const ids = run.getAttribute("data-first")?.split(" ") ?? [];
		const words = ids.map(describe).join("; ");
		if (run.getAttribute("aria-description") !== words) run.setAttribute("aria-description", words);
	}
}
