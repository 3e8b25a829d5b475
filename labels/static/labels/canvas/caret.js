/**
 * The keyboard's place in the text: a word. It moves by word, line, sentence and paragraph; while extending,
 * the selection reaches from the word where that began to the word it is on.
 */

import { t } from "./words.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */
/** @typedef {{start: number, end: number}} Stretch */

export class Caret {
	/** The word it is on. @type {Stretch | null} */
	word = null;
	/** The word where extending began. @type {Stretch | null} */
	anchor = null;
	/** Whether plain moves extend, too. */
	sticky = false;
	/** It shows while the keyboard is used, not the mouse. */
	seen = false;

	/** @param {Canvas} canvas */
	constructor(canvas) {
		this.canvas = canvas;
		this.article = canvas.article;
	}

	/** It is on the word at a position now. @param {number} point */
	set(point) {
		this.word = this.article.partAt("words", point);
		this.rest();
	}

	/** It reaches over words that were found: to extend goes on from there. @param {Stretch} stretch */
	hold({ start, end }) {
		this.seen = true;
		this.set(start);
		this.anchor = this.word;
		this.word = this.article.beside("words", end, -1) ?? this.word;
	}

	/** Put it on the word at a position, and show it. @param {number} point */
	put(point) {
		this.set(point);
		this.draw();
	}

	/** Put it there as keys would. @param {number} point */
	show(point) {
		this.seen = true;
		this.put(point);
	}

	draw() {
		this.canvas.tell("caret");
		const shown = this.seen && !this.canvas.selection;
		this.canvas.highlights.show("caret", shown && this.word ? [this.word] : []);
	}

	hide() {
		this.seen = false;
		this.draw();
	}

	/** @param {string} how @param {boolean} extend */
	move(how, extend) {
		this.seen = true;
		if (!this.word) {
			this.put(this.#visibleStart());
			if (!extend) return this.#follow();
		}
		const from = /** @type {Stretch} */ (this.word);
		const to = this.#target(how, from);
		if (!to) return;
		if (extend || this.sticky) {
			this.anchor ??= from;
			this.word = to;
			this.#selectToHere();
		} else {
			this.anchor = null;
			this.word = to;
			if (!this.canvas.draft) this.canvas.choose(null);
			this.canvas.select(null);
		}
		this.#follow();
	}

	/** From here plain moves select; again, and they no longer do. */
	toggleSticky() {
		this.seen = true;
		if (!this.word) this.put(this.#visibleStart());
		this.sticky = !this.sticky;
		this.anchor = this.sticky ? this.word : null;
		if (this.sticky) this.#selectToHere();
		else this.canvas.select(null);
		this.canvas.announce(this.sticky ? t("Selecting: move to the last word.") : t("No longer selecting."));
	}

	/** Extending is over, whatever came of it. */
	rest() {
		this.anchor = null;
		this.sticky = false;
	}

	#selectToHere() {
		const { anchor, word } = this;
		if (!anchor || !word) return;
		const reach = { start: Math.min(anchor.start, word.start), end: Math.max(anchor.end, word.end) };
		this.canvas.select(this.article.snap(reach) ?? reach, { byKey: true });
	}

	/** @param {string} how @param {Stretch} from @returns {Stretch | null} */
	#target(how, from) {
		const { article } = this;
		const ahead = this.canvas.positions.isRtl(from.start) ? "left" : "right";
		switch (how) {
			case "left":
			case "right":
				return how === ahead ? article.beside("words", from.end, 1) : article.beside("words", from.start, -1);
			case "sentenceLeft":
			case "sentenceRight":
				return this.#sentence(from, how.toLowerCase().endsWith(ahead) ? 1 : -1);
			case "up":
			case "down":
				return this.#line(from, how === "up" ? -1 : 1);
			case "lineStart":
			case "lineEnd": {
				const here = article.partAt("sentences", from.start);
				if (!here) return null;
				return how === "lineStart" ? article.partAt("words", here.start) : article.beside("words", here.end, -1);
			}
			default:
				return this.#paragraph(from, how === "paragraphUp" ? -1 : 1);
		}
	}

	/** First word of the next sentence; back: of this one, then of the one before. @param {Stretch} from @param {1 | -1} step */
	#sentence(from, step) {
		const { article } = this;
		const here = article.partAt("sentences", from.start);
		const first = here && article.partAt("words", here.start);
		if (step < 0 && first && first.start < from.start) return first;
		const there = here && article.beside("sentences", step > 0 ? here.end : here.start, step);
		return there && article.partAt("words", there.start);
	}

	/** @param {Stretch} from @param {1 | -1} step */
	#paragraph(from, step) {
		const index = this.article.paragraphAt(from.start);
		const first = this.article.partAt("words", this.article.starts[index]);
		if (step < 0 && first && first.start < from.start) return first;
		const start = this.article.starts[index + step];
		return start === undefined ? null : this.article.partAt("words", start);
	}

	/** The word above or below; where the screen has none, the last or first of the paragraph there. @param {Stretch} from @param {1 | -1} step */
	#line(from, step) {
		const { positions } = this.canvas;
		this.#follow();
		const box = positions.range(from.start, from.end).getBoundingClientRect();
		const middle = box.left + box.width / 2;
		const reach = Math.max(box.height, 16);
		for (let distance = 1; distance <= 4; distance += 0.5) {
			const y = step > 0 ? box.bottom + reach * (distance - 0.5) : box.top - reach * (distance - 0.5);
			const point = positions.fromScreen(middle, y);
			const word = point === null ? null : this.article.partAt("words", point);
			if (word && (step > 0 ? word.start >= from.end : word.end <= from.start)) return word;
		}
		return this.#paragraph(from, step);
	}

	#visibleStart() {
		const first = this.canvas.positions.paragraphs.find((each) => each.getBoundingClientRect().bottom > 80);
		return Number(first?.dataset.start ?? 0);
	}

	#follow() {
		const { word } = this;
		if (word) this.canvas.reveal(word);
		this.draw();
	}
}
