/**
 * Boundaries: from what somebody selected to what they most likely meant to mark. All offsets are UTF-16 units
 * of one paragraph's text. The server (`labels/text/boundaries.py`) asks only that no grapheme is split and no
 * edge is white space: the rest is help, which `exact` turns off.
 */

import { pairs } from "./quotemarks.js";
import { partsOfWord, segments, trim, wholeGraphemes } from "./segmenter.js";
import { ownsFullStop } from "./sentences.js";

/** @typedef {import("./segmenter.js").Stretch} Stretch */
/** @typedef {import("./quotemarks.js").Pair} Pair */
/** @typedef {{exact?: boolean, locale?: string}} SnapOptions */

/** White space, and what cannot be seen at an edge. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: Python takes these four for white space
const BLANK = /^[\p{White_Space}\x1C-\x1F\u00AD\u200B\u200E\u200F\u2060\uFEFF]/u;
const LEADING = /^[.,;:!?…،؛؟、。，；：！？।–—]$/;
const TRAILING = /^[.,;:!?…،؛؟۔、。，．；：！？｡､।॥–—]$/;
const WORD_BEHIND_POINT = /^[\p{L}\p{N}]/u;
const NO_WORD = /^[\s\p{P}]{0,4}$/u;

/**
 * Turn a selection into what it most likely means: whole words, no blanks, no punctuation at the edges, both
 * quotation marks or neither. With `exact` the characters stay as chosen, but no grapheme is split and no
 * edge is white space. Nothing but white space gives null.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {SnapOptions} [options]
 * @returns {Stretch | null}
 */
export function snap(text, start, end, { exact = false, locale } = {}) {
	if (start >= end) return null;
	const chosen = trim(text, wholeGraphemes(text, { start, end }));
	if (exact || !chosen) return chosen;
	const marks = pairs(text);
	let range = toWords(text, chosen, locale);
	// Leaving out a mark can uncover punctuation, and that another mark: as deep as quotations nest.
	for (let depth = 0; depth < 4; depth++) {
		const trimmed = trimPunctuation(text, bothOrNeither(text, marks, range));
		if (!trimmed) return chosen; // Nothing but punctuation: that is what was meant.
		range = trimmed;
	}
	return trim(text, wholeGraphemes(text, range));
}

/** @param {string} text @param {Stretch} range @param {string} [locale] @returns {Stretch} */
function toWords(text, { start, end }, locale) {
	const all = segments(text, "word", locale);
	const around = (/** @type {number} */ at) => {
		const word = all.containing(at);
		return word && partsOfWord(word).find((part) => part.start < at && at < part.end);
	};
	const grown = { start: around(start)?.start ?? start, end: around(end)?.end ?? end };
	if (text[grown.end] === "." && ownsFullStop(lastWords(text, grown.start, grown.end))) {
		grown.end += 1;
	}
	return grown;
}

/**
 * Take in the partner of a mark where nothing but punctuation lies between, else leave out a mark that stands
 * at the edge. A mark in the middle whose partner is far stays: nobody asked for the words up to there.
 * @param {string} text
 * @param {Pair[]} marks
 * @param {Stretch} range
 * @returns {Stretch}
 */
function bothOrNeither(text, marks, { start, end }) {
	const isNear = (/** @type {number} */ from, /** @type {number} */ to) => NO_WORD.test(text.slice(from, to));
	for (const { open, close } of marks) {
		const hasOpen = start <= open && open < end;
		const hasClose = start <= close && close < end;
		if (hasOpen && !hasClose) {
			if (isNear(end, close)) end = close + 1;
			else if (isNear(start, open)) start = open + 1;
		} else if (hasClose && !hasOpen) {
			if (isNear(open + 1, start)) start = open;
			else if (isNear(close + 1, end)) end = close;
		}
	}
	return { start, end };
}

/**
 * @param {string} text
 * @param {Stretch} range
 * @returns {Stretch | null}
 */
function trimPunctuation(text, range) {
	return trim(text, range, (grapheme, at, isFirst) => {
		if (BLANK.test(grapheme)) return true;
		// A point before a word, as in .5, belongs to it, and so does the one behind U.S.
		if (isFirst) return LEADING.test(grapheme) && !isPointBeforeWord(text, at);
		return TRAILING.test(grapheme) && !(grapheme === "." && ownsFullStop(lastWords(text, range.start, at)));
	});
}

/** @param {string} text @param {number} at */
function isPointBeforeWord(text, at) {
	return text[at] === "." && WORD_BEHIND_POINT.test(text.slice(at + 1, at + 3));
}

/** As much of a stretch as an abbreviation may be long. @param {string} text @param {number} start @param {number} end */
function lastWords(text, start, end) {
	return text.slice(Math.max(start, end - 32), end);
}
