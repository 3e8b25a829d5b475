/**
 * Filling in a span by keys: the first thing still needed is armed, and the digits are its values, so that
 * nobody has to name its fields; the key of an attribute arms that one.
 */

import { choices, DIGITS, picked } from "./fields.js";
import { linksOf } from "./lookup.js";
import { linksLacking } from "./missing.js";
import { isBarred, isEmpty, lacking, titleOf } from "./scheme.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */
/** @typedef {import("./scheme.js").Attribute} Attribute */
/** @typedef {import("./state.js").Span} Span */
/**
 * An attribute of the span, or of a link that begins at it.
 * @typedef {{relation: string | null, attribute: Attribute, values: Record<string, unknown>}} Place
 */

const FILLED = "Nothing it needs is missing. The key of a field opens that field again.";

export class Filling {
	/** The field asked for by its key, if any. @type {{relation: string | null, name: string} | null} */
	#asked = null;
	/** Which nine of many values the digits are. */
	page = 0;

	/**
	 * @param {Canvas} canvas @param {import("./keyboard.js").Keyboard} keyboard
	 * @param {(place?: Place) => void} show draws the fields anew, and goes to one
	 */
	constructor(canvas, keyboard, show) {
		this.canvas = canvas;
		this.keyboard = keyboard;
		this.show = show;
		keyboard.on("value", ({ argument }) => this.#digit(Number(argument)));
		keyboard.on("field", () => this.#next());
		canvas.on("lack", (lack) => this.#lead(lack));
		keyboard.on("attribute", ({ argument = "" }) => this.#ask(argument));
	}

	/** Another span is chosen. */
	forget() {
		this.#asked = null;
		this.page = 0;
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
	armed(span) {
		const places = this.#places(span).filter((each) => choices(each.attribute).length);
		const asked = places.find(
			(each) => each.relation === this.#asked?.relation && each.attribute.name === this.#asked?.name,
		);
		return asked ?? places.find(({ attribute, values }) => lacking([attribute], values).length);
	}

	/** @param {Place} place @param {unknown} value */
	set({ relation, attribute }, value) {
		const { marking } = this.canvas;
		const change = { [attribute.name]: value };
		// Of several values more may follow; else the next thing needed is armed.
		const stays = attribute.type === "choices";
		this.#asked = stays ? { relation, name: attribute.name } : null;
		if (!stays) this.page = 0;
		return relation ? marking.setRelationAttributes(relation, change) : marking.setAttributes(change);
	}

	/** @param {number} digit */
	#digit(digit) {
		const { canvas } = this;
		const span = canvas.subject;
		if (!span) return canvas.say("Choose a span first: the digits are its values.");
		const armed = this.armed(span);
		if (!armed) return canvas.say(FILLED);
		const { attribute, values } = armed;
		if (digit === 0) return this.turn(armed);
		const value = choices(attribute)[this.page * DIGITS + digit - 1];
		if (value !== undefined) void this.set(armed, picked(attribute, values[attribute.name], value));
		else canvas.say(`${titleOf(attribute)} has no value ${digit}.`);
	}

	/** @param {Place} place */
	turn({ relation, attribute }) {
		const pages = Math.ceil(choices(attribute).length / DIGITS);
		this.#asked = { relation, name: attribute.name };
		this.page = (this.page + 1) % pages;
		this.show();
	}

	/** On to the next field that is needed, one to write in too; then to the link that is. */
	#next() {
		const { canvas } = this;
		const span = canvas.subject;
		if (!span) return false;
		this.#asked = null;
		const [place] = this.#places(span).filter(({ attribute, values }) => lacking([attribute], values).length);
		if (place) this.#go(place);
		else {
			this.show();
			if (linksLacking(canvas.scheme, span, canvas.state).length) this.keyboard.do({ command: "link" });
			else canvas.say(FILLED);
		}
		return undefined;
	}

	/** The key of an attribute: a yes-or-no is turned over, words are written, of values the digits choose. @param {string} name */
	#ask(name) {
		const span = this.canvas.subject;
		const places = span ? this.#places(span).filter((each) => each.attribute.name === name) : [];
		const place = places.find(({ attribute, values }) => isEmpty(values[attribute.name])) ?? places[0];
		if (!place) return;
		if (place.attribute.type === "boolean") return void this.set(place, place.values[name] ? null : true);
		this.#go(place);
	}

	/** Arm the very field that is missing, or offer the link that is. @param {import("./missing.js").Lack} lack */
	#lead({ relation, attribute, code = "" }) {
		const { canvas } = this;
		const span = canvas.subject;
		if (!span || !canvas.editable) return;
		// The card of another span is forgotten when this one's is shown.
		this.show();
		const type = canvas.scheme.relations.get(code);
		const place = this.#places(span).find((each) => each.relation === relation && each.attribute.name === attribute);
		if (place) this.#go(place);
		else if (type && !isBarred(type, span.attributes)) this.keyboard.do({ command: "link" });
	}

	/** Its values are the digits now, or it is written in. @param {Place} place */
	#go(place) {
		this.#asked = { relation: place.relation, name: place.attribute.name };
		this.page = 0;
		this.show(place);
	}
}
