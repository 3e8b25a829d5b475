/**
 * From a place in the page to a position in the text and back: the paragraph's start, prefix sums over its
 * text nodes, binary search. Nothing walks the document, and what is not text (chips, marks) has no text node.
 */

import { lastAtOrBefore } from "./article.js";

/** @typedef {import("./article.js").Article} Article */
/** @typedef {{nodes: Text[], starts: number[]}} Table UTF-16 offsets of a paragraph's text nodes */

export class Positions {
	/** @param {HTMLElement[]} paragraphs in order of the text @param {Article} article */
	constructor(paragraphs, article) {
		this.paragraphs = paragraphs;
		this.article = article;
		/** @type {Map<Element, number>} */
		this.indexes = new Map(paragraphs.map((each, index) => [each, index]));
		/** @type {(Table | undefined)[]} */
		this.tables = [];
	}

	/** Forget a paragraph that was painted anew. @param {number} index */
	forget(index) {
		this.tables[index] = undefined;
	}

	/** @param {number} index @returns {Table} */
	table(index) {
		const known = this.tables[index];
		if (known) return known;
		/** @type {Table} */
		const table = { nodes: [], starts: [] };
		const walker = document.createTreeWalker(this.paragraphs[index], NodeFilter.SHOW_TEXT);
		for (let at = 0, node = walker.nextNode(); node; node = walker.nextNode()) {
			table.nodes.push(/** @type {Text} */ (node));
			table.starts.push(at);
			at += /** @type {Text} */ (node).data.length;
		}
		this.tables[index] = table;
		return table;
	}

	/** The paragraph that holds a node. @param {Node} node @returns {number | undefined} */
	indexOf(node) {
		const element = node instanceof Element ? node : node.parentElement;
		const paragraph = element?.closest("[data-start]");
		return paragraph ? this.indexes.get(paragraph) : undefined;
	}

	/** The position in the text of a place in the page. @param {Node} node @param {number} offset */
	fromDom(node, offset) {
		const index = this.indexOf(node);
		if (index === undefined) return this.#beside(node, offset);
		const base = this.article.paragraphs[index].unit;
		if (!(node instanceof Text)) {
			const range = document.createRange();
			range.setStart(this.paragraphs[index], 0);
			range.setEnd(node, offset);
			return this.article.toPoint(base + range.toString().length);
		}
		const { nodes, starts } = this.table(index);
		return this.article.toPoint(base + starts[nodes.indexOf(node)] + offset);
	}

	/** A place outside all paragraphs: the start of the next one, or the end. @param {Node} node @param {number} offset */
	#beside(node, offset) {
		const range = document.createRange();
		range.setStart(node, offset);
		let [low, high] = [0, this.paragraphs.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if (range.comparePoint(this.paragraphs[middle], 0) < 0) low = middle + 1;
			else high = middle;
		}
		const { paragraphs } = this.article;
		if (low < paragraphs.length) return paragraphs[low].start;
		return paragraphs.length ? paragraphs[paragraphs.length - 1].end : 0;
	}

	/**
	 * The place in the page of a position: behind the text before it, or with `ahead` before the text after it.
	 * @param {number} point @param {boolean} [ahead] @returns {[Node, number]}
	 */
	toDom(point, ahead = false) {
		const index = this.article.paragraphAt(point);
		const { nodes, starts } = this.table(index);
		if (!nodes.length) return [this.paragraphs[index], 0];
		const { unit, text } = this.article.paragraphs[index];
		const within = Math.min(Math.max(this.article.toUnit(point) - unit, 0), text.length);
		let place = lastAtOrBefore(starts, within);
		if (!ahead && place > 0 && starts[place] === within) place--;
		return [nodes[place], within - starts[place]];
	}

	/** Whether the paragraph of a place is read from the right. @param {number} point */
	isRtl(point) {
		return getComputedStyle(this.paragraphs[this.article.paragraphAt(point)]).direction === "rtl";
	}

	/** @param {number} start @param {number} end */
	range(start, end) {
		const range = document.createRange();
		range.setStart(...this.toDom(start, true));
		range.setEnd(...this.toDom(end));
		return range;
	}

	/** The position under a point of the screen, if there is text. @param {number} x @param {number} y */
	fromScreen(x, y) {
		if (document.caretPositionFromPoint) {
			const place = document.caretPositionFromPoint(x, y);
			return place && this.#inText(place.offsetNode) ? this.fromDom(place.offsetNode, place.offset) : null;
		}
		const range = document.caretRangeFromPoint?.(x, y);
		return range && this.#inText(range.startContainer) ? this.fromDom(range.startContainer, range.startOffset) : null;
	}

	/** @param {Node} node */
	#inText(node) {
		return this.indexOf(node) !== undefined;
	}
}
