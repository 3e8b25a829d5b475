/**
 * Where else the words of a span stand in the article, word for word. Pure.
 *
 * A mention is a run of whole words as the browser divides the text into words, with the same signs between them
 * (blanks of any kind are alike). An inflected form is, in whatever language, a word that begins with the word sought
 * and is at most twice as long: "Konos" for "Kono", "Москвой" for "Москв", but not "Information" for "In". It says
 * nothing about endings that change the beginning; the person says what is meant.
 */

import { Article } from "../article.js";

/** @typedef {import("../article.js").Stretch} Stretch */
/** @typedef {import("../state.js").Span} Span */
/** @typedef {{anyCase: boolean, inflected: boolean}} Likeness */
/** @typedef {{words: string[], between: string[]}} Phrase `between`: before the first word, between them, behind the last */

/** @param {string} signs */
const plainBlanks = (signs) => signs.replace(/\s+/gu, " ");

/** The words in a stretch of one paragraph; null where there are none. @param {Article} article @param {Stretch} stretch @returns {Phrase | null} */
function phraseOf(article, { start, end }) {
	const index = article.paragraphAt(start);
	if (end > article.paragraphs[index].end) return null;
	const inside = article.parts("words", index).filter((each) => each.start < end && each.end > start);
	if (!inside.length) return null;
	// A span may begin or end within a word: it is sought as far as it goes.
	const parts = inside.map((each) => ({ start: Math.max(each.start, start), end: Math.min(each.end, end) }));
	const edges = [start, ...parts.flatMap((each) => [each.start, each.end]), end];
	const between = parts.map((_, at) => article.slice(edges[2 * at], edges[2 * at + 1]));
	between.push(article.slice(edges[edges.length - 2], end));
	return { words: parts.map((each) => article.slice(each.start, each.end)), between: between.map(plainBlanks) };
}

/** How words are compared. @param {string | undefined} locale @param {Likeness} likeness */
function comparing(locale, { anyCase, inflected }) {
	const folded = (/** @type {string} */ text) => (anyCase ? lower(text, locale) : text);
	const isAlike = (/** @type {string} */ word, /** @type {string} */ sought) =>
		inflected ? word.startsWith(sought) && word.length <= 2 * sought.length : word === sought;
	return { folded, isAlike };
}

/** @param {string} text @param {string | undefined} locale */
function lower(text, locale) {
	try {
		return text.toLocaleLowerCase(locale);
	} catch {
		return text.toLowerCase(); // a language that the browser cannot read
	}
}

/** All mentions but the stretch itself, in order. @param {Article} article @param {Stretch} stretch @param {Likeness} likeness @returns {Stretch[]} */
export function mentionsOf(article, stretch, likeness) {
	const found = placesOf(article, phraseOf(article, stretch), likeness);
	return found.filter((each) => each.end <= stretch.start || each.start >= stretch.end);
}

/** All places in an article where words stand that come from elsewhere, in order. @param {Article} article @param {string} words @param {Likeness} likeness @returns {Stretch[]} */
export function placesOfWords(article, words, likeness) {
	const length = [...words].length;
	const source = new Article([{ start: 0, text: words }], length, article.locale);
	return placesOf(article, phraseOf(source, { start: 0, end: length }), likeness);
}

/** @param {Article} article @param {Phrase | null} phrase @param {Likeness} likeness @returns {Stretch[]} */
function placesOf(article, phrase, likeness) {
	if (!phrase) return [];
	const { folded, isAlike } = comparing(article.locale, likeness);
	const sought = phrase.words.map(folded);
	return article.paragraphs.flatMap(({ text }, index) => {
		// Most paragraphs have none: their words need not be looked at.
		if (!folded(text).includes(sought[0])) return [];
		const words = article.parts("words", index);
		const texts = words.map((each) => folded(article.slice(each.start, each.end)));
		return words.flatMap((_, at) => {
			const isHere = sought.every((word, next) => texts[at + next] !== undefined && isAlike(texts[at + next], word));
			return isHere ? between(article, index, words.slice(at, at + sought.length), phrase) : [];
		});
	});
}

/** The stretch of some words with the signs around them, if these are the same. @param {Article} article @param {number} index @param {Stretch[]} words @param {Phrase} phrase @returns {Stretch[]} */
function between(article, index, words, phrase) {
	const [before, behind] = [phrase.between[0], phrase.between[words.length]];
	const start = words[0].start - [...before].length;
	const end = words[words.length - 1].end + [...behind].length;
	const paragraph = article.paragraphs[index];
	if (start < paragraph.start || end > paragraph.end) return [];
	const edges = [start, ...words.flatMap((each) => [each.start, each.end]), end];
	const isSame = phrase.between.every(
		(signs, at) => plainBlanks(article.slice(edges[2 * at], edges[2 * at + 1])) === signs,
	);
	return isSame ? [{ start, end }] : [];
}

/**
 * Those that no span of a label touches, and how many are marked already: part of a longer mention is marked, too.
 * @param {Stretch[]} found @param {Iterable<Span>} spans @param {string} label
 */
export function unmarked(found, spans, label) {
	const marks = [...spans].filter((each) => each.label === label).flatMap((each) => each.fragments);
	const open = found.filter(({ start, end }) => !marks.some((each) => each.start < end && start < each.end));
	return { open, marked: found.length - open.length };
}
