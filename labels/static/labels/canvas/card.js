/**
 * The card of the chosen span: its words, label, links and attributes. The first thing still needed is
 * armed: the digits are its values, so that a span can be filled in without naming its fields.
 */

import { cardLinks, spanValue } from "./cardlinks.js";
import { build, keycap, part } from "./element.js";
import { choices, DIGITS, fieldOf, picked } from "./fields.js";
import { linksOf, ordinal } from "./lookup.js";
import { foot, labelRow, nothingChosen, words } from "./cardparts.js";
import { isBarred, isEmpty, lacking } from "./scheme.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */
/** @typedef {import("./keyboard.js").Keyboard} Keyboard */
/** @typedef {import("./scheme.js").Attribute} Attribute */
/** @typedef {import("./state.js").Span} Span */
/** @typedef {(span: Span | undefined) => (Node | null)[]} Extra */
/** @typedef {{relation: string | null, attribute: Attribute, values: Record<string, unknown>}} Place */

export class Card {
	/** The field asked for by its key, if any. @type {{relation: string | null, name: string} | null} */
	#asked = null;
	#page = 0;
	#open = false;
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
		for (const event of ["chosen", "painted", "set", "reviews"]) canvas.on(event, () => this.render());
		// What came in while somebody wrote is shown when they stop. A button that a render replaces loses its
		// focus too: to render for that would never end.
		this.place.addEventListener("focusout", ({ target }) => {
			if (target instanceof Element && target.matches("textarea, input")) setTimeout(() => this.render());
		});
		this.place.addEventListener("galley-entered", () => canvas.text.focus({ preventScroll: true }));
		keyboard.on("value", ({ argument }) => this.#digit(Number(argument)));
		keyboard.on("field", () => this.#next());
		keyboard.on("attribute", ({ argument = "" }) => this.#ask(argument));
		this.render();
	}

	/** Every field of a span and of the links that begin at it, as they stand on the card. @param {Span} span @returns {Place[]} */
	#places(span) {
		const { scheme, state } = this.canvas;
		const own = scheme
			.attributes(span.label)
			.map((attribute) => ({ relation: null, attribute, values: span.attributes }));
		const links = linksOf(state, span.id).filter((each) => each.from === span.id);
		const theirs = links.flatMap(({ id, type, attributes }) =>
			scheme.relationAttributes(type).map((attribute) => ({ relation: id, attribute, values: attributes })),
		);
		return [...theirs, ...own];
	}

	/** The field whose values the digits are. @param {Span} span @returns {Place | undefined} */
	#armed(span) {
		const places = this.#places(span).filter((each) => choices(each.attribute).length);
		const asked = places.find(
			(each) => each.relation === this.#asked?.relation && each.attribute.name === this.#asked?.name,
		);
		return asked ?? places.find(({ attribute, values }) => lacking([attribute], values).length);
	}

