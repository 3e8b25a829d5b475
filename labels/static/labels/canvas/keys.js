/**
 * Which key does what. The scheme's own keys (labels, attributes) come first; each command takes the first of
 * its keys that the scheme leaves free. Buttons and the sheet of keys show what came out. Pure.
 */

import { t, within } from "./words.js";

/** @typedef {import("./scheme.js").Scheme} Scheme */
/** @typedef {"label" | "review"} Mode */
/**
 * @typedef {object} Command
 * @property {string} name
 * @property {string} title
 * @property {string} group
 * @property {string[]} keys in order of preference
 * @property {string[]} [also] further keys, always
 * @property {Mode} [mode] only there
 */
/** @typedef {{key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean, shiftKey: boolean, code: string, altGraph?: boolean}} Press */

/** @param {string} group @param {[name: string, title: string, keys: string[], more?: Partial<Command>][]} rows @returns {Command[]} */
const group = (group, rows) => rows.map(([name, title, keys, more]) => ({ name, title, group, keys, ...more }));

/** @type {Command[]} */
export const COMMANDS = [
	...group(t("Move"), [
		["left", t("by word"), ["ArrowLeft"]],
		["right", t("by word"), ["ArrowRight"]],
		["up", t("by line"), ["ArrowUp"]],
		["down", t("by line"), ["ArrowDown"]],
		["sentenceLeft", t("by sentence"), ["Mod+ArrowLeft"]],
		["sentenceRight", t("by sentence"), ["Mod+ArrowRight"]],
		["paragraphUp", t("by paragraph"), ["Mod+ArrowUp"]],
		["paragraphDown", t("by paragraph"), ["Mod+ArrowDown"]],
		["lineStart", t("to the ends of the sentence"), ["Home"]],
		["lineEnd", t("to the ends of the sentence"), ["End"]],
		["search", t("search the text"), ["/", "Mod+/"]],
		["extend", t("select while moving, on and off (or hold ⇧)"), ["v", "F8"]],
		["next", t("next span, span before"), ["n", "F3"]],
		["previous", t("next span, span before"), ["p", "Shift+F3"]],
		["nextOpen", t("next thing to do"), ["j", "F4"]],
		["previousOpen", t("next thing to do"), ["k", "Shift+F4"], { mode: "review" }],
		["pick", t("choose the span here; again for the one around it"), ["Enter"]],
		["list", t("from the text to the list, and back"), [",", "F6"]],
		["filter", t("list only some: then a label’s key or a digit"), [";"]],
		["escape", t("leave, one step at a time"), ["Escape"]],
	]),
	...group(t("Mark"), [
		["addFragment", t("add the selected words to the span"), ["+"]],
		["cut", t("cut the selected words out of the span"), ["-"]],
		["replace", t("make the span just the selected words"), ["="]],
		["startLeft", t("move its start (with Alt by character)"), ["["], { also: ["Alt+BracketLeft"] }],
		["startRight", t("move its start (with Alt by character)"), ["]"], { also: ["Alt+BracketRight"] }],
		["endLeft", t("move its end"), ["{"], { also: ["Alt+Shift+BracketLeft"] }],
		["endRight", t("move its end"), ["}"], { also: ["Alt+Shift+BracketRight"] }],
		["field", t("next field: what is needed first"), ["Space"], { mode: "label" }],
		["link", t("link it: then a letter, or again for the nearest"), ["r", "F7"]],
		["mentions", t("mark every other mention of its words"), ["*", "Shift+F8"], { mode: "label" }],
		["elsewhere", t("propose its words in your other articles"), ["@", "Shift+F6"], { mode: "label" }],
		["suggestions", t("go through what your other articles propose"), ['"', "Shift+F7"], { mode: "label" }],
		["merge", t("merge it with the next of its label"), ["&", "M"], { mode: "label" }],
		["split", t("split it at the caret, or into its parts"), ["%", "D"], { mode: "label" }],
		["flag", t("flag it for discussion"), ["!"]],
		["confidence", t("say how sure you are: then a digit"), ["$", "S"], { mode: "label" }],
		["delete", t("delete it, with its links"), ["Delete"], { also: ["Backspace"], mode: "label" }],
		["repeat", t("the last act again, here"), [".", "Mod+."], { mode: "label" }],
		["undo", t("undo, redo"), ["Mod+z"]],
		["redo", t("undo, redo"), ["Mod+Shift+z"], { also: ["Mod+y"] }],
	]),
	...group(t("Review"), [
		["accept", t("accept it"), ["a"], { mode: "review" }],
		["fix", t("propose a corrected copy"), ["f"], { mode: "review" }],
		["reject", t("reject it, with a reason"), ["x"], { mode: "review" }],
		["missing", t("propose a span that is missing"), ["m"], { mode: "review" }],
		["reply", t("comment on it"), ["c", "R"], { mode: "review" }],
		["acceptRest", t("accept all the rest"), ["A"], { mode: "review" }],
		["take", t("take the reviewer’s correction"), ["k", "F9"], { mode: "label" }],
		["decline", t("decline it"), ["d", "Shift+F9"], { mode: "label" }],
		["reply", t("answer the reviewer"), ["x", "F10"], { mode: "label" }],
	]),
	...group(t("Page"), [
		["finish", t("submit"), ["Shift+Enter"], { mode: "label" }],
		["finish", t("approve or return"), ["Shift+Enter"], { mode: "review" }],
		["nextArticle", t("next article, article before"), [">"]],
		["previousArticle", t("next article, article before"), ["<"]],
		["copyLink", t("copy the link to the span or paragraph"), ["#"]],
		["guideline", t("guideline beside the text"), ["g", "F2"]],
		["keys", t("keys"), ["?", "F1"]],
	]),
];

