/**
 * Sentences: the browser's, mended where a full stop ends an abbreviation or a quoted question goes on. The
 * server's own (`labels/text/segments.py`) has the same lists, and `tests/vectors/text.json` holds for both.
 */

import { segments, trim } from "./segmenter.js";

/** @typedef {import("./segmenter.js").Stretch} Stretch */

/** Words whose full stop belongs to them; the same list as `ABBREVIATIONS` in `labels/text/segments.py`. */
export const ABBREVIATIONS = new Set(
	[
		"Adm Apr Assn Aug Ave Blvd Bros Capt Cmdr Co Col Corp Dec Dept Dr Feb Gen Gov Hon Inc Jan Jr Lt Ltd",
		"Maj Messrs Mr Mrs Ms Mt Nov Oct Prof Rep Rev Sen Sept Sgt Sr St Supt Univ approx cf eg etc fig ie",
		"pp vol vs",
	].flatMap((line) => line.split(" ")),
);

/** Words after which a dotted acronym before them is seen to have ended its sentence. */
export const OPENERS = new Set(
	[
		"A After An And As At But He Her His However I If In It Its Meanwhile On She That The Their There",
		"These They This Those We When While You",
	].flatMap((line) => line.split(" ")),
);

const ACRONYM = /(?<![\p{L}\p{N}])(?:\p{L}\.)+\p{L}$/u;
const LAST_WORD = /[\p{L}\p{M}\p{N}]+$/u;

/**
 * The sentences of a text, without the blanks around them.
 * @param {string} text
 * @param {string} [locale]
 * @returns {Stretch[]}
 */
export function sentences(text, locale) {
	/** @type {Stretch[]} */
	const found = [];
	for (const { segment, index } of segments(text, "sentence", locale)) {
		const range = trim(text, { start: index, end: index + segment.length });
		if (!range) continue;
		const last = found.at(-1);
		const continues = last && goesOn(text.slice(last.start, last.end), text.slice(last.end, range.end));
		if (continues) last.end = range.end;
		else found.push(range);
	}
	return found;
}

/** @param {string} sentence @param {string} rest what follows, with the blanks before it */
function goesOn(sentence, rest) {
	if (rest.includes("\n")) return false;
	if (/^\s*\p{Ll}/u.test(rest)) return true;
	if (!sentence.endsWith(".")) return false;
	const body = sentence.slice(0, -1);
	if (ACRONYM.test(body)) return !OPENERS.has(rest.match(/\p{L}+/u)?.[0] ?? "");
	const word = body.match(LAST_WORD)?.[0] ?? "";
	if (/^Nos?$/.test(word)) return /^\s*\p{N}/u.test(rest);
	return ABBREVIATIONS.has(word) || (/^\p{Lu}$/u.test(word) && word !== "I");
}

/** Whether a full stop behind these words belongs to the last of them. @param {string} words */
export function ownsFullStop(words) {
	return ACRONYM.test(words) || ABBREVIATIONS.has(words.match(LAST_WORD)?.[0] ?? "");
}
