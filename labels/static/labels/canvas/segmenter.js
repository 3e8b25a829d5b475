/**
 * Graphemes and words as the browser's `Intl.Segmenter` has them. All offsets are UTF-16 units of one text.
 */

/** @typedef {{start: number, end: number}} Stretch UTF-16 offsets, half-open */

/** What the server takes for white space: Python's `str.isspace`. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: Python takes these four for white space
const WHITE_FIRST = /^[\p{White_Space}\x1C-\x1F]/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const WHITE_LAST = /[\p{White_Space}\x1C-\x1F]$/u;
const POSSESSIVE = /(?<=.)['’]s$/iu;
const ELISION = /^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|all|dall|dell|nell|sull|un)['’](?=\p{L})/iu;

const FIRST_COMBINING = 0x300;

/** @type {Map<string, Intl.Segmenter>} */
const segmenters = new Map();

/**
 * @param {string} text
 * @param {"grapheme" | "word" | "sentence"} granularity
 * @param {string} [locale]
 */
export function segments(text, granularity, locale) {
	const key = `${granularity} ${locale ?? ""}`;
	const segmenter = segmenters.get(key) ?? newSegmenter(granularity, locale);
	segmenters.set(key, segmenter);
	return segmenter.segment(text);
}

/** @param {"grapheme" | "word" | "sentence"} granularity @param {string} [locale] */
function newSegmenter(granularity, locale) {
	try {
		return new Intl.Segmenter(locale || undefined, { granularity });
	} catch {
		// An article's language is what somebody typed; a name the browser cannot read is no reason to fail.
		return new Intl.Segmenter(undefined, { granularity });
	}
}

/** @param {string} text @param {number} position */
export function isGraphemeBoundary(text, position) {
	return position === text.length || previousGrapheme(text, position + 1) === position;
}

/** The last boundary before `position`, or 0. @param {string} text @param {number} position */
export function previousGrapheme(text, position) {
	return position <= 1 ? 0 : (segments(text, "grapheme").containing(position - 1)?.index ?? 0);
}

/** The first boundary behind `position`, or the end. @param {string} text @param {number} position */
export function nextGrapheme(text, position) {
	const cluster = segments(text, "grapheme").containing(position);
	return cluster ? cluster.index + cluster.segment.length : text.length;
}

/**
 * The words of a text. A possessive 's and an elided article are words of their own, so that "Japan" can be
 * marked in "Japan’s" and "Italie" in "l’Italie". None ends inside a grapheme, as the browser's own may: a sign
 * that stands before a flag is one grapheme with it, and a word without it.
 * @param {string} text
 * @param {string} [locale] the article's language, where it is known
 * @returns {Stretch[]}
 */
export function words(text, locale) {
	/** @type {Stretch[]} */
	const found = [];
	for (const word of [...segments(text, "word", locale)].flatMap(partsOfWord)) {
		const isPlain = isApart(text, word.start) && isApart(text, word.end);
		const whole = isPlain ? word : trim(text, wholeGraphemes(text, word));
		const last = found.at(-1);
		if (!whole) continue;
		if (last && whole.start < last.end) last.end = Math.max(last.end, whole.end);
		else found.push(whole);
	}
	return found;
}

/** A boundary for sure: below the combining marks nothing joins. @param {string} text @param {number} at */
function isApart(text, at) {
	const [before, after] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
	return !(before >= FIRST_COMBINING || after >= FIRST_COMBINING);
}

/** @param {Intl.SegmentData} word @returns {Stretch[]} */
export function partsOfWord({ segment, index, isWordLike }) {
	if (!isWordLike) return [];
	const cut = segment.search(POSSESSIVE);
	const at = cut > 0 ? cut : (segment.match(ELISION)?.[0].length ?? 0);
	const whole = { start: index, end: index + segment.length };
	return at > 0
		? [
				{ ...whole, end: index + at },
				{ ...whole, start: index + at },
			]
		: [whole];
}

/** Widen a stretch to whole graphemes. @param {string} text @param {Stretch} range @returns {Stretch} */
export function wholeGraphemes(text, { start, end }) {
	return { start: previousGrapheme(text, start + 1), end: nextGrapheme(text, end - 1) };
}

/** A grapheme can hold a blank behind a sign that goes before it. @param {string} grapheme @param {number} _at @param {boolean} isFirst */
function isWhite(grapheme, _at, isFirst) {
	return (isFirst ? WHITE_FIRST : WHITE_LAST).test(grapheme);
}

/**
 * Drop loose graphemes from both edges: blanks, if nothing else is said.
 * @param {string} text
 * @param {Stretch} range
 * @param {(grapheme: string, at: number, isFirst: boolean) => boolean} [isLoose] whether one at an edge may go
 * @returns {Stretch | null} what is left, if anything
 */
export function trim(text, { start, end }, isLoose = isWhite) {
	while (start < end) {
		const next = nextGrapheme(text, start);
		if (!isLoose(text.slice(start, next), start, true)) break;
		start = next;
	}
	while (start < end) {
		const last = previousGrapheme(text, end);
		if (!isLoose(text.slice(last, end), last, false)) break;
		end = last;
	}
	return start < end ? { start, end } : null;
}