/** Moves that can also extend the selection, with Shift. */
export const MOVES = [
	"left",
	"right",
	"up",
	"down",
	"sentenceLeft",
	"sentenceRight",
	"paragraphUp",
	"paragraphDown",
	"lineStart",
	"lineEnd",
];

/** @param {string} name @param {string} code the key's place on the board */
function letter(name, code) {
	// A board for another script: what stands on that key of a Latin one.
	return /^Key[A-Z]$/.test(code) && !/[ -~]/.test(name) ? code[3].toLowerCase() : name;
}

/** The name of a key press: "c", "C", "Mod+z", "Shift+ArrowLeft", "Alt+BracketLeft". @param {Press} press */
export function nameOf({ key, ctrlKey, metaKey, altKey, shiftKey, code, altGraph }) {
	const mod = (ctrlKey || metaKey) && !altGraph ? "Mod+" : "";
	const alt = altKey && !altGraph ? "Alt+" : "";
	const shift = shiftKey ? "Shift+" : "";
	if (key === " ") return `${mod}${alt}${shift}Space`;
	if ([...key].length !== 1) return mod + alt + shift + key;
	if (alt) return mod + alt + shift + code;
	const lower = letter(key, code).toLowerCase();
	if (mod) return mod + shift + lower;
	if (lower === lower.toUpperCase()) return lower;
	return shiftKey ? lower.toUpperCase() : lower;
}

/** @typedef {{command: string, argument?: string, extend?: boolean, fine?: boolean, wanted?: import("./linking.js").Wanted}} Deed */

export class Keymap {
	/** @param {Scheme} scheme @param {Mode} mode @param {import("./ownkeys.js").OwnKeys} [own] */
	constructor(scheme, mode, own = {}) {
		this.scheme = scheme;
		/** @type {Map<string, Deed>} */
		this.deeds = new Map();
		/** @type {Map<string, string>} */
		this.keys = new Map();
		this.commands = COMMANDS.filter((each) => !each.mode || each.mode === mode);
		const taken = mode === "label" ? this.#scheme() : new Set();
		for (const key of Object.values(own)) taken.add(key);
		for (const each of this.commands) this.#command(each, taken, own[each.name]);
	}

	/** Keys that the scheme gives to labels and attributes. */
	#scheme() {
		const { labels, relations } = this.scheme;
		const named = [...labels.values(), ...relations.values()].flatMap((each) => [each, ...(each.attributes ?? [])]);
		return new Set(named.map((each) => ("key" in each ? each.key : "")).filter((key) => key));
	}

	/** @param {Command} command @param {Set<unknown>} taken @param {string} [own] */
	#command({ name, keys, also = [] }, taken, own) {
		const key = own ?? keys.find((each) => !taken.has(each) && !this.deeds.has(each));
		for (const each of [key, ...also.filter((each) => !taken.has(each))])
			if (each) this.deeds.set(each, { command: name, fine: each.startsWith("Alt+") });
		if (key) this.keys.set(name, key);
		if (key && MOVES.includes(name)) {
			const shifted = key.startsWith("Mod+") ? key.replace("Mod+", "Mod+Shift+") : `Shift+${key}`;
			this.deeds.set(shifted, { command: name, extend: true });
		}
	}

	/** @param {string} command */
	keyOf(command) {
		return this.keys.get(command);
	}

	/** What a key fills in, where it is the key of attributes: "a claim", t("a link"). @param {string} name of the press */
	fills(name) {
		const { labels, relations } = this.scheme;
		const has = (/** @type {{attributes?: import("./scheme.js").Attribute[]}} */ one) =>
			one.attributes?.some((each) => each.key === name);
		const owners = [...labels.values()]
			.filter(has)
			.map((each) => t("a {label}", { label: within(this.scheme.title(each.name)) }));
		return [...relations.values()].some(has) ? [...owners, t("a link")] : owners;
	}

	/**
	 * What a key press means. Labels and attributes only where marks can be made.
	 * @param {string} name of the press @param {boolean} marking @param {import("./scheme.js").Attribute[]} attributes in reach
	 * @returns {Deed | undefined}
	 */
	deed(name, marking, attributes) {
		if (marking) {
			for (const { key, name: label } of this.scheme.offered) {
				if (key && key === name) return { command: "mark", argument: label };
				if (key && key !== key.toUpperCase() && key.toUpperCase() === name)
					return { command: "relabel", argument: label };
			}
			if (/^[0-9]$/.test(name)) return { command: "value", argument: name };
			const attribute = attributes.find((each) => each.key === name);
			if (attribute) return { command: "attribute", argument: attribute.name };
		}
		return this.deeds.get(name);
	}
}
