/** Where a partner of the chosen span is out of view: a button with its words that leads there, and shows more when it is pointed at. */

import { build } from "../element.js";
import { quoteOf } from "../fragments.js";
import { counted } from "../words.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */
/** @typedef {import("../state.js").Span} Span */
/** @typedef {{x: number, rtl?: boolean}} Beside what it stands: on the side to which one reads */

const LONGEST = 280;
const HEIGHT = 26;
/** So many of a bundle are named. */
const LISTED = 8;

export class Stubs {
	/** By span: what is pointed at stays when all around it is drawn anew. @type {Map<string, HTMLElement>} */
	#known = new Map();
	/** @type {Set<string>} */
	#used = new Set();
	/** How many stand at each edge. */
	#rows = { up: 0, down: 0 };

	/** @param {Canvas} canvas @param {HTMLElement} layer */
	constructor(canvas, layer) {
		this.canvas = canvas;
		this.layer = layer;
		canvas.on("painted", () => this.clear());
	}

	begin() {
		this.#used.clear();
		this.#rows = { up: 0, down: 0 };
	}

	/** Take away those that were not placed since. */
	end() {
		for (const [id, stub] of this.#known)
			if (!this.#used.has(id)) {
				stub.remove();
				this.#known.delete(id);
			}
	}

	clear() {
		this.begin();
		this.end();
	}

	/** @param {Span} span @param {boolean} up @param {Beside} beside @param {number} y the edge, in the layer's own measure */
	place(span, up, beside, y) {
		this.#put(`${span.id} ${up}`, () => this.#made(span, up), up, beside, y);
	}

	/** Several at once: how many, and which. @param {Span[]} spans @param {boolean} up @param {() => void} unfold @param {Beside} beside @param {number} y */
	placeBundle(spans, up, unfold, beside, y) {
		const key = `${spans.map((each) => each.id).join(" ")} ${up}`;
		this.#put(key, () => this.#bundle(spans, up, unfold), up, beside, y);
	}

	/** @param {string} key @param {() => HTMLElement} make @param {boolean} up @param {Beside} beside @param {number} y */
	#put(key, make, up, { x, rtl }, y) {
		const stub = this.#known.get(key) ?? make();
		this.#known.set(key, stub);
		this.#used.add(key);
		const row = this.#rows[up ? "up" : "down"]++ * HEIGHT;
		const across = rtl ? `calc(${x}px - 100%)` : `${x}px`;
		// Below, it grows upwards when it shows more.
		stub.style.translate = up ? `${across} ${y + row}px` : `${across} calc(${y - row}px - 100%)`;
	}

	/** @param {Span} span @param {boolean} up */
	#made(span, up) {
		const { canvas } = this;
		const { scheme, article } = canvas;
		const sentence = article.sentenceOf(span);
		const around = article.slice(sentence.start, sentence.end).trim();
		const more = around.length > LONGEST ? `${around.slice(0, LONGEST)}…` : around;
		const title = `${up ? "↑" : "↓"} ${quoteOf(span.fragments, 30)}`;
		const preview = build("span", { class: "preview", dir: "auto" }, `${scheme.title(span.label)}: ${more}`);
		return this.#button(title, [preview], up, () => canvas.choose(span.id, { reveal: true }), scheme.slot(span.label));
	}

	/** @param {Span[]} spans @param {boolean} up @param {() => void} unfold */
	#bundle(spans, up, unfold) {
		const title = `${up ? "↑" : "↓"} ${counted(spans.length, "{n} more", "{n} more")}`;
		const lines = spans.slice(0, LISTED).map((each) => quoteOf(each.fragments, 40));
		if (spans.length > LISTED) lines.push("…");
		const preview = lines.map((each) => build("span", { class: "preview", dir: "auto" }, each));
		return this.#button(title, preview, up, unfold);
	}

	/** @param {string} title @param {Node[]} preview @param {boolean} up @param {() => void} act @param {number} [slot] */
	#button(title, preview, up, act, slot) {
		const properties = { type: "button", class: "stub", "data-slot": slot, "data-up": up, onclick: act };
		const stub = build("button", properties, build("b", {}, title), ...preview);
		this.layer.append(stub);
		return stub;
	}
}
