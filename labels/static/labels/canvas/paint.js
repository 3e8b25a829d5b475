/**
 * Paints spans into the paragraphs: one inline element for each run, carrying the ids that cover it. Only
 * paragraphs that a change touches are painted anew. Chips, hints and marks of the reviewer are attributes
 * that the style sheet shows: none of them is text, so none can be selected, copied, searched or counted.
 *
 * At the start only the first screens are painted at once, and the rest as the browser finds time: until then
 * it is plain text. Whoever asks for a span's elements gets them, painted or not.
 */

import { chipRow } from "./chips.js";
import { Later } from "./idle.js";
import { styleOf } from "./lanes.js";
import { linksOf } from "./lookup.js";
import { runs } from "./segments.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./segments.js").Run} Run */
/** @typedef {import("./chips.js").Chip} Chip */

/** Characters that are painted at once: more than a large screen shows. */
const AT_ONCE = 12_000;

export class Painter {
	/** Paragraphs each span is painted in. @type {Map<string, Set<number>>} */
	#places = new Map();
	/** Spans of each paragraph. @type {Map<number, Set<string>>} */
	#spans = new Map();
	/** @type {WeakMap<Element, Run>} */
	#runs = new WeakMap();
	/** Attributes shown at the first run of a span, by name: verdicts, hints. @type {Map<string, Map<string, string>>} */
	#signs = new Map();
	/** Paragraphs that are still to be painted. @type {Later} */
	#later;
	/** @type {State} what is painted, or will be */
	#state = { spans: new Map(), relations: new Map() };
	/** @type {string | null} */
	chosen = null;

	/**
	 * @param {import("./positions.js").Positions} positions
	 * @param {import("./scheme.js").Scheme} scheme
	 * @param {{chips: (id: string) => Chip[], describe: (id: string) => string, goesOn: (id: string) => string}} words what is said at a span
	 * @param {() => void} late called when paragraphs were painted that had waited
	 */
	constructor(positions, scheme, words, late) {
		this.positions = positions;
		this.scheme = scheme;
		this.words = words;
		this.#later = new Later((index) => this.#paragraph(index), late);
	}

