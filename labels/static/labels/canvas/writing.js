/** What is written on a card: kept as one types, sent when it is left or after a while. */

import { build, keycap } from "./element.js";
import { isEmpty } from "./scheme.js";
import { forget, keep, unsent } from "./unsent.js";
import { t } from "./words.js";

/** @typedef {import("./scheme.js").Attribute} Attribute */
/** @typedef {import("./fields.js").Field} Field */

/** Whether a text may be a sentence or more. @param {Attribute} attribute */
function isLong({ type, pattern }) {
	return type === "text" && !pattern;
}

/** What the keys do in it; an empty text can begin with the words of its span, most of which stay. @param {Field} field @param {HTMLElement} group */
export function hintOf({ attribute, words }, group) {
	const properties = {
		type: "button",
		class: "option begin",
		tabindex: -1,
		// A press must not take the focus away.
		onpointerdown: (/** @type {Event} */ event) => event.preventDefault(),
		onclick: () => group.querySelector("textarea")?.dispatchEvent(new CustomEvent("galley-begin")),
	};
	return build(
		"p",
		{ class: "hint writing" },
		isLong(attribute) &&
			words && [build("button", properties, keycap("ArrowDown"), " ", t("begin with its words")), " "],
		keycap("Enter"),
		` ${t("keep it and go on")} `,
		keycap("Escape"),
		` ${t("leave")}`,
	);
}

const TYPING = 900;

/** @param {Field} field @param {string} id */
export function entryOf(field, id) {
	const { attribute, values, relation, owner, set } = field;
	const key = `field ${owner} ${attribute.name}`;
	const long = isLong(attribute);
	const now = values[attribute.name];
	const entry = build(long ? "textarea" : "input", {
		...(long
			? { rows: 2, placeholder: " " }
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
	const begin = () => {
		entry.value = field.words;
		entry.dispatchEvent(new Event("input"));
	};
	entry.addEventListener("galley-begin", begin);
	entry.addEventListener("keydown", (event) => {
		const { key, shiftKey, isComposing } = /** @type {KeyboardEvent} */ (event);
		if (key === "ArrowDown" && long && !entry.value && field.words) {
			event.preventDefault();
			begin();
		}
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
