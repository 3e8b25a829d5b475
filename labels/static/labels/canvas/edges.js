/** Where an edge of a span goes when it is moved by a word or by a character. Pure. */

/** @typedef {import("./article.js").Article} Article */
/** @typedef {"start" | "end"} Edge */

/** The next edge of a word. @param {Article} article @param {number} at @param {Edge} edge @param {1 | -1} step */
export function byWord(article, at, edge, step) {
	const around = article.partAt("words", step > 0 ? at : at - 1);
	if (edge === "end") {
		if (step < 0) return article.beside("words", at - 1, -1)?.end ?? at;
		return around && around.end > at ? around.end : at;
	}
	if (step > 0) return article.beside("words", at + 1, 1)?.start ?? at;
	return (around && around.start < at ? around : article.beside("words", at, -1))?.start ?? at;
}

/** The next character that is not a blank. @param {Article} article @param {number} at @param {Edge} edge @param {1 | -1} step */
export function byCharacter(article, at, edge, step) {
	let to = article.grapheme(at, step);
	const isBlank = () => !(edge === "start" ? article.slice(to, to + 1) : article.slice(to - 1, to)).trim();
	while (to > 0 && to < article.length && isBlank()) {
		const next = article.grapheme(to, step);
		if (next === to) return at;
		to = next;
	}
	return to;
}
