/** One attribute as a field: built from the scheme, its values at one key each while it is armed. */

import { add, build, keycap } from "./element.js";
import { isDue, isEmpty, titleOf, valueTitle } from "./scheme.js";
import { forget, keep, unsent } from "./unsent.js";
import { t } from "./words.js";

/** @typedef {import("./scheme.js").Attribute} Attribute */
/**
 * @typedef {object} Field
 * @property {Attribute} attribute
 * @property {string | null} relation whose attribute it is, if not the span's
 * @property {Record<string, unknown>} values of the span or relation
 * @property {string} owner the span's id, or the relation's
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
	if (editable && isWritten(attribute))
		add(group, [
			build(
				"p",
				{ class: "hint writing" },
				keycap("Enter"),
				` ${t("keep it and go on")} `,
				keycap("Escape"),
				` ${t("leave")}`,
			),
		]);
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
	return offered.length ? options(field, offered) : input(field, id);
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

const TYPING = 900;

/** @param {Field} field @param {string} id */
function input(field, id) {
	const { attribute, values, relation, owner, set } = field;
	const key = `field ${owner} ${attribute.name}`;
	const long = attribute.type === "text" && !attribute.pattern;
	const now = values[attribute.name];
	const entry = build(long ? "textarea" : "input", {
		...(long
			? { rows: 2 }
			: { type: attribute.type === "integer" ? "number" : "text", min: attribute.min, max: attribute.max }),
		"aria-labelledby": id,
		"data-keep": `${relation} ${attribute.name}`,
		spellcheck: long ? "true" : "false",
		autocomplete: "off",
	});
	const sent = isEmpty(now) ? "" : String(now);
	entry.value = unsent(key) ?? sent;
	let timer = 0;
	const commit = () => {
		clearTimeout(timer);
		const value = entry.value.trim();
		// It may have been taken up by a field that was drawn since.
		if (unsent(key) === undefined || !fits(attribute, value)) return;
		forget(key);
		if (value !== sent.trim()) set(value === "" ? null : attribute.type === "integer" ? Number(value) : value);
	};
	const soon = () => {
		clearTimeout(timer);
		timer = Number(setTimeout(commit, TYPING));
	};
	const complain = () => entry.setAttribute("aria-invalid", String(!fits(attribute, entry.value.trim())));
	entry.addEventListener("input", () => {
		keep(key, entry.value);
		soon();
	});
	// Begun before the page was left.
	if (unsent(key) !== undefined) timer = Number(setTimeout(commit));
	entry.addEventListener("blur", () => {
		complain();
		commit();
	});
	entry.addEventListener("keydown", (event) => {
		const { key, shiftKey, isComposing } = /** @type {KeyboardEvent} */ (event);
		if (key !== "Enter" || shiftKey || isComposing) return;
		event.preventDefault();
		commit();
		entry.dispatchEvent(new CustomEvent("galley-entered", { bubbles: true }));
	});
	return entry;
}

/** Whether an entry could be a value at all; whether it may be one, the server says. @param {Attribute} attribute @param {string} value */
function fits({ pattern, type }, value) {
	if (!value) return true;
	if (type === "integer") return /^-?\d+$/.test(value);
	try {
		return !pattern || new RegExp(`^(?:${pattern})$`, "u").test(value);
	} catch {
		return true; // a pattern in Python's own words
	}
}

/** What is asked for, in words: "Stance, needed: 1 affirm, 2 deny". @param {Attribute} attribute @param {boolean} isDue @param {number} page of its values */
export function questionOf(attribute, isDue, page) {
	const offered = choices(attribute).slice(page * DIGITS, (page + 1) * DIGITS);
	const values = offered.map((each, index) => `${index + 1} ${valueTitle(attribute, each)}`);
	return `${titleOf(attribute)}${isDue ? `, ${t("needed")}` : ""}: ${values.join(", ")}`;
}
