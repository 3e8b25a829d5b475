/**
 * The article's text as the page shows it: paragraphs with their place, and its words and sentences as people
 * point at them. All positions are code points of the stored text; only paragraphs know UTF-16 units.
 */

import { snap } from "./boundaries.js";
import { OffsetMap } from "./offsets.js";
import { nextGrapheme, previousGrapheme, words } from "./segmenter.js";
import { sentences } from "./sentences.js";

/** @typedef {{start: number, end: number}} Stretch code points, half-open */
/** @typedef {{start: number, end: number, unit: number, text: string}} Paragraph `unit`: its start in UTF-16 units */

/** Index of the last start at or before a position. @param {number[]} starts @param {number} position */
export function lastAtOrBefore(starts, position) {
	let low = 0;
	let high = starts.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if (starts[middle] <= position) low = middle;
		else high = middle - 1;
	}
	return low;
}

export class Article {
	/**
	 * @param {{start: number, text: string}[]} blocks the paragraphs; between them stand line feeds
	 * @param {number} length of the whole text
	 * @param {string} [locale] the language, where it is known
	 */
	constructor(blocks, length, locale) {
		this.locale = locale || undefined;
		let text = "";
		let at = 0;
		/** @type {Paragraph[]} */
		this.paragraphs = [];
		for (const block of blocks) {
			text += "\n".repeat(block.start - at);
			const end = block.start + new OffsetMap(block.text).length;
			this.paragraphs.push({ start: block.start, end, unit: text.length, text: block.text });
			text += block.text;
			at = end;
		}
		this.text = text + "\n".repeat(Math.max(length - at, 0));
		this.map = new OffsetMap(this.text);
		this.starts = this.paragraphs.map((each) => each.start);
		/** @type {Map<string, Stretch[]>} */
		this.known = new Map();
	}

	get length() {
		return this.map.length;
	}

	/** @param {number} unit */
	toPoint(unit) {
		return this.map.toCodePoint(unit);
	}

	/** @param {number} point */
	toUnit(point) {
		return this.map.toUtf16(point);
	}

	/** @param {number} start @param {number} end */
	slice(start, end) {
		return this.text.slice(this.toUnit(start), this.toUnit(end));
	}

	/** Index of the paragraph that a position lies in or follows. @param {number} point */
	paragraphAt(point) {
		return lastAtOrBefore(this.starts, point);
	}

	/** Indexes of the paragraphs that stretches touch. @param {Stretch[]} stretches */
	paragraphsOf(stretches) {
		/** @type {Set<number>} */
		const found = new Set();
		for (const { start, end } of stretches)
			for (let index = this.paragraphAt(start); index < this.starts.length && this.starts[index] < end; index++)
				found.add(index);
		return found;
	}

	/** The words or sentences of a paragraph. @param {"words" | "sentences"} what @param {number} index */
	parts(what, index) {
		const key = `${what} ${index}`;
		let found = this.known.get(key);
		if (!found) {
			const { text, unit } = this.paragraphs[index];
			const units = what === "words" ? words(text, this.locale) : sentences(text, this.locale);
			found = units.map((each) => this.#points(unit, each));
			this.known.set(key, found);
		}
		return found;
	}

	/** @param {number} unit @param {Stretch} stretch in units of a paragraph @returns {Stretch} */
	#points(unit, { start, end }) {
		return { start: this.toPoint(unit + start), end: this.toPoint(unit + end) };
	}

	/** The word or sentence at a position, else the next one, else the last before it. @param {"words" | "sentences"} what @param {number} point @returns {Stretch | null} */
	partAt(what, point) {
		const here = this.paragraphAt(point);
		for (let index = here; index < this.paragraphs.length; index++) {
			const found = this.parts(what, index).find((each) => each.end > point);
			if (found) return found;
		}
		return this.beside(what, point, -1);
	}

	/** The next word or sentence behind a position, or the last one before it. @param {"words" | "sentences"} what @param {number} point @param {1 | -1} step @returns {Stretch | null} */
	beside(what, point, step) {
		for (let index = this.paragraphAt(point); this.paragraphs[index]; index += step) {
			const parts = this.parts(what, index);
			const found = step > 0 ? parts.find((each) => each.start >= point) : parts.findLast((each) => each.end <= point);
			if (found) return found;
		}
		return null;
	}

	/** The sentence in which something begins. @param {{fragments: Stretch[]}} span */
	sentenceOf({ fragments: [first] }) {
		return this.partAt("sentences", first.start) ?? first;
	}

	/** What a selection most likely means; with `exact` its characters. @param {Stretch} chosen @param {boolean} [exact] @returns {Stretch | null} */
	snap({ start, end }, exact = false) {
		const first = this.paragraphAt(start);
		const last = this.paragraphAt(Math.max(end - 1, start));
		const options = { exact, locale: this.locale };
		if (first === last) {
			const { text } = this.paragraphs[first];
			const found = snap(text, this.#within(first, start), this.#within(first, end), options);
			return found && this.#points(this.paragraphs[first].unit, found);
		}
		return this.#across(first, last, start, end, options);
	}

	/** @param {number} first @param {number} last @param {number} start @param {number} end @param {{exact: boolean, locale?: string}} options */
	#across(first, last, start, end, options) {
		const { text, unit } = this.paragraphs[first];
		const head = snap(text, this.#within(first, start), text.length, options);
		const tail = snap(this.paragraphs[last].text, 0, this.#within(last, end), options);
		if (!head) return this.snap({ start: this.starts[first + 1], end }, options.exact);
		if (!tail) return this.snap({ start, end: this.paragraphs[last - 1].end }, options.exact);
		return {
			start: this.toPoint(unit + head.start),
			end: this.toPoint(this.paragraphs[last].unit + tail.end),
		};
	}

	/** A position in units of a paragraph, held inside it. @param {number} index @param {number} point */
	#within(index, point) {
		const { unit, text } = this.paragraphs[index];
		return Math.min(Math.max(this.toUnit(Math.min(point, this.length)) - unit, 0), text.length);
	}

	/** Without blanks at the edges, no character halved. @param {Stretch} stretch */
	trim(stretch) {
		return this.snap(stretch, true);
	}

	/** The next boundary between characters, or the last one before. @param {number} point @param {1 | -1} step */
	grapheme(point, step) {
		const index = this.paragraphAt(point);
		const { text, unit } = this.paragraphs[index];
		const within = this.#within(index, point);
		return this.toPoint(unit + (step > 0 ? nextGrapheme(text, within) : previousGrapheme(text, within)));
	}
}
