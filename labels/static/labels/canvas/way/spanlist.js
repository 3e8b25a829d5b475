/**
 * The spans as a list that mirrors the text: going through it goes through the text. Of a long list only the
 * lines in view and some around them are there.
 */

import { chipsOf } from "../chips.js";
import { STEPS, stepOf } from "../confidence.js";
import { build } from "../element.js";
import { quoteOf } from "../fragments.js";
import { verdictTold } from "../reviews.js";
import { t } from "../words.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */
/** @typedef {import("../state.js").Span} Span */
/** @typedef {{span: Span, mark: string, element: HTMLElement}} Line */

/** The height of a line, as in the style sheet. */
const HEIGHT = matchMedia("(pointer: coarse)").matches ? 44 : 28;
/** So many lines are all drawn, whether in view or not. */
const ALL = 120;
/** Lines that are drawn beyond those in view. */
const AROUND = 30;

export class SpanList {
	/** @type {Span[]} */
	#spans = [];
	/** Where each stands. @type {Map<string, number>} */
	#places = new Map();
	/** Those that are drawn. @type {Map<string, Line>} */
	#lines = new Map();
	/** @type {HTMLElement | undefined} */
	#selected;
	/** Where one came from, to go back to. @type {{y: number, chosen: string | null, word: number | undefined} | null} */
	#from = null;

	/** @param {Canvas} canvas @param {(span: Span) => string} mark what a line says of a span beside its words */
	constructor(canvas, mark) {
		this.canvas = canvas;
		this.mark = mark;
		this.rows = build("div", { role: "presentation" });
		this.element = build(
			"div",
			{ class: "spans", role: "listbox", tabindex: 0, "aria-label": t("Spans in the text") },
			this.rows,
		);
		// Its lines are words of the article: what is set in Japanese has other letters for English, too.
		this.rows.lang = canvas.boot.article.language ?? "";
		this.element.addEventListener("keydown", (event) => this.#pressed(event));
		this.element.addEventListener("scroll", () => this.#spans.length > ALL && this.#draw(), { passive: true });
		this.element.addEventListener("focusin", ({ relatedTarget }) => this.#came(relatedTarget));
		this.element.addEventListener("click", (event) => {
			const option = /** @type {Element} */ (event.target).closest("[role=option]");
			if (option instanceof HTMLElement) canvas.choose(option.dataset.id ?? null, { reveal: true });
		});
		canvas.on("chosen", () => this.#point());
	}

	/** @param {Span[]} spans */
	render(spans) {
		this.#spans = spans;
		this.#places = new Map(spans.map((each, index) => [each.id, index]));
		this.#draw();
		this.#point();
	}

	/** From where to where lines are drawn. */
	#window() {
		const { length } = this.#spans;
		if (length <= ALL) return [0, length];
		const { scrollTop, clientHeight } = this.element;
		const first = Math.floor(scrollTop / HEIGHT) - AROUND;
		return [Math.max(first, 0), Math.min(Math.ceil((scrollTop + clientHeight) / HEIGHT) + AROUND, length)];
	}

	/** Keep the lines that are right, make the others. */
	#draw() {
		const [first, end] = this.#window();
		/** @type {Map<string, Line>} */
		const lines = new Map();
		for (const span of this.#spans.slice(first, end)) lines.set(span.id, this.#line(span));
		for (const [id, { element }] of this.#lines) if (lines.get(id)?.element !== element) element.remove();
		this.#lines = lines;
		let place = this.rows.firstChild;
		for (const { element } of lines.values())
			if (element === place) place = place.nextSibling;
			else this.rows.insertBefore(element, place);
		this.rows.style.paddingTop = `${first * HEIGHT}px`;
		this.rows.style.paddingBottom = `${(this.#spans.length - end) * HEIGHT}px`;
	}

	/** @param {Span} span @returns {Line} */
	#line(span) {
		const { scheme } = this.canvas;
		const mark = this.mark(span);
		const known = this.#lines.get(span.id);
		const line = known?.span === span && known.mark === mark ? known : this.#made(span, mark, scheme);
		const said = chipsOf(this.canvas.state, scheme, span.id).map((each) => each.label);
		if (said.length) line.element.setAttribute("aria-description", said.join(", "));
		else line.element.removeAttribute("aria-description");
		line.element.setAttribute("aria-posinset", String((this.#places.get(span.id) ?? 0) + 1));
		line.element.setAttribute("aria-setsize", String(this.#spans.length));
		return line;
	}

	/** @param {Span} span @param {string} mark @param {import("../scheme.js").Scheme} scheme @returns {Line} */
	#made(span, mark, scheme) {
		const quote = quoteOf(span.fragments, 60);
		const sure = stepOf(span.confidence);
		const notes = [mark, span.flag && t("flagged"), sure !== STEPS[0].title && sure].filter((each) => each);
		const properties = {
			role: "option",
			id: `option-${span.id}`,
			"data-id": span.id,
			"data-slot": scheme.slot(span.label),
			"aria-label": [`${scheme.title(span.label)}: ${quote}`, ...notes].join(", "),
		};
		const element = build(
			"div",
			properties,
			build("i", { class: "swatch" }),
			build("span", { dir: "auto" }, quote),
			mark && build("em", { "data-mark": verdictTold(mark) }, mark),
			span.flag && build("em", {}, t("flag")),
			sure === STEPS[STEPS.length - 1].title && build("em", {}, sure),
		);
		return { span, mark, element };
	}

	/** The line of the chosen span. */
	#point() {
		const { chosen } = this.canvas;
		const place = chosen ? this.#places.get(chosen) : undefined;
		if (chosen && place !== undefined && !this.#lines.has(chosen)) {
			this.element.scrollTop = place * HEIGHT - this.element.clientHeight / 2;
			this.#draw();
		}
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

	/** The focus came here: remember from where. @param {EventTarget | null} from */
	#came(from) {
		if (from instanceof Node && this.element.contains(from)) return;
		const { chosen, caret } = this.canvas;
		this.#from = { y: scrollY, chosen, word: caret.word?.start };
	}

	/** Back to where one came from, whatever was looked at meanwhile. */
	#back() {
		const { canvas } = this;
		const from = this.#from;
		canvas.text.focus({ preventScroll: true });
		if (!from) return;
		canvas.choose(from.chosen);
		if (from.word !== undefined) canvas.caret.put(from.word);
		scrollTo({ top: from.y, behavior: "instant" });
	}

	/** @param {KeyboardEvent} event */
	#pressed(event) {
		if (event.ctrlKey || event.metaKey || event.shiftKey) return;
		if (this.canvas.mode && /^(?:Enter|Escape)$/.test(event.key)) return;
		const last = this.#spans.length - 1;
		const at = this.#places.get(this.canvas.chosen ?? "") ?? -1;
		const to = { ArrowDown: Math.min(at + 1, last), ArrowUp: Math.max(at - 1, 0), Home: 0, End: last }[event.key];
		if (event.key === "Enter") this.canvas.text.focus({ preventScroll: true });
		else if (event.key === "Escape") this.#back();
		else if (to === undefined) return;
		else if (this.#spans[to]) this.canvas.choose(this.#spans[to].id, { reveal: true });
		event.preventDefault();
	}
}
