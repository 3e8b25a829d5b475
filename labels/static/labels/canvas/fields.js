/** One attribute as a field: built from the scheme, its values at one key each while it is armed. */

import { add, build, keycap } from "./element.js";
import { isDue, isEmpty, titleOf, valueTitle } from "./scheme.js";
import { t } from "./words.js";
import { entryOf, hintOf } from "./writing.js";

/** @typedef {import("./scheme.js").Attribute} Attribute */
/**
 * @typedef {object} Field
 * @property {Attribute} attribute
 * @property {string | null} relation whose attribute it is, if not the span's
 * @property {Record<string, unknown>} values of the span or relation
 * @property {string} owner the span's id, or the relation's
 * @property {string} words of the span, to begin a text with
 * @property {boolean} armed the digits are its values
 * @property {number} page which nine of many values are shown
 * @property {boolean} editable
 * @property {(value: unknown) => void} set
 * @property {() => void} turn to the next nine
 * @property {() => Node | null} spanValue shows the span that a value names
 */

export const DIGITS = 9;

/** The values a digit can choose: a choice's, or a small range of numbers. @param {Attribute} attribute @returns {unknown[]} */
export function choices({ type, values, min, max }) {
	if (type === "choice" || type === "ordinal" || type === "choices") return values ?? [];
	if (type === "boolean") return [true, false];
	if (type === "integer" && min !== undefined && max !== undefined && max - min < DIGITS)
		return Array.from({ length: max - min + 1 }, (_, index) => min + index);
	return [];
}

/** Whether it is filled in by writing. @param {Attribute} attribute */
function isWritten(attribute) {
	return attribute.type !== "span" && !choices(attribute).length;
}

/**
 * What a field becomes when one of its values is picked; picked again it is empty, unless it is needed: somebody
 * who presses twice has not changed their mind.
 * @param {Attribute} attribute @param {Record<string, unknown>} values of the span or relation @param {unknown} value
 */
export function picked(attribute, values, value) {
	const now = values[attribute.name];
	const emptied = isDue(attribute, values) ? now : null;
	if (attribute.type !== "choices") return now === value ? emptied : value;
	const list = Array.isArray(now) ? now : [];
	const next = list.includes(value) ? list.filter((each) => each !== value) : [...list, value];
	return next.length ? attribute.values?.filter((each) => next.includes(each)) : emptied;
}

/** @param {Field} field */
export function fieldOf(field) {
	const { attribute, values, relation, armed, editable } = field;
	const due = isDue(attribute, values) && isEmpty(values[attribute.name]);
	const id = `field-${relation ?? "span"}-${attribute.name}`;
	const label = build(
		"span",
		{ id, class: "field-name", title: attribute.help },
		titleOf(attribute),
		" ",
		editable && keycap(attribute.key),
	);
	const group = build(
		"div",
		{ class: "attribute", role: "group", "aria-labelledby": id, "data-due": due, "data-armed": armed },
		label,
	);
	if (due && editable) add(label, [" ", build("em", {}, t("needed"))]);
	add(group, [control(field, id)]);
	if (editable && isWritten(attribute)) add(group, [hintOf(field, group)]);
	if (attribute.help && armed && editable) add(group, [build("p", { class: "hint" }, attribute.help)]);
	return group;
}

/** @param {Field} field @param {string} id */
function control(field, id) {
	const { attribute, values, editable, spanValue } = field;
	const now = values[attribute.name];
	if (attribute.type === "span") return spanValue();
	if (!editable) return build("p", { class: "value" }, isEmpty(now) ? "–" : valueTitle(attribute, now));
	const offered = choices(attribute);
	return offered.length ? options(field, offered) : entryOf(field, id);
}

/** @param {Field} field @param {unknown[]} offered */
function options(field, offered) {
	const { attribute, values, armed, page, set, relation } = field;
	const now = values[attribute.name];
	const isPicked = (/** @type {unknown} */ value) => (Array.isArray(now) ? now.includes(value) : now === value);
	const shown = offered.map((value, index) => {
		const here = Math.floor(index / DIGITS) === page;
		const properties = {
			type: "button",
			class: "option",
			"aria-pressed": String(isPicked(value)),
			"data-keep": `${relation} ${attribute.name} ${value}`,
			onclick: () => set(picked(attribute, values, value)),
		};
		const key = armed && here && keycap(String((index % DIGITS) + 1));
		return (here || isPicked(value)) && build("button", properties, key, valueTitle(attribute, value));
	});
	const turn = {
		type: "button",
		class: "option more",
		"data-keep": `${relation} ${attribute.name} more`,
		onclick: field.turn,
	};
	const isLast = (page + 1) * DIGITS >= offered.length;
	const more = offered.length > DIGITS && build("button", turn, armed && keycap("0"), isLast ? t("first") : t("more"));
	return build("div", { class: "options" }, ...shown, more);
}

/** What is asked for, in words: "Stance, needed: 1 affirm, 2 deny". @param {Attribute} attribute @param {boolean} isDue @param {number} page of its values */
export function questionOf(attribute, isDue, page) {
	const offered = choices(attribute).slice(page * DIGITS, (page + 1) * DIGITS);
	const values = offered.map((each, index) => `${index + 1} ${valueTitle(attribute, each)}`);
	return `${titleOf(attribute)}${isDue ? `, ${t("needed")}` : ""}: ${values.join(", ")}`;
}
