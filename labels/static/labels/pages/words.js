/** What the plain pages' modules say, in the page's language: English where the page brings no other words. */

/** @type {Record<string, string>} */
const words = /** @type {any} */ (globalThis).galleyWords ?? {};

/** @param {string} text */
export function t(text) {
	return words[text] ?? text;
}
