/** What is listed: the counts as buttons, the sentence that says it, and the keys that set it. */

import { build, keycap } from "../element.js";
import { t, within } from "../words.js";
import { listed, statesOf, tally, toggled } from "./filters.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */
/** @typedef {import("../state.js").Span} Span */
/** @typedef {import("./filters.js").Filter} Filter */

export class Sifting {
	/** @type {Filter} */
	#filter = { label: null, state: null };
	/** It takes keys. */
	#open = false;
	/** What its keys set. @type {Map<string, Partial<Filter>>} */
	#keys = new Map();
	sentence = "";

	/**
	 * @param {Canvas} canvas @param {import("../keyboard.js").Keyboard} keyboard
	 * @param {HTMLElement} list of the spans @param {() => void} changed something else is to be listed
	 */
	constructor(canvas, keyboard, list, changed) {
		this.canvas = canvas;
		this.list = list;
		this.changed = changed;
		this.counts = build("div", { class: "counts", role: "group", "aria-label": t("List only this label") });
		this.states = build("div", { class: "states", role: "group", "aria-label": t("List only this state") });
		this.told = build("p", { class: "told" });
		keyboard.on("filter", () => this.#takeKeys());
	}

	/** Those of the spans that are asked for. @param {Span[]} spans @param {(span: Span) => string} mark the reviewer's */
	render(spans, mark) {
		const states = new Map(spans.map((each) => [each, statesOf(this.canvas, each, mark(each))]));
		const { label, state } = this.#filter;
		const shown = spans.filter(
			(each) => (!label || each.label === label) && (!state || states.get(each)?.includes(state)),
		);
		this.#keys.clear();
		this.#counts(spans);
		this.#states(tally([...states.values()]));
		this.#tell(shown.length, spans.length);
		return shown;
	}

	/** @param {Span[]} spans */
	#counts(spans) {
		const { scheme } = this.canvas;
		const rows = [...scheme.labels.values()].map(({ name, key }) => {
			const number = spans.filter((each) => each.label === name).length;
			const words = [build("i", { class: "swatch" }), build("span", {}, scheme.title(name))];
			return this.#button({ label: name }, key, scheme.slot(name), [...words, build("b", {}, number)]);
		});
		this.counts.replaceChildren(...rows);
	}

	/** @param {Map<string, number>} counts */
	#states(counts) {
		const { state } = this.#filter;
		// The one that is listed stays, so that it can be let go of.
		if (state && !counts.has(state)) counts.set(state, 0);
		const rows = [...counts].map(([name, number], index) =>
			this.#button({ state: name }, String(index + 1), undefined, [name, " ", build("b", {}, number)]),
		);
		this.states.replaceChildren(...rows);
	}

	/** @param {Partial<Filter>} part @param {string | undefined} key @param {number | undefined} slot @param {(Node | string)[]} words */
	#button(part, key, slot, words) {
		if (key) this.#keys.set(key, part);
		const [[name, value]] = Object.entries(part);
		const isOn = this.#filter[/** @type {"label" | "state"} */ (name)] === value;
		return build(
			"button",
			{
				type: "button",
				"aria-pressed": String(isOn),
				"data-slot": slot,
				"data-keep": `${name} ${value}`,
				onclick: () => this.#toggle(part),
			},
			this.#open && keycap(key),
			...words,
		);
	}

	/** What is listed, in words, and what lists all again. @param {number} shown @param {number} all */
	#tell(shown, all) {
		const { scheme, keymap } = this.canvas;
		const { label, state } = this.#filter;
		this.sentence = listed(shown, all, [label && within(scheme.title(label)), state]);
		const off = build("button", { type: "button", onclick: () => this.#all() }, t("Show all"));
		this.told.replaceChildren(
			build("span", {}, this.sentence),
			" ",
			label || state ? off : "",
			" ",
			keycap(keymap.keyOf("filter")) ?? "",
		);
	}

	/** @param {Partial<Filter>} part */
	#toggle(part) {
		this.#filter = toggled(this.#filter, part);
		this.#again();
	}

	#all() {
		this.#filter = { label: null, state: null };
		this.#again();
	}

	/** Draw it with the focus where it was, and say what is listed. */
	#again() {
		const focused = document.activeElement;
		const keep = focused instanceof HTMLElement && this.list.parentElement?.contains(focused);
		const name = keep ? focused.dataset.keep : undefined;
		this.changed();
		const again = name && this.counts.parentElement?.querySelector(`[data-keep="${CSS.escape(name)}"]`);
		if (again instanceof HTMLElement) again.focus({ preventScroll: true });
		else if (keep && focused !== this.list) this.list.focus({ preventScroll: true });
		this.canvas.announce(this.sentence);
	}

	/** The next keys set the filter: a label's own, and digits for the states. */
	#takeKeys() {
		const { canvas } = this;
		if (this.#open) return canvas.mode?.close();
		this.list.closest("details")?.setAttribute("open", "");
		this.#open = true;
		canvas.mode = { key: (name) => this.#pressed(name), close: () => this.#letGo() };
		this.changed();
		this.list.focus({ preventScroll: true });
		const offered = [...this.#keys].map(
			([key, part]) => `${key} ${part.state ?? within(canvas.scheme.title(part.label ?? ""))}`,
		);
		canvas.announce(t("List only: {offered}. Enter is done, Backspace lists all.", { offered: offered.join(", ") }));
	}

	#letGo() {
		this.#open = false;
		this.canvas.mode = null;
		this.changed();
	}

	/** @param {string} name of the key */
	#pressed(name) {
		const part = this.#keys.get(name);
		if (part) this.#toggle(part);
		else if (name === "Backspace" || name === "Delete") this.#all();
		else if (/^(?:Enter|Escape)$/.test(name) || name === this.canvas.keymap.keyOf("filter")) this.#letGo();
		else return false;
		return true;
	}
}
