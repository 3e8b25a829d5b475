/**
 * The outline: how many spans of each label there are, all of them as a list that mirrors the text, what is
 * missing, and what could not be saved. Each line leads to its spot.
 */

import { build, keycap, part } from "./element.js";
import { quoteOf } from "./fragments.js";
import { ordered } from "./lookup.js";
import { counted } from "./marking.js";
import { lacks } from "./missing.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */
/** @typedef {import("./keyboard.js").Keyboard} Keyboard */
/** @typedef {import("./state.js").Span} Span */

const MOST_LACKS = 8;
const idle = globalThis.requestIdleCallback ?? ((/** @type {() => void} */ work) => setTimeout(work, 50));

export class Outline {
	/** Only this label is listed. @type {string | null} */
	#label = null;
	/** @type {Map<string, HTMLElement>} */
	#options = new Map();
	#waiting = false;

	/** @param {Canvas} canvas @param {Keyboard} keyboard @param {(span: Span) => string} mark what a line says of a span beside its words */
	constructor(canvas, keyboard, mark = () => "") {
		this.canvas = canvas;
		this.keyboard = keyboard;
		this.mark = mark;
		const place = part(canvas.root, "[data-part=outline]");
		this.counts = build("div", { class: "counts", role: "group", "aria-label": "Labels" });
		this.todo = build("div", { class: "todo" });
		this.list = build("div", { class: "spans", role: "listbox", tabindex: 0, "aria-label": "Spans in the text" });
		place.append(this.counts, this.todo, this.list);
		this.list.addEventListener("keydown", (event) => this.#key(event));
		this.list.addEventListener("click", (event) => {
			const option = /** @type {Element} */ (event.target).closest("[role=option]");
			if (option instanceof HTMLElement) canvas.choose(option.dataset.id ?? null, { reveal: true });
		});
		for (const event of ["painted", "set", "reviews"]) canvas.on(event, () => this.later());
		canvas.on("chosen", () => this.#point());
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
		this.#list(spans.filter((each) => !this.#label || each.label === this.#label));
		this.#point();
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
		const found = lacks(canvas.scheme, canvas.session.view);
		const spans = new Set(found.map((each) => each.span)).size;
		const rows = found.slice(0, MOST_LACKS).map(({ span, message }) => {
			const quote = quoteOf(canvas.session.view.spans.get(span ?? "")?.fragments ?? [], 24);
			return build(
				"li",
				{},
				build(
					"button",
					{ type: "button", onclick: () => canvas.choose(span, { reveal: true }) },
					build("q", {}, quote),
					` ${message}`,
				),
			);
		});
		if (found.length > rows.length) rows.push(build("li", { class: "hint" }, `and ${found.length - rows.length} more`));
		const open = this.todo.querySelector("details")?.open;
		const summary = `${counted(spans, "span")} ${spans === 1 ? "is" : "are"} not complete`;
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

	/** Keep the lines that are right, make the others. @param {Span[]} spans */
	#list(spans) {
		const { scheme } = this.canvas;
		/** @type {Map<string, HTMLElement>} */
		const options = new Map();
		for (const span of spans) {
			const quote = quoteOf(span.fragments, 60);
			const mark = this.mark(span);
			const key = `${span.label} ${quote} ${mark} ${span.flag ?? ""}`;
			const known = this.#options.get(span.id);
			const title = scheme.title(span.label);
			options.set(
				span.id,
				known?.dataset.key === key
					? known
					: build(
							"div",
							{
								role: "option",
								id: `option-${span.id}`,
								"data-id": span.id,
								"data-key": key,
								"data-slot": scheme.slot(span.label),
								"aria-label": `${title}: ${quote}${mark && `, ${mark}`}`,
							},
							build("i", { class: "swatch" }),
							build("span", { dir: "auto" }, quote),
							mark && build("em", { "data-mark": mark }, mark),
							span.flag && build("em", {}, "flag"),
						),
			);
		}
		const before = [...this.#options.keys()];
		const after = [...options.keys()];
		const isSame =
			before.length === after.length &&
			after.every((id, index) => id === before[index] && options.get(id) === this.#options.get(id));
		this.#options = options;
		if (!isSame) this.list.replaceChildren(...options.values());
	}

	/** The line of the chosen span. */
	#point() {
		const { chosen } = this.canvas;
		this.list.querySelector("[aria-selected=true]")?.removeAttribute("aria-selected");
		const option = chosen ? this.#options.get(chosen) : undefined;
		if (!option) return this.list.removeAttribute("aria-activedescendant");
		option.setAttribute("aria-selected", "true");
		this.list.setAttribute("aria-activedescendant", option.id);
		const { offsetTop, offsetHeight } = option;
		const { scrollTop, clientHeight } = this.list;
		if (offsetTop < scrollTop || offsetTop + offsetHeight > scrollTop + clientHeight)
			this.list.scrollTop = offsetTop - clientHeight / 2;
	}

	/** @param {KeyboardEvent} event */
	#key(event) {
		const ids = [...this.#options.keys()];
		const at = ids.indexOf(this.canvas.chosen ?? "");
		const to = { ArrowDown: at + 1, ArrowUp: Math.max(at - 1, 0), Home: 0, End: ids.length - 1 }[event.key];
		if (event.key === "Enter") this.canvas.text.focus({ preventScroll: true });
		else if (to === undefined || event.ctrlKey || event.metaKey) return;
		else if (ids[to]) this.canvas.choose(ids[to], { reveal: true });
		event.preventDefault();
	}
}
