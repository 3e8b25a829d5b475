/**
 * Where several spans lie on each other: all of them listed, the innermost first, at the pointer that rests
 * there, and where a click or Enter has just chosen one of them.
 */

import { build } from "../element.js";
import { quoteOf } from "../fragments.js";
import { covering } from "../lookup.js";
import { t } from "../words.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */

/** How long the pointer has to rest. */
const REST = 450;
/** How long the way from the words to the list may take. */
const LINGER = 250;
const GAP = 6;

export class Stack {
	#timer = 0;
	/** The place whose spans are listed. @type {number | null} */
	#point = null;
	/** Where the page was scrolled to when it came. */
	#y = 0;
	/** Whether the pointer alone has opened it. */
	#hovered = false;

	/** @param {Canvas} canvas */
	constructor(canvas) {
		this.canvas = canvas;
		this.list = build("div", { class: "stack", role: "group", "aria-label": t("The spans here"), hidden: true });
		canvas.text.parentElement?.append(this.list);
		canvas.text.addEventListener("pointermove", (event) => this.#moved(event), { passive: true });
		for (const each of [canvas.text, this.list]) each.addEventListener("pointerleave", () => this.#soonGone());
		this.list.addEventListener("pointerenter", () => clearTimeout(this.#timer));
		document.addEventListener("keydown", (event) => this.#pressed(event), { capture: true });
		// A scroll that was under way when it came is told of afterwards.
		addEventListener("scroll", () => this.#scrolled(), { passive: true });
		canvas.on("selected", () => canvas.selection && this.hide());
		canvas.on("here", (point) => this.#show(point, false));
		canvas.on("chosen", () => this.#point !== null && this.#fill());
		canvas.on("painted", () => this.hide());
	}

	hide() {
		clearTimeout(this.#timer);
		this.#point = null;
		this.list.hidden = true;
	}

	#scrolled() {
		if (!this.list.hidden && Math.abs(scrollY - this.#y) > GAP) this.hide();
	}

	#soonGone() {
		clearTimeout(this.#timer);
		if (this.#hovered) this.#timer = Number(setTimeout(() => this.hide(), LINGER));
	}

	/** @param {PointerEvent} event */
	#moved({ clientX, clientY, pointerType, buttons, target }) {
		clearTimeout(this.#timer);
		if (pointerType !== "mouse" || buttons) return;
		const run = target instanceof Element ? target.closest(".run") : null;
		const isDeep = run && this.canvas.painter.covers(run).length > 1;
		if (!isDeep) return this.#hovered && this.#soonGone();
		this.#timer = Number(
			setTimeout(() => {
				const point = this.canvas.positions.fromScreen(clientX, clientY);
				if (point !== null) this.#show(this.canvas.painter.inside(run, point), true);
			}, REST),
		);
	}

	/** @param {KeyboardEvent} event */
	#pressed(event) {
		if (this.list.hidden || event.key === "Enter" || this.list.contains(document.activeElement)) return;
		if (/^(?:Shift|Control|Alt|Meta|Tab)$/.test(event.key)) return;
		// What the pointer has opened goes by itself, and nothing else with it.
		if (event.key === "Escape" && this.#hovered) event.stopPropagation();
		this.hide();
	}

	/** @param {number} point @param {boolean} hovered */
	#show(point, hovered) {
		const spans = covering(this.canvas.state, point);
		if (spans.length < 2 || this.canvas.mode) return this.hide();
		this.#point = point;
		this.#hovered = hovered;
		this.#y = scrollY;
		this.#fill();
		this.list.hidden = false;
		this.#place(point);
		return undefined;
	}

	#fill() {
		const { canvas } = this;
		const spans = covering(canvas.state, this.#point ?? 0);
		if (spans.length < 2) return this.hide();
		const rows = spans.map((span) =>
			build(
				"button",
				{
					type: "button",
					"data-slot": canvas.scheme.slot(span.label),
					"aria-pressed": String(span.id === canvas.chosen),
					onclick: () => {
						canvas.text.focus({ preventScroll: true });
						canvas.choose(span.id);
					},
				},
				build("i", { class: "swatch" }),
				build("b", {}, canvas.scheme.title(span.label)),
				build("span", { dir: "auto" }, quoteOf(span.fragments, 48)),
			),
		);
		this.list.replaceChildren(...rows);
		return undefined;
	}

	/** Below the words, inside the column. @param {number} point */
	#place(point) {
		const { canvas, list } = this;
		const { positions, article } = canvas;
		const [box] = positions.range(point, article.grapheme(point, 1)).getClientRects();
		const frame = list.offsetParent?.getBoundingClientRect();
		if (!box || !frame) return this.hide();
		const below = box.bottom + GAP + 4;
		const isLow = below + list.offsetHeight > innerHeight;
		const left = Math.max(GAP, Math.min(box.left - frame.left - 12, frame.width - list.offsetWidth - GAP));
		list.style.left = `${left}px`;
		list.style.top = `${(isLow ? box.top - list.offsetHeight - GAP : below) - frame.top}px`;
		return undefined;
	}
}
