/**
 * What shows for a moment, without touching the text: the caret's word, a selection made by touch, the words
 * a reviewer proposes. A fixed few CSS highlights; where the browser has none, boxes over the text.
 */

/** @typedef {{start: number, end: number}} Stretch */

export class Highlights {
	/** @type {Map<string, Stretch[]>} */
	#shown = new Map();

	/** @param {import("./positions.js").Positions} positions @param {HTMLElement} layer for boxes */
	constructor(positions, layer) {
		this.positions = positions;
		this.layer = layer;
		this.registry = globalThis.Highlight && CSS.highlights;
	}

	/** @param {string} name @param {Stretch[]} stretches */
	show(name, stretches) {
		if (!stretches.length && !this.#shown.get(name)?.length) return;
		this.#shown.set(name, stretches);
		this.#draw(name);
	}

	/** Paragraphs were painted anew: the ranges in them are gone. */
	redraw() {
		for (const name of this.#shown.keys()) this.#draw(name);
	}

	/** @param {string} name */
	#draw(name) {
		const ranges = (this.#shown.get(name) ?? []).map(({ start, end }) => this.positions.range(start, end));
		if (this.registry) this.registry.set(`galley-${name}`, new Highlight(...ranges));
		else this.#boxes(name, ranges);
	}

	/** @param {string} name @param {Range[]} ranges */
	#boxes(name, ranges) {
		for (const box of this.layer.querySelectorAll(`.box-${name}`)) box.remove();
		const origin = this.layer.getBoundingClientRect();
		for (const range of ranges)
			for (const rect of range.getClientRects()) {
				const box = document.createElement("i");
				box.className = `box box-${name}`;
				box.style.translate = `${rect.left - origin.left}px ${rect.top - origin.top}px`;
				box.style.width = `${rect.width}px`;
				box.style.height = `${rect.height}px`;
				this.layer.append(box);
			}
	}
}
