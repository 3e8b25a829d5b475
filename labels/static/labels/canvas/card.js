/** The card of the chosen span: its words, label, links and attributes. */

import { cardLinks, spanValue } from "./cardlinks.js";
import { foot, labelRow, nothingChosen, quotation } from "./cardparts.js";
import { build, part } from "./element.js";
import { fieldOf } from "./fields.js";
import { Filling } from "./filling.js";
import { ordinal } from "./lookup.js";
import { isFillable, isSamePlace } from "./pass.js";
import { isBarred, isEmpty } from "./scheme.js";
import { keepingStill } from "./still.js";
import { t } from "./words.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */
/** @typedef {import("./keyboard.js").Keyboard} Keyboard */
/** @typedef {import("./pass.js").Place} Place */
/** @typedef {import("./state.js").Span} Span */
/** @typedef {(span: Span | undefined) => (Node | null)[]} Extra */

/** What stands where an element stood before all was drawn anew. @param {HTMLElement} place @param {HTMLElement} gone */
function counterpart(place, gone) {
	const { keep } = gone.dataset;
	/** @type {NodeListOf<HTMLElement>} */
	const alike = place.querySelectorAll(keep ? `[data-keep="${CSS.escape(keep)}"]` : gone.localName);
	return [...alike].find((each) => keep || each.textContent === gone.textContent);
}

export class Card {
	#open = false;
	#waiting = false;
	/** Something came in while somebody wrote. */
	#missed = false;
	/** @type {string | null} */
	#shown = null;

