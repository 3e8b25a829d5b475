/** Searching the text: hits show as one types; whoever leaves has the hit selected, and a label key marks it. */

import { build } from "../element.js";
import { t } from "../words.js";
import { barButton, openBar, surroundings } from "./bar.js";
import { firstFrom, hitsOf } from "./search.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */

/** Hits before and behind the one that is meant that are shown: of "e" there are thousands. */
const SHOWN = 300;

/** What was sought last. */
let last = "";

class Searching {
	/** @type {import("../article.js").Stretch[]} */
	hits = [];
	at = -1;
	#over = new AbortController();

	/** @param {Canvas} canvas */
	constructor(canvas) {
		this.canvas = canvas;
		/** A reviewer's copy may be open meanwhile: its keys come back. */
		this.before = canvas.mode;
		this.from = canvas.selection?.start ?? canvas.caret.word?.start ?? 0;
		this.bar = openBar(canvas, t("Search the text"));
		this.entry = build("input", {
			type: "text",
			"aria-label": t("Search the text"),
			placeholder: t("Search the text"),
			autocomplete: "off",
			spellcheck: "false",
			enterkeyhint: "search",
		});
		this.count = build("span", { class: "count" });
		this.taking = barButton("Enter", t("Select it"), () => this.leave());
		this.turning = [
			barButton("ArrowDown", t("Next"), () => this.step(1)),
			barButton("ArrowUp", t("Before"), () => this.step(-1)),
		];
		this.bar.append(this.entry, this.count, this.taking, ...this.turning);
		this.#listen();
	}

	#listen() {
		const { canvas, entry } = this;
		const { signal } = this.#over;
		entry.addEventListener("input", () => this.#seek());
		entry.addEventListener("keydown", (event) => {
			if (event.isComposing) return;
			const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
			if (step) this.step(step);
			else if (event.key === "Enter") this.#take();
			else if (event.key === "Escape") this.leave();
			else return;
			event.preventDefault();
		});
		canvas.addEventListener("chosen", () => this.close(), { signal });
		canvas.addEventListener("selected", () => this.close(), { signal });
		canvas.mode = { key: (name) => this.#pressed(name), close: () => this.leave() };
		entry.value = last;
		entry.select();
		entry.focus({ preventScroll: true });
		if (last) this.#seek();
	}

	/** A key while the focus is beside the entry. What is none of the bar's keys means the hit. @param {string} name */
	#pressed(name) {
		if (name === "n" || name === "ArrowDown") this.step(1);
		else if (name === "p" || name === "ArrowUp") this.step(-1);
		else if (name === "/") this.entry.select();
		else if (name === "Enter") this.#take();
		else if (name === "Escape") this.leave();
		else {
			if (!/Tab$/.test(name)) this.leave();
			return false;
		}
		return true;
	}

	#seek() {
		last = this.entry.value;
		this.hits = hitsOf(this.canvas.article, last);
		this.at = firstFrom(this.hits, this.from);
		this.#show();
	}

	/** @param {number} by */
	step(by) {
		const { length } = this.hits;
		if (!length) return;
		this.at = (this.at + by + length) % length;
		this.from = this.hits[this.at].start;
		this.#show();
	}

	#show() {
		const { canvas, hits, at } = this;
		this.taking.hidden = !hits.length;
		for (const each of this.turning) each.hidden = hits.length < 2;
		const near = hits.slice(Math.max(at - SHOWN, 0), at + SHOWN).filter((each) => each !== hits[at]);
		canvas.highlights.show("hits", near);
		canvas.highlights.show("hit", hits.slice(at, at + 1));
		const place = hits.length
			? t("{place} of {all}", { place: at + 1, all: hits.length })
			: last.trim() && t("Not in the text");
		this.count.textContent = place;
		this.entry.setAttribute("aria-invalid", String(!hits.length && !!last.trim()));
		if (!hits.length) return canvas.announce(place);
		canvas.reveal(hits[at]);
		const { before, words, behind } = surroundings(canvas, hits[at]);
		return canvas.announce(`${place}: ${before}${words}${behind}`);
	}

	/** What is not there cannot be taken: it can be put in other words. */
	#take() {
		if (this.hits.length || !last.trim()) this.leave();
	}

	/** Close it; the hit is selected now, as whole words. */
	leave() {
		const { canvas } = this;
		const hit = this.hits[this.at];
		this.close();
		canvas.text.focus({ preventScroll: true });
		const stretch = hit && (canvas.article.snap(hit) ?? hit);
		if (!stretch) return;
		canvas.caret.hold(stretch);
		canvas.select(stretch, { byKey: true });
	}

	close() {
		if (this.#over.signal.aborted) return;
		this.#over.abort();
		this.canvas.mode = this.before;
		this.bar.remove();
		for (const name of ["hits", "hit"]) this.canvas.highlights.show(name, []);
	}
}

/** @param {Canvas} canvas */
export function search(canvas) {
	return void new Searching(canvas);
}
