/** The spans as a list that mirrors the text: going through it goes through the text. */

import { build } from "./element.js";
import { quoteOf } from "./fragments.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */
/** @typedef {import("./state.js").Span} Span */
/** @typedef {{span: Span, mark: string, element: HTMLElement}} Line */

export class SpanList {
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
		/** @type {Map<string, Line>} */
		const lines = new Map();
		for (const span of spans) lines.set(span.id, this.#line(span));
		for (const [id, { element }] of this.#lines) if (lines.get(id)?.element !== element) element.remove();
		this.#lines = lines;
		let place = this.element.firstChild;
		for (const { element } of lines.values())
			if (element === place) place = place.nextSibling;
			else this.element.insertBefore(element, place);
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
		const option = chosen ? this.#lines.get(chosen)?.element : undefined;
		if (option !== this.#selected) this.#selected?.removeAttribute("aria-selected");
		this.#selected = option;
		if (!option) return this.element.removeAttribute("aria-activedescendant");
		option.setAttribute("aria-selected", "true");
		this.element.setAttribute("aria-activedescendant", option.id);
		// To ask where it is costs a layout: not before the text is painted.
		requestAnimationFrame(() => this.#bringIntoView(option));
	}

	/** @param {HTMLElement} option */
	#bringIntoView({ offsetTop, offsetHeight }) {
		const { scrollTop, clientHeight } = this.element;
		const isAway = offsetTop < scrollTop || offsetTop + offsetHeight > scrollTop + clientHeight;
		if (isAway) this.element.scrollTop = offsetTop - clientHeight / 2;
	}

	/** @param {KeyboardEvent} event */
	#pressed(event) {
		if (event.ctrlKey || event.metaKey || event.shiftKey) return;
		const ids = [...this.#lines.keys()];
		const at = ids.indexOf(this.canvas.chosen ?? "");
		const to = { ArrowDown: at + 1, ArrowUp: Math.max(at - 1, 0), Home: 0, End: ids.length - 1 }[event.key];
		if (event.key === "Enter") this.canvas.text.focus({ preventScroll: true });
		else if (to === undefined) return;
		else if (ids[to]) this.canvas.choose(ids[to], { reveal: true });
		event.preventDefault();
	}
}