	/**
	 * @param {Canvas} canvas @param {Keyboard} keyboard
	 * @param {Extra[]} extras what else stands on the card, below the words @param {Extra} tail and at its end
	 */
	constructor(canvas, keyboard, extras, tail) {
		this.canvas = canvas;
		this.keyboard = keyboard;
		this.extras = extras;
		this.tail = tail;
		this.place = part(canvas.root, "[data-part=card]");
		this.still = keepingStill(this.place);
		for (const event of ["chosen", "painted", "set", "reviews"]) canvas.on(event, () => this.#later());
		this.place.addEventListener("focusout", ({ target }) => {
			if (!(target instanceof Element) || !target.matches("textarea, input")) return;
			if (this.filling.leave() || this.#missed) this.#afterwards();
		});
		this.place.addEventListener("galley-entered", () => {
			canvas.text.focus({ preventScroll: true });
			this.filling.written();
		});
		this.filling = new Filling(canvas, keyboard, (place) => this.#show(place));
		this.render();
	}

	/** Draw it when all that happens now has happened: a change and a choice come together. */
	#later() {
		if (this.#waiting) return;
		this.#waiting = true;
		queueMicrotask(() => {
			this.#waiting = false;
			this.render();
		});
	}

	/** Draw it when somebody has left a field: a button that is pressed has to be there still when it is let go. */
	#afterwards() {
		const render = () => setTimeout(() => this.render());
		if (this.place.matches(":active")) addEventListener("pointerup", render, { once: true });
		else render();
	}

	/** Show the fields as they are filled; where one is to be written in, go there. @param {Place} [place] */
	#show(place) {
		this.render();
		const field = place && this.place.querySelector(`[data-keep="${place.relation} ${place.attribute.name}"]`);
		for (let fold = field?.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
		if (field instanceof HTMLElement) field.focus();
	}

	render() {
		const { canvas, place } = this;
		const span = canvas.subject;
		const focused = document.activeElement;
		const writing = focused?.matches("textarea, input") && place.contains(focused);
		this.#missed = Boolean(writing && this.#shown === canvas.chosen);
		if (this.#missed) return;
		if (this.#shown !== canvas.chosen) this.filling.forget();
		this.#shown = canvas.chosen;
		const inside = focused instanceof HTMLElement && place.contains(focused);
		const extras = this.extras.flatMap((each) => each(span)).filter((each) => each !== null);
		const content = span ? this.#content(span, extras) : [...extras, ...nothingChosen(canvas)];
		place.classList.toggle("empty", !span && !extras.length);
		const tail = this.tail(span).filter((each) => each !== null);
		const held = this.still(() => place.replaceChildren(...content, ...tail));
		if (inside) (counterpart(place, focused) ?? canvas.text).focus({ preventScroll: true });
		this.#point(span, held);
	}

	/** What is asked for is in view, and others are told what it is. @param {Span | undefined} span @param {boolean} held where it is */
	#point(span, held) {
		const { canvas, place } = this;
		const asked = span && canvas.editable ? this.filling.current(span) : undefined;
		if (isSamePlace(asked, canvas.asked)) return;
		canvas.asked = asked;
		canvas.tell("asked");
		// To ask where it is costs a layout: not before the text is painted.
		if (asked && !held)
			requestAnimationFrame(() => place.querySelector("[data-armed]")?.scrollIntoView({ block: "nearest" }));
	}

	/** @param {Span} span @param {Node[]} extras */
	#content(span, extras) {
		const { canvas, keyboard } = this;
		const { place, of } = ordinal(canvas.state, span);
		const title = `${canvas.scheme.title(span.label)} · ${t("{place} of {all}", { place, all: of })}`;
		const close = build(
			"button",
			{ type: "button", class: "close", "aria-label": t("Close"), onclick: () => canvas.choose(null) },
			"×",
		);
		const armed = canvas.editable ? this.filling.current(span) : undefined;
		const { own, more } = this.#fields(span, armed);
		return [
			build("header", {}, build("h2", { "data-slot": canvas.scheme.slot(span.label) }, title), close),
			...quotation(canvas, span),
			labelRow(canvas, keyboard, span),
			...extras,
			...cardLinks(canvas, keyboard, span, (place) => this.#field(place, armed)),
			...own,
			this.#folded(more),
			...this.#marks(span, armed),
			canvas.editable ? foot(canvas, keyboard, span) : "",
		].filter((each) => each !== null);
	}

	/** What is seldom needed, under one line. @param {HTMLElement[]} more */
	#folded(more) {
		if (!more.length) return "";
		const open = this.#open || more.some((each) => each.dataset.armed !== undefined);
		const fold = build(
			"details",
			{ class: "more", open },
			build("summary", { "data-keep": "more" }, t("More")),
			...more,
		);
		fold.addEventListener("toggle", () => (this.#open = fold.open));
		return fold;
	}

	/** @param {Span} span @param {Place | undefined} armed */
	#fields(span, armed) {
		const { attributes: values } = span;
		const places = this.canvas.scheme
			.attributes(span.label)
			.map((attribute) => ({ relation: null, attribute, values }));
		const shown = places.filter(({ attribute }) => !isBarred(attribute, values) || !isEmpty(values[attribute.name]));
		const isMore = (/** @type {Place} */ { attribute }) => attribute.more && isEmpty(values[attribute.name]);
		return {
			own: shown.filter((each) => !isMore(each)).map((each) => this.#field(each, armed)),
			more: shown.filter(isMore).map((each) => this.#field(each, armed)),
		};
	}

	/** How sure one is of it: where it can be said, or was. @param {Span} span @param {Place | undefined} armed */
	#marks(span, armed) {
		const marks = this.filling.marks(span);
		const shown = this.canvas.editable && this.canvas.boot.mode === "label";
		return marks.filter((each) => shown || !isFillable(each)).map((each) => this.#field(each, armed));
	}

	/** @param {Place} place @param {Place | undefined} armed */
	#field(place, armed) {
		const isArmed = isSamePlace(armed, place);
		return fieldOf({
			...place,
			owner: place.relation ?? this.canvas.chosen ?? "",
			words: place.relation ? "" : (this.canvas.subject?.fragments ?? []).map(({ quote }) => quote).join(" "),
			armed: isArmed,
			page: isArmed ? this.filling.page : 0,
			editable: this.canvas.editable,
			set: (value) => void this.filling.set(place, value),
			turn: () => this.filling.turn(place),
			spanValue: () => spanValue(this.canvas, this.keyboard, place, () => void this.filling.set(place, null)),
		});
	}
}
