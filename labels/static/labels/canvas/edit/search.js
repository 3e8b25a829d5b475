/** Where the text has what is sought: as typed, but for large and small letters and the kind of blanks. Pure. */

/** @typedef {import("../article.js").Article} Article */
/** @typedef {import("../article.js").Stretch} Stretch */

const SYNTAX = /[\\^$.*+?()[\]{}|/]/g;
/** What would halve a character: an accent, the tone of a hand or the next of a family would be left behind. */
const [WHOLE_BEFORE, WHOLE_BEHIND] = ["(?<!\\u200D)", "(?![\\p{M}\\p{EMod}\\u200D])"];

/** @param {Article} article @param {string} query @returns {Stretch[]} in order, in code points */
export function hitsOf(article, query) {
	if (!query.trim()) return [];
	const pattern = query.replace(SYNTAX, "\\$&").replace(/\s+/gu, "[^\\S\\n]+");
	const found = article.text.matchAll(new RegExp(WHOLE_BEFORE + pattern + WHOLE_BEHIND, "giu"));
	return Array.from(found, ({ 0: words, index }) => ({
		start: article.toPoint(index),
		end: article.toPoint(index + words.length),
	}));
}

/** The first hit at or behind a place, else the first of all; -1 where there is none. @param {Stretch[]} hits @param {number} from */
export function firstFrom(hits, from) {
	const at = hits.findIndex((each) => each.start >= from);
	return at < 0 && hits.length ? 0 : at;
}
