/**
 * Filling in a span by keys: the first thing still needed is armed, and the digits are its values, so that
 * nobody has to name its fields; the key of an attribute arms that one, and the space bar goes on to the next.
 */

import { CONFIDENCE, numberOf, stepOf } from "./confidence.js";
import { choices, DIGITS, picked, questionOf } from "./fields.js";
import { lacksOf } from "./missing.js";
import { isFillable, isNeeded, isSamePlace, neededStops, nextStop, placesOf } from "./pass.js";
import { isEmpty, titleOf, valueTitle } from "./scheme.js";
import { t } from "./words.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */
/** @typedef {import("./state.js").Span} Span */
/** @typedef {import("./pass.js").Place} Place */

const NONE = t("Choose a span first.");
const FILLED = t("Nothing it needs is missing. The space bar goes on to what it may have.");

export class Filling {
	/** The field asked for by its key, if any. @type {Place | null} */
	#asked = null;
	/** Where the pass is. @type {Place | null} */
	#now = null;
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
		canvas.on("linking", () => this.forget());
		keyboard.on("attribute", ({ argument = "" }) => this.#ask(argument));
		keyboard.on("confidence", () => (canvas.subject ? this.#ask(CONFIDENCE.name) : canvas.say(NONE)));
	}

	/** Another span is chosen, or this one linked: what is needed comes first. */
	forget() {
		[this.#asked, this.#now, this.page] = [null, null, 0];
	}

	/** What is said of a span besides its attributes. @param {Span} span @returns {Place[]} */
	marks(span) {
		if (this.canvas.draft) return [];
		const attribute = { ...CONFIDENCE, key: this.canvas.keymap.keyOf("confidence") };
		return [{ relation: "mark", attribute, values: { confidence: stepOf(span.confidence) } }];
	}

	/** @param {Span} span */
	#places(span) {
		return [...placesOf(this.canvas.scheme, this.canvas.state, span), ...this.marks(span)];
	}

	/** The field whose values the digits are. @param {Span} span @returns {Place | undefined} */
	armed(span) {
		const places = this.#places(span).filter((each) => choices(each.attribute).length);
		const asked = places.find((each) => isSamePlace(each, this.#asked));
		return asked ?? places.find(isNeeded) ?? this.#beside(span, places);
	}

	/** The field that is asked for, one to write in too. @param {Span} span @returns {Place | undefined} */
	current(span) {
		return this.#places(span).find((each) => isSamePlace(each, this.#asked)) ?? this.armed(span);
	}

	/** A link that has all it needs goes on with what it may have: one more digit each. @param {Span} span @param {Place[]} places */
	#beside(span, places) {
		const now = this.#now;
		if (!now || !this.canvas.state.relations.has(now.relation ?? "")) return;
		if (neededStops(this.canvas.scheme, this.canvas.state, span).length) return;
		return places.find((each) => each.relation === now.relation && isFillable(each));
	}

	/** @param {Place} place @param {unknown} value */
	set(place, value) {
		const { relation, attribute } = place;
		// Of several values more may follow; else the next thing needed is armed.
		this.#asked = attribute.type === "choices" ? place : null;
		this.#now = place;
		if (!this.#asked) this.page = 0;
		const done = value === place.values[attribute.name] ? null : this.#perform(relation, { [attribute.name]: value });
		const told = `${titleOf(attribute)}: ${isEmpty(value) ? t("empty") : valueTitle(attribute, value)}.`;
		// A second press takes a value out, which nobody should have to notice by themselves.
		if (isEmpty(value) && done) this.canvas.say(told, { command: "undo", title: t("Undo") });
		else this.canvas.announce(`${told} ${this.#question()}`);
		return done;
	}

	/** @param {string | null} relation @param {Record<string, unknown>} change */
	#perform(relation, change) {
		const { marking } = this.canvas;
		if (relation === "mark") return marking.setConfidence(numberOf(change[CONFIDENCE.name]));
		return relation ? marking.setRelationAttributes(relation, change) : marking.setAttributes(change);
	}

	/** What is asked for now, in words: "Stance, needed: 1 affirm, 2 deny". */
	#question() {
		const span = this.canvas.subject;
		const armed = span && this.armed(span);
		return armed ? questionOf(armed.attribute, isNeeded(armed), this.page) : "";
	}

	/** @param {number} digit */
	#digit(digit) {
		const { canvas } = this;
		const span = canvas.subject;
		if (!span) return canvas.say(t("Choose a span first: the digits are its values."));
		const armed = this.armed(span);
		if (!armed) return canvas.say(lacksOf(canvas.scheme, span, canvas.state)[0]?.message ?? FILLED);
		const { attribute, values } = armed;
		if (digit === 0) return this.turn(armed);
		const value = choices(attribute)[this.page * DIGITS + digit - 1];
		if (value !== undefined) void this.set(armed, picked(attribute, values, value));
		else canvas.say(t("{field} has no value {digit}.", { field: titleOf(attribute), digit }));
	}

	/** @param {Place} place */
	turn(place) {
		this.#asked = place;
		this.page = (this.page + 1) % Math.ceil(choices(place.attribute).length / DIGITS);
		this.show();
		this.canvas.announce(this.#question());
	}

	/** On to the next field or link that is needed; then through what may be given. */
	#next() {
		const { canvas } = this;
		const span = canvas.subject;
		if (!span) return false;
		const now = this.#asked ?? this.armed(span) ?? this.#now;
		const stop = nextStop(canvas.scheme, canvas.state, span, this.marks(span), now);
		this.#asked = null;
		if (stop?.place) this.#go(stop.place);
		else {
			this.show();
			if (stop?.link) this.keyboard.do({ command: "link", wanted: { type: stop.link } });
			else {
				this.#now = null;
				canvas.say(t("That was its last field."));
			}
		}
		return undefined;
	}

	/** What was written in is left: the digits are the values of what is needed again. Tells whether it was asked for. */
	leave() {
		if (!this.#asked || choices(this.#asked.attribute).length) return false;
		this.#asked = null;
		return true;
	}

	/** Something was written and is kept: on to what is needed next. */
	written() {
		const { subject: span, scheme, state } = this.canvas;
		if (span && neededStops(scheme, state, span).length) this.#next();
		else if (span) this.canvas.announce(FILLED);
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
	#lead({ relation, attribute, code }) {
		const { canvas } = this;
		const span = canvas.subject;
		if (!span || !canvas.editable) return;
		// The card of another span is forgotten when this one's is shown.
		this.show();
		const place = this.#places(span).find((each) => each.relation === relation && each.attribute.name === attribute);
		if (place) this.#go(place);
		else if (neededStops(canvas.scheme, canvas.state, span).some(({ link }) => link === code))
			this.keyboard.do({ command: "link" });
	}

	/** Its values are the digits now, it is written in, or a span for it is looked for. @param {Place} place */
	#go(place) {
		const { relation, attribute } = place;
		this.#asked = place;
		this.#now = place;
		this.page = 0;
		this.show(place);
		if (attribute.type === "span" && relation)
			this.keyboard.do({ command: "link", wanted: { relation, attribute: attribute.name } });
		else if (choices(attribute).length) this.canvas.announce(this.#question());
	}
}
