/**
 * Offsets: the one converter between code points, which the server counts, and UTF-16 units, which the
 * browser counts. Its counterpart is `labels/text/offsets.py`; `tests/vectors/text.json` holds for both.
 *
 * Only characters beyond the basic plane count differently, so a map keeps where those are and nothing else:
 * most articles have none, and both numbers are then the same.
 */

const PAIR = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;

/** Converts offsets of one text, a paragraph or a whole article, both ways in O(log n). */
export class OffsetMap {
	/** @param {string} text */
	constructor(text) {
		/**
		 * UTF-16 offset of each surrogate pair, ascending.
		 * @type {number[]}
		 */
		this.pairs = Array.from(text.matchAll(PAIR), (pair) => pair.index);
		/** Code points in the text. */
		this.length = text.length - this.pairs.length;
		/** UTF-16 units in the text. */
		this.utf16Length = text.length;
	}

	/** Whether the two units differ anywhere in this text. */
	get hasAstral() {
		return this.pairs.length > 0;
	}

	/**
	 * @param {number} utf16 offset in UTF-16 units
	 * @returns {number} the same place in code points
	 */
	toCodePoint(utf16) {
		check(utf16, this.utf16Length);
		if (!this.hasAstral) return utf16;
		const before = this.countPairs((offset) => offset < utf16);
		if (before > 0 && this.pairs[before - 1] === utf16 - 1) {
			throw new RangeError(`Offset ${utf16} is inside a surrogate pair.`);
		}
		return utf16 - before;
	}

	/**
	 * @param {number} codePoint offset in code points
	 * @returns {number} the same place in UTF-16 units
	 */
	toUtf16(codePoint) {
		check(codePoint, this.length);
		if (!this.hasAstral) return codePoint;
		return codePoint + this.countPairs((offset, index) => offset - index < codePoint);
	}

	/**
	 * Binary search for the first pair that is not before a place.
	 * @private
	 * @param {(offset: number, index: number) => boolean} isBefore
	 */
	countPairs(isBefore) {
		let low = 0;
		let high = this.pairs.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (isBefore(this.pairs[middle], middle)) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}

/**
 * @param {number} offset
 * @param {number} length
 */
function check(offset, length) {
	if (!Number.isInteger(offset) || offset < 0 || offset > length) {
		throw new RangeError(`Offset ${offset} is outside the text: 0 to ${length}.`);
	}
}
