/** Where a partner of the chosen span is out of view: a button with its words that leads there, and shows more when it is pointed at. */

import { build } from "../element.js";
import { quoteOf } from "../fragments.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */
/** @typedef {import("../state.js").Span} Span */

const LONGEST = 280;
const HEIGHT = 26;

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

	/** @param {Span} span @param {boolean} up @param {number} x @param {number} y the edge, in the layer's own measure */
	place(span, up, x, y) {
		const key = `${span.id} ${up}`;
		const stub = this.#known.get(key) ?? this.#made(span, up);
		this.#known.set(key, stub);
		this.#used.add(key);
		const row = this.#rows[up ? "up" : "down"]++ * HEIGHT;
		// Below, it grows upwards when it shows more.
		stub.style.translate = up ? `${x}px ${y + row}px` : `${x}px calc(${y - row}px - 100%)`;
	}

	/** @param {Span} span @param {boolean} up */
	#made(span, up) {
		const { canvas } = this;
		const { scheme, article } = canvas;
		const sentence = article.sentenceOf(span);
		const around = article.slice(sentence.start, sentence.end).trim();
		const more = around.length > LONGEST ? `${around.slice(0, LONGEST)}…` : around;
		const stub = build(
			"button",
			{
				type: "button",
				class: "stub",
				"data-slot": scheme.slot(span.label),
				"data-up": up,
				onclick: () => canvas.choose(span.id, { reveal: true }),
			},
			build("b", {}, `${up ? "↑" : "↓"} ${quoteOf(span.fragments, 30)}`),
			build("span", { class: "preview", dir: "auto" }, `${scheme.title(span.label)}: ${more}`),
		);
		this.layer.append(stub);
		return stub;
	}
}
