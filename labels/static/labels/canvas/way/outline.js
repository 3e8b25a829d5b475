/**
 * The outline: how many spans of each label and in each state there are, those that are asked for as a list
 * that mirrors the text, and what is missing. Each line leads to its spot.
 */

import { build, keycap, part } from "../element.js";
import { quoteOf } from "../fragments.js";
import { idle } from "../idle.js";
import { ordered } from "../lookup.js";
import { lacks, rowsOf } from "../missing.js";
import { counted, t } from "../words.js";
import { Sifting } from "./sifting.js";
import { SpanList } from "./spanlist.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */
/** @typedef {import("../state.js").Span} Span */

const MOST_LACKS = 8;

export class Outline {
	#waiting = false;

	/**
	 * @param {Canvas} canvas @param {import("../keyboard.js").Keyboard} keyboard
	 * @param {(span: Span) => string} mark what a line says of a span beside its words
	 */
	constructor(canvas, keyboard, mark) {
		this.canvas = canvas;
		this.mark = mark;
		const place = part(canvas.root, "[data-part=outline]");
		this.todo = build("div", { class: "todo" });
		this.list = new SpanList(canvas, mark);
		this.sifting = new Sifting(canvas, keyboard, this.list.element, () => this.render());
		const { counts, states, told } = this.sifting;
		place.append(counts, states, this.todo, told, this.list.element);
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
		this.#todo();
		this.list.render(this.sifting.render(ordered(this.canvas.session.view), this.mark));
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
		if (found.length > rows.length)
			rows.push(build("li", { class: "hint" }, t("and {n} more", { n: found.length - rows.length })));
		const open = this.todo.querySelector("details")?.open;
		const summary = counted(found.length, "One span is not complete", "{n} spans not complete");
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
