/** What one noted in other articles is proposed here. Most have noted nothing: they fetch what does it at its first key. */

import { fetched, idle } from "./idle.js";
import { phrasesOf } from "./phrasebook.js";

/** @param {import("./canvas.js").Canvas} canvas @param {import("./keyboard.js").Keyboard} keyboard */
export function offering(canvas, keyboard) {
	/** @type {ReturnType<typeof import("./elsewhere/elsewhere.js").offerSuggestions> | undefined} */
	let offered;
	const offer = async () => {
		const { offerSuggestions } = await import("./elsewhere/elsewhere.js");
		offered ??= offerSuggestions(canvas);
		return offered;
	};
	keyboard.onDemand("elsewhere", async () => (await offer()).propose);
	keyboard.onDemand("suggestions", async () => (await offer()).review);
	if (phrasesOf(canvas).length) idle(() => fetched(offer));
}
