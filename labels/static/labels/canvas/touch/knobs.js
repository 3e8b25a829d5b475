/**
 * Two knobs for a finger at the edges of what is selected, or of the chosen span: pulled, the edge goes along, word by
 * word. They hang below the line, so that the finger hides no word; keys and the arrows on the card do the same.
 */

import { build, part } from "../element.js";
import { moved } from "../fragments.js";
import { extent } from "../lookup.js";
import { edgeOf, wordUnder } from "./finger.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */
/** @typedef {import("../article.js").Stretch} Stretch */
/** @typedef {"start" | "end"} Edge */

/** As in the style sheet: what a finger needs. */
const SIZE = 44;
const SLACK = 4;
/** So near to the upper or lower end of what can be seen the text scrolls along, so fast. */
const NEAR = 70;
const SPEED = 9;

export class Knobs {
	#waiting = false;
	/** What is being pulled. @type {{edge: Edge, x: number, y: number, dx: number, dy: number, begun: boolean} | null} */
	#pull = null;
	/** Where the edge of the chosen span would go. @type {number | null} */
	#to = null;

	/** @param {Canvas} canvas */
	constructor(canvas) {
		this.canvas = canvas;
		this.layer = part(canvas.root, "[data-part=layer]");
		this.knobs = { start: this.#made("start"), end: this.#made("end") };
		for (const event of ["selected", "chosen", "painted", "set"]) canvas.on(event, () => this.#later());
		new ResizeObserver(() => this.#later()).observe(this.layer);
	}

	/** @param {Edge} edge */
	#made(edge) {
		const knob = build("i", { class: "knob", "data-edge": edge, "aria-hidden": "true", hidden: true });
		knob.addEventListener("pointerdown", (event) => this.#began(event, edge));
		knob.addEventListener("pointermove", (event) => this.#moved(event));
		knob.addEventListener("pointerup", (event) => this.#ended(event));
		knob.addEventListener("pointercancel", () => this.#drop());
		this.layer.append(knob);
		return knob;
	}

	/** What has the knobs. @returns {Stretch | null} */
	get #stretch() {
		const { selection, subject, editable, mode, byTouch } = this.canvas;
		if (!byTouch || mode) return null;
		return selection ?? (subject && editable ? extent(subject) : null);
	}

	/** A change and a choice come together; and to ask where they are costs a layout. */
	#later() {
		if (this.#waiting) return;
		this.#waiting = true;
		requestAnimationFrame(() => {
			this.#waiting = false;
			this.#place();
		});
	}

	#place() {
		const stretch = this.#stretch;
		for (const knob of Object.values(this.knobs)) knob.hidden = !stretch;
		if (!stretch) return;
		const origin = this.layer.getBoundingClientRect();
		for (const edge of /** @type {Edge[]} */ (["start", "end"])) {
			const knob = this.knobs[edge];
			const { x, bottom, before } = edgeOf(this.canvas, stretch, edge);
			const tip = x - origin.left;
			// Its field stays on the screen, the drop at its edge.
			const left = Math.max(0, Math.min(before ? tip - SIZE : tip, origin.width - SIZE));
			knob.classList.toggle("before", before);
			knob.style.translate = `${left}px ${bottom - origin.top - 4}px`;
			knob.style.setProperty("--tip", `${tip - left}px`);
		}
	}

	/** @param {PointerEvent} event @param {Edge} edge */
	#began(event, edge) {
		const stretch = this.#stretch;
		if (!stretch) return;
		const { clientX: x, clientY: y } = event;
		const at = edgeOf(this.canvas, stretch, edge);
		this.#pull = { edge, x, y, dx: x - at.x, dy: y - (at.top + at.bottom) / 2, begun: false };
		this.#to = null;
		this.knobs[edge].setPointerCapture(event.pointerId);
		event.preventDefault();
	}

	/** @param {PointerEvent} event */
	#moved({ clientX, clientY }) {
		const pull = this.#pull;
		if (!pull || (!pull.begun && Math.hypot(clientX - pull.x, clientY - pull.y) < SLACK)) return;
		const isFirst = !pull.begun;
		Object.assign(pull, { x: clientX, y: clientY, begun: true });
		this.#follow();
		if (isFirst) this.#scroll();
	}

	/** The edge goes to the word that is meant. */
	#follow() {
		const { canvas } = this;
		const pull = this.#pull;
		const word = pull && wordUnder(canvas, pull.x - pull.dx, pull.y - pull.dy);
		if (!word) return;
		if (canvas.selection) this.#stretchTo(canvas.selection, pull.edge, word);
		else this.#proposed(pull.edge, word);
	}

	/** @param {Stretch} selection @param {Edge} edge @param {Stretch} word */
	#stretchTo(selection, edge, word) {
		const reach = { ...selection, [edge]: word[edge] };
		if (reach.start >= reach.end) return;
		const { start, end } = this.canvas.article.snap(reach) ?? reach;
		if (start !== selection.start || end !== selection.end) this.canvas.select({ start, end }, { byTouch: true });
	}

	/** @param {Edge} edge @param {Stretch} word */
	#proposed(edge, word) {
		const { subject, article, highlights } = this.canvas;
		if (!subject) return;
		const parts = moved(subject.fragments, edge, word[edge]);
		const last = parts?.[edge === "start" ? 0 : parts.length - 1];
		const snapped = last && article.snap(last);
		if (!parts || !snapped) return;
		this.#to = snapped[edge];
		highlights.show("selection", moved(subject.fragments, edge, snapped[edge]) ?? parts);
	}

	/** A finger at the end of the screen takes the text along. */
	#scroll() {
		requestAnimationFrame(() => {
			const pull = this.#pull;
			if (!pull) return;
			const card = part(this.canvas.root, "[data-part=card]").getBoundingClientRect();
			const low = card.height && card.top > innerHeight / 3 && !this.canvas.selection ? card.top : innerHeight;
			const by = pull.y < NEAR + 56 ? -SPEED : pull.y > low - NEAR ? SPEED : 0;
			if (by) {
				scrollBy({ top: by, behavior: "instant" });
				this.#follow();
			}
			this.#scroll();
		});
	}

	/** @param {PointerEvent} event */
	#ended(event) {
		const pull = this.#pull;
		const to = this.#to;
		this.#drop();
		if (pull?.begun && to !== null) void this.canvas.marking.moveEdge(pull.edge, to);
		else if (pull && !pull.begun) tapBelow(event);
	}

	#drop() {
		const { selection, highlights } = this.canvas;
		this.#pull = null;
		this.#to = null;
		if (!selection) highlights.show("selection", []);
		this.#later();
	}
}

/** A tap is meant for the words below. @param {PointerEvent} event */
function tapBelow({ clientX, clientY }) {
	const below = document.elementsFromPoint(clientX, clientY).find((each) => !each.matches(".knob"));
	below?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, clientX, clientY, detail: 1 }));
}
