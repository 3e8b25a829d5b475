/**
 * A reviewer's proposal while it is being made: a copy of a span, or one that is missing. It takes the same
 * operations as a set, but nothing leaves it until it is sent.
 */

import { applyAll } from "../changes.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */
/** @typedef {import("../state.js").Span} Span */
/** @typedef {import("../state.js").Operation} Operation */

export class Draft {
	/**
	 * @param {Canvas} canvas @param {Span} span what it starts from
	 * @param {boolean} missing whether it stands for nothing in the set
	 */
	constructor(canvas, span, missing) {
		this.canvas = canvas;
		this.id = span.id;
		this.missing = missing;
		const { view } = canvas.session;
		/** @type {import("../state.js").State} */
		this.state = { ...view, spans: new Map(view.spans).set(span.id, span) };
	}

	get span() {
		return /** @type {Span} */ (this.state.spans.get(this.id));
	}

	/** What is sent of it. */
	get proposal() {
		const { label, fragments, attributes } = this.span;
		return { label, fragments, attributes };
	}

	/** @param {Operation[]} operations */
	perform(operations) {
		const mine = operations.filter((each) => each.id === this.id && each.op !== "delete_span");
		this.state = applyAll(this.state, mine, this.canvas.scheme).state;
		this.show();
	}

	show() {
		this.canvas.highlights.show("proposal", this.span.fragments);
		this.canvas.repainted(new Set([this.id]));
	}

	/** Leave it; nothing is kept of it. */
	drop() {
		const { canvas } = this;
		canvas.draft = null;
		canvas.highlights.show("proposal", []);
		if (this.missing) canvas.choose(null);
		canvas.repainted(new Set([this.id]));
	}
}