	/** Paint all there is: what one sees first at once. @param {State} state */
	start(state) {
		this.#state = state;
		const { waiting } = this.#later;
		for (const id of state.spans.keys()) for (const index of this.#place(state, id)) waiting.add(index);
		this.#later.now([...waiting].filter((index) => this.positions.article.starts[index] < AT_ONCE));
		this.#later.start();
	}

	/** Paint what a change touched. @param {State} state @param {Iterable<string>} ids */
	paint(state, ids) {
		this.#state = state;
		/** @type {Set<number>} */
		const dirty = new Set();
		for (const id of ids) {
			for (const index of this.#place(state, id)) dirty.add(index);
			for (const { from, to } of linksOf(state, id))
				if (to === id) for (const index of this.#places.get(from) ?? []) dirty.add(index);
		}
		for (const index of dirty) {
			this.#later.waiting.delete(index);
			this.#paragraph(index);
		}
	}

	/** Note where a span lies now; gives the paragraphs it lay or lies in. @param {State} state @param {string} id */
	#place(state, id) {
		const before = this.#places.get(id) ?? new Set();
		const span = state.spans.get(id);
		const now = span ? this.positions.article.paragraphsOf(span.fragments) : new Set();
		for (const index of before) this.#spans.get(index)?.delete(id);
		for (const index of now) {
			const there = this.#spans.get(index) ?? new Set();
			this.#spans.set(index, there.add(id));
		}
		if (span) this.#places.set(id, now);
		else this.#places.delete(id);
		return new Set([...before, ...now]);
	}

	/** @param {number} index */
	#paragraph(index) {
		const { start, end } = this.positions.article.paragraphs[index];
		const spans = [...(this.#spans.get(index) ?? [])]
			.map((id) => this.#state.spans.get(id))
			.filter((each) => each !== undefined);
		const { article } = this.positions;
		/** @type {(Node | string)[]} */
		const nodes = [];
		for (const run of runs(start, end, spans)) {
			const text = article.text.slice(article.toUnit(run.start), article.toUnit(run.end));
			if (run.covers.length) nodes.push(this.#run(run, text), ...this.#chips(run));
			else if (text) nodes.push(text);
		}
		this.positions.paragraphs[index].replaceChildren(...nodes);
		this.positions.forget(index);
	}

	/** @param {Run} run @param {string} text */
	#run(run, text) {
		const element = document.createElement("mark");
		element.className = "run";
		element.dataset.ids = run.covers.map((each) => each.span.id).join(" ");
		element.style.cssText = styleOf(run.covers.map(({ span, lane }) => ({ lane, slot: this.scheme.slot(span.label) })));
		element.textContent = text;
		this.#runs.set(element, run);
		const first = run.covers.filter((each) => each.first);
		const inner = run.covers[run.covers.length - 1];
		const told = first.length
			? first.map((each) => this.words.describe(each.span.id))
			: [this.words.goesOn(inner.span.id)];
		element.setAttribute("aria-description", told.join("; "));
		if (first.length) {
			element.dataset.first = first.map((each) => each.span.id).join(" ");
			for (const name of this.#signs.keys()) this.#sign(element, name);
		}
		if (this.chosen && run.covers.some((each) => each.span.id === this.chosen)) element.classList.add("chosen");
		return element;
	}

	/** @param {Run} run */
	#chips({ covers }) {
		const chips = covers.filter((each) => each.last).flatMap((each) => this.words.chips(each.span.id));
		return chips.length ? [chipRow(chips)] : [];
	}

	/** The elements of a span, in order. @param {string} id @returns {HTMLElement[]} */
	elements(id) {
		const found = [...(this.#places.get(id) ?? [])].sort((a, b) => a - b);
		this.#later.now(found);
		return found.flatMap((index) => [
			.../** @type {NodeListOf<HTMLElement>} */ (
				this.positions.paragraphs[index].querySelectorAll(`[data-ids~="${CSS.escape(id)}"]`)
			),
		]);
	}

	/** Mark the runs of the chosen span. @param {string | null} id */
	choose(id) {
		if (this.chosen) for (const element of this.elements(this.chosen)) element.classList.remove("chosen");
		this.chosen = id;
		if (id) for (const element of this.elements(id)) element.classList.add("chosen");
	}

	/** Show something at the first run of spans, under an attribute's name. @param {string} name @param {Map<string, string>} values by span */
	sign(name, values) {
		const before = this.#signs.get(name) ?? new Map();
		this.#signs.set(name, values);
		for (const id of new Set([...before.keys(), ...values.keys()])) {
			// What is painted later will show it then.
			const waits = [...(this.#places.get(id) ?? [])].some((index) => this.#later.waiting.has(index));
			const first = waits ? undefined : this.elements(id)[0];
			if (first) this.#sign(first, name);
		}
	}

	/** Several spans may begin with the same run: it shows the signs of all. @param {HTMLElement} element @param {string} name */
	#sign(element, name) {
		const ids = element.dataset.first?.split(" ") ?? [];
		const values = ids.map((id) => this.#signs.get(name)?.get(id)).filter((each) => each);
		if (values.length) element.setAttribute(name, values.join(" "));
		else element.removeAttribute(name);
	}

	/** The elements of a span, those side by side together: one group for each part. @param {string} id */
	pieces(id) {
		/** @type {HTMLElement[][]} */
		const found = [];
		let end = -1;
		for (const element of this.elements(id)) {
			const run = this.#runs.get(element);
			if (run?.start === end) found[found.length - 1].push(element);
			else found.push([element]);
			end = run?.end ?? -1;
		}
		return found;
	}

	/** A position held inside an element's run: half a character to the right is behind it. @param {Element} element @param {number} point */
	inside(element, point) {
		const run = this.#runs.get(element);
		return run ? Math.min(Math.max(point, run.start), run.end - 1) : point;
	}

	/** What covers an element, the innermost first. @param {Element} element */
	covers(element) {
		return [...(this.#runs.get(element)?.covers ?? [])].reverse().map((each) => each.span.id);
	}
}
