/**
 * The outline: how many spans of each label there are, all of them as a list that mirrors the text, what is
 * missing, and what could not be saved. Each line leads to its spot.
 */

import { build, keycap, part } from "./element.js";
import { quoteOf } from "./fragments.js";
import { idle } from "./idle.js";
import { ordered } from "./lookup.js";
import { lacks, rowsOf } from "./missing.js";
import { SpanList } from "./spanlist.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */
/** @typedef {import("./state.js").Span} Span */

const MOST_LACKS = 8;

export class Outline {
	/** Only this label is listed. @type {string | null} */
	#label = null;
	#waiting = false;

	/** @param {Canvas} canvas @param {(span: Span) => string} mark what a line says of a span beside its words */
	constructor(canvas, mark = () => "") {
		this.canvas = canvas;
		const place = part(canvas.root, "[data-part=outline]");
		this.counts = build("div", { class: "counts", role: "group", "aria-label": "Labels" });
		this.todo = build("div", { class: "todo" });
		this.list = new SpanList(canvas, mark);
		place.append(this.counts, this.todo, this.list.element);
		for (const event of ["painted", "set", "reviews"]) canvas.on(event, () => this.later());
		this.later();
	}

	/** Draw when there is time: the text comes first. */
	later() {
		if (this.#waiting) return;
		this.#waiting = true;
		idle(() => {
			this.#waiting = false;
			this.render();
		});
	}

	render() {
		const spans = ordered(this.canvas.session.view);
		this.#counts(spans);
		this.#todo();
		this.list.render(spans.filter((each) => !this.#label || each.label === this.#label));
	}

	/** @param {Span[]} spans */
	#counts(spans) {
		const { scheme } = this.canvas;
		const rows = [...scheme.labels.keys()].map((name) => {
			const number = spans.filter((each) => each.label === name).length;
			return build(
				"button",
				{
					type: "button",
					"aria-pressed": String(this.#label === name),
					"data-slot": scheme.slot(name),
					onclick: () => this.#only(name),
				},
				build("i", { class: "swatch" }),
				build("span", {}, scheme.title(name)),
				build("b", {}, number),
			);
		});
		this.counts.replaceChildren(...rows);
	}

	/** @param {string} name */
	#only(name) {
		this.#label = this.#label === name ? null : name;
		this.render();
	}

	/** What is missing, in words that lead to the spot. */
	#todo() {
		const { canvas } = this;
		if (!canvas.editable || canvas.draft) return this.todo.replaceChildren();
		const found = rowsOf(lacks(canvas.scheme, canvas.session.view));
		const rows = found.slice(0, MOST_LACKS).map((lacks) => {
			const [{ span }] = lacks;
			const quote = quoteOf(canvas.session.view.spans.get(span ?? "")?.fragments ?? [], 24);
			const go = () => {
				canvas.choose(span, { reveal: true });
				canvas.text.focus({ preventScroll: true });
				canvas.tell("lack", lacks[0]);
			};
			return build(
				"li",
				{},
				build(
					"button",
					{ type: "button", onclick: go },
					build("q", { dir: "auto" }, quote),
					` ${lacks.map((each) => each.message).join(" ")}`,
				),
			);
		});
		if (found.length > rows.length) rows.push(build("li", { class: "hint" }, `and ${found.length - rows.length} more`));
		const open = this.todo.querySelector("details")?.open;
		const summary = found.length === 1 ? "One span is not complete" : `${found.length} spans not complete`;
		this.todo.replaceChildren(
			found.length
				? build(
						"details",
						{ open },
						build("summary", {}, summary, " ", keycap(canvas.keymap.keyOf("nextOpen"))),
						build("ul", {}, ...rows),
					)
				: "",
		);
	}
}