	/** @param {Place} place @param {unknown} value */
	#set({ relation, attribute }, value) {
		const { marking } = this.canvas;
		const change = { [attribute.name]: value };
		// Of several values more may follow; else the next thing needed is armed.
		const stays = attribute.type === "choices";
		this.#asked = stays ? { relation, name: attribute.name } : null;
		if (!stays) this.#page = 0;
		return relation ? marking.setRelationAttributes(relation, change) : marking.setAttributes(change);
	}

	/** @param {number} digit */
	#digit(digit) {
		const span = this.canvas.subject;
		const armed = span && this.#armed(span);
		if (!armed) return;
		const { attribute, values } = armed;
		if (digit === 0) return this.#turn(armed);
		const value = choices(attribute)[this.#page * DIGITS + digit - 1];
		if (value !== undefined) void this.#set(armed, picked(attribute, values[attribute.name], value));
	}

	/** @param {Place} place */
	#turn({ relation, attribute }) {
		const pages = Math.ceil(choices(attribute).length / DIGITS);
		this.#asked = { relation, name: attribute.name };
		this.#page = (this.#page + 1) % pages;
		this.render();
	}

	/** On to the next field that is needed, one to write in too. */
	#next() {
		const span = this.canvas.subject;
		if (!span) return false;
		this.#asked = null;
		const [place] = this.#places(span).filter(({ attribute, values }) => lacking([attribute], values).length);
		if (place) this.#go(place);
		else this.render();
		return undefined;
	}

	/** The key of an attribute: a yes-or-no is turned over, words are written, of values the digits choose. @param {string} name */
	#ask(name) {
		const span = this.canvas.subject;
		const places = span ? this.#places(span).filter((each) => each.attribute.name === name) : [];
		const place = places.find(({ attribute, values }) => isEmpty(values[attribute.name])) ?? places[0];
		if (!place) return;
		if (place.attribute.type === "boolean") return void this.#set(place, place.values[name] ? null : true);
		this.#go(place);
	}

	/** Its values are the digits now, or it is written in. @param {Place} place */
	#go({ relation, attribute: { name } }) {
		this.#asked = { relation, name };
		this.#page = 0;
		this.render();
		const field = this.place.querySelector(`[data-keep="${relation} ${name}"]`);
		for (let fold = field?.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
		if (field instanceof HTMLElement) field.focus();
	}

	render() {
		const { canvas, place } = this;
		const span = canvas.subject;
		const focused = document.activeElement;
		const writing = focused?.matches("textarea, input") && place.contains(focused);
		if (writing && this.#shown === canvas.chosen) return;
		if (this.#shown !== canvas.chosen) this.#asked = null;
		this.#shown = canvas.chosen;
		const keep = focused instanceof HTMLElement && place.contains(focused) ? focused.dataset.keep : undefined;
		const extras = this.extras.flatMap((each) => each(span)).filter((each) => each !== null);
		const content = span ? this.#content(span, extras) : [...extras, ...nothingChosen(canvas)];
		place.classList.toggle("empty", !span && !extras.length);
		place.replaceChildren(...content, ...this.tail(span).filter((each) => each !== null));
		const again = keep && place.querySelector(`[data-keep="${CSS.escape(keep)}"]`);
		if (again instanceof HTMLElement) again.focus({ preventScroll: true });
		else if (keep) canvas.text.focus({ preventScroll: true });
	}

	/** @param {Span} span @param {Node[]} extras */
	#content(span, extras) {
		const { canvas, keyboard } = this;
		const { place, of } = ordinal(canvas.state, span);
		const title = `${canvas.scheme.title(span.label)} · ${place} of ${of}`;
		const close = build(
			"button",
			{ type: "button", class: "close", "aria-label": "Close", onclick: () => canvas.choose(null) },
			"×",
		);
		const armed = canvas.editable ? this.#armed(span) : undefined;
		const { own, more } = this.#fields(span, armed);
		return [
			build("header", {}, build("h2", { "data-slot": canvas.scheme.slot(span.label) }, title), close),
			...words(canvas, span),
			labelRow(canvas, keyboard, span),
			...extras,
			...cardLinks(canvas, keyboard, span, (place) => this.#field(place, armed)),
			...own,
			this.#folded(more),
			canvas.editable ? foot(canvas, keyboard, span) : "",
		].filter((each) => each !== null);
	}

	/** What is seldom needed, under one line. @param {HTMLElement[]} more */
	#folded(more) {
		if (!more.length) return "";
		const open = this.#open || more.some((each) => each.dataset.armed !== undefined);
		const fold = build("details", { class: "more", open }, build("summary", {}, "More"), ...more);
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

	/** @param {Place} place @param {Place | undefined} armed */
	#field(place, armed) {
		const isArmed = armed?.attribute === place.attribute && armed?.relation === place.relation;
		return fieldOf({
			...place,
			armed: isArmed,
			page: isArmed ? this.#page : 0,
			editable: this.canvas.editable,
			set: (value) => void this.#set(place, value),
			turn: () => this.#turn(place),
			spanValue: () => spanValue(this.canvas, this.keyboard, place, () => void this.#set(place, null)),
		});
	}
}
