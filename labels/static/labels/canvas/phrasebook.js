/** The phrases of a person in a project, kept on this device. */

/** @typedef {import("./canvas.js").Canvas} Canvas */
/** @typedef {import("./elsewhere/phrases.js").Phrase} Phrase */

/** Under which name. @param {Canvas} canvas */
function nameOf({ boot: { me, urls } }) {
	return `galley-elsewhere ${me.id} ${urls.project}`;
}

/** @param {Canvas} canvas @returns {Phrase[]} */
export function phrasesOf(canvas) {
	return JSON.parse(localStorage.getItem(nameOf(canvas)) ?? "[]");
}

/** @param {Canvas} canvas @param {Phrase[]} phrases */
export function keepPhrases(canvas, phrases) {
	localStorage.setItem(nameOf(canvas), JSON.stringify(phrases));
}
