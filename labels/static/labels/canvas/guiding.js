/** The guideline beside the text: fetched when it is first asked for, and where it was open on the page before. */

import { fetched, idle } from "./idle.js";

/** @param {import("./canvas.js").Canvas} canvas @param {import("./keyboard.js").Keyboard} keyboard */
export function guiding(canvas, keyboard) {
	const memory = `galley-guideline ${canvas.boot.me.id}`;
	/** @type {import("./sheets/guide.js").Guide | undefined} */
	let made;
	const guide = async () => {
		const { Guide } = await import("./sheets/guide.js");
		made ??= new Guide(canvas, memory);
		return made;
	};
	keyboard.onDemand("guideline", async () => {
		const it = await guide();
		return () => it.turn();
	});
	if (localStorage.getItem(memory) !== null) idle(() => fetched(guide));
}
