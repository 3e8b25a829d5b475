/**
 * The spans as a list that mirrors the text: going through it goes through the text. Its lines stand in groups of
 * which the browser lays out only those on the screen, and which are filled as it finds time.
 */

import { build } from "./element.js";
import { quoteOf } from "./fragments.js";
import { Later } from "./idle.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */
/** @typedef {import("./state.js").Span} Span */
/** @typedef {{span: Span, mark: string, element: HTMLElement}} Line */

/** Lines of a group, as in the style sheet. */
const GROUP = 50;

export class SpanList {
	/** What is listed, in order. @type {Span[]} */
	#spans = [];
	/** Groups that are still to be filled. */
	#later = new Later(
		(number) => this.#fill(number),
		() => {},
	);
	/** @type {Map<string, Line>} */
	#lines = new Map();
	/** @type {HTMLElement | undefined} */
	#selected;

	/** @param {Canvas} canvas @param {(span: Span) => string} mark what a line says of a span beside its words */
	constructor(canvas, mark) {
		this.canvas = canvas;
		this.mark = mark;
		this.element = build("div", { class: "spans", role: "listbox", tabindex: 0, "aria-label": "Spans in the text" });
		this.element.addEventListener("keydown", (event) => this.#pressed(event));
		this.element.addEventListener("click", (event) => {
			const option = /** @type {Element} */ (event.target).closest("[role=option]");
			if (option instanceof HTMLElement) canvas.choose(option.dataset.id ?? null, { reveal: true });
		});
		canvas.on("chosen", () => this.#point());
	}

	/** Keep the lines that are right, make the others. @param {Span[]} spans */
	render(spans) {
		this.#spans = spans;
		const ids = new Set(spans.map((each) => each.id));
		for (const [id, { element }] of this.#lines)
			if (!ids.has(id)) {
				element.remove();
				this.#lines.delete(id);
			}
		const groups = this.element.children;
		const number = Math.ceil(spans.length / GROUP);
		while (groups.length < number) this.element.append(build("div", { role: "none" }));
		while (groups.length > number) groups[number].remove();
		for (let each = 0; each < number; each++) this.#later.waiting.add(each);
		this.#later.now([0]);
		this.#later.start();
		this.#point();
	}

	/** What then stands behind the last line is the first of the next group, which fetches it. @param {number} number */
	#fill(number) {
		const group = this.element.children[number];
		if (!group) return;
		const spans = this.#spans.slice(number * GROUP, (number + 1) * GROUP);
		for (const [index, span] of spans.entries()) {
			const known = this.#lines.get(span.id)?.element;
			const line = this.#line(span);
			this.#lines.set(span.id, line);
			if (known !== line.element) known?.replaceWith(line.element);
			const place = group.children[index] ?? null;
			if (place !== line.element) group.insertBefore(line.element, place);
		}
		this.#point();
	}

	/** @param {Span} span @returns {Line} */
	#line(span) {
		const { scheme } = this.canvas;
		const mark = this.mark(span);
		const known = this.#lines.get(span.id);
		if (known?.span === span && known.mark === mark) return known;
		const quote = quoteOf(span.fragments, 60);
		const properties = {
			role: "option",
			id: `option-${span.id}`,
			"data-id": span.id,
			"data-slot": scheme.slot(span.label),
			"aria-label": [`${scheme.title(span.label)}: ${quote}`, mark, span.flag && "flagged"]
				.filter((each) => each)
				.join(", "),
		};
		const element = build(
			"div",
			properties,
			build("i", { class: "swatch" }),
			build("span", { dir: "auto" }, quote),
			mark && build("em", { "data-mark": mark }, mark),
			span.flag && build("em", {}, "flag"),
		);
		return { span, mark, element };
	}

	/** The line of the chosen span. */
	#point() {
		const { chosen } = this.canvas;
		const at = chosen ? this.#spans.findIndex((each) => each.id === chosen) : -1;
		this.#later.now([Math.floor(at / GROUP)]);
		const option = chosen ? this.#lines.get(chosen)?.element : undefined;
		if (option && option === this.#selected) return;
		this.#selected?.removeAttribute("aria-selected");
		this.#selected = option;
		if (!option) return this.element.removeAttribute("aria-activedescendant");
		option.setAttribute("aria-selected", "true");
		this.element.setAttribute("aria-activedescendant", option.id);
		// To ask where it is costs a layout: not before the text is painted.
		requestAnimationFrame(() => this.#bringIntoView(option));
	}

	/** @param {HTMLElement} option */
	#bringIntoView(option) {
		const [line, list] = [option, this.element].map((each) => each.getBoundingClientRect());
		if (line.top < list.top || line.bottom > list.bottom)
			this.element.scrollTop += line.top - list.top - list.height / 2;
	}

	/** @param {KeyboardEvent} event */
	#pressed(event) {
		if (event.ctrlKey || event.metaKey || event.shiftKey) return;
		const ids = this.#spans.map((each) => each.id);
		const at = ids.indexOf(this.canvas.chosen ?? "");
		const to = { ArrowDown: at + 1, ArrowUp: Math.max(at - 1, 0), Home: 0, End: ids.length - 1 }[event.key];
		if (event.key === "Enter") this.canvas.text.focus({ preventScroll: true });
		else if (to === undefined) return;
		else if (ids[to]) this.canvas.choose(ids[to], { reveal: true });
		event.preventDefault();
	}
}
