/**
 * Which key does what. The scheme's own keys (labels, attributes) come first; each command takes the first of
 * its keys that the scheme leaves free. Buttons and the sheet of keys show what came out; how a command is called
 * stands in sheets/titles.js. Pure.
 */

import { t, within } from "./words.js";

/** @typedef {import("./scheme.js").Scheme} Scheme */
/** @typedef {"label" | "review"} Mode */
/**
 * @typedef {object} Command
 * @property {string} name
 * @property {string[]} keys in order of preference
 * @property {string[]} [also] further keys, always
 * @property {Mode} [mode] only there
 */
/** @typedef {{key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean, shiftKey: boolean, code: string, altGraph?: boolean}} Press */

/** @type {Command[]} */
export const COMMANDS = [
	{ name: "left", keys: ["ArrowLeft"] },
	{ name: "right", keys: ["ArrowRight"] },
	{ name: "up", keys: ["ArrowUp"] },
	{ name: "down", keys: ["ArrowDown"] },
	{ name: "sentenceLeft", keys: ["Mod+ArrowLeft"] },
	{ name: "sentenceRight", keys: ["Mod+ArrowRight"] },
	{ name: "paragraphUp", keys: ["Mod+ArrowUp"] },
	{ name: "paragraphDown", keys: ["Mod+ArrowDown"] },
	{ name: "lineStart", keys: ["Home"] },
	{ name: "lineEnd", keys: ["End"] },
	{ name: "search", keys: ["/", "Mod+/"] },
	{ name: "extend", keys: ["v", "F8"] },
	{ name: "next", keys: ["n", "F3"] },
	{ name: "previous", keys: ["p", "Shift+F3"] },
	{ name: "nextOpen", keys: ["j", "F4"] },
	{ name: "previousOpen", keys: ["k", "Shift+F4"], mode: "review" },
	{ name: "pick", keys: ["Enter"] },
	{ name: "list", keys: [",", "F6"] },
	{ name: "filter", keys: [";"] },
	{ name: "escape", keys: ["Escape"] },
	{ name: "addFragment", keys: ["+"] },
	{ name: "cut", keys: ["-"] },
	{ name: "replace", keys: ["="] },
	{ name: "startLeft", keys: ["["], also: ["Alt+BracketLeft"] },
	{ name: "startRight", keys: ["]"], also: ["Alt+BracketRight"] },
	{ name: "endLeft", keys: ["{"], also: ["Alt+Shift+BracketLeft"] },
	{ name: "endRight", keys: ["}"], also: ["Alt+Shift+BracketRight"] },
	{ name: "field", keys: ["Space"], mode: "label" },
	{ name: "link", keys: ["r", "F7"] },
	{ name: "follow", keys: ["'", "Shift+F2"] },
	{ name: "mentions", keys: ["*", "Shift+F8"], mode: "label" },
	{ name: "elsewhere", keys: ["@", "Shift+F6"], mode: "label" },
	{ name: "suggestions", keys: ['"', "Shift+F7"], mode: "label" },
	{ name: "merge", keys: ["&", "M"], mode: "label" },
	{ name: "split", keys: ["%", "D"], mode: "label" },
	{ name: "flag", keys: ["!"] },
	{ name: "confidence", keys: ["$", "S"], mode: "label" },
	{ name: "delete", keys: ["Delete"], also: ["Backspace"], mode: "label" },
	{ name: "repeat", keys: [".", "Mod+."], mode: "label" },
	{ name: "undo", keys: ["Mod+z"] },
	{ name: "redo", keys: ["Mod+Shift+z"], also: ["Mod+y"] },
	{ name: "accept", keys: ["a"], mode: "review" },
	{ name: "fix", keys: ["f"], mode: "review" },
	{ name: "reject", keys: ["x"], mode: "review" },
	{ name: "missing", keys: ["m"], mode: "review" },
	{ name: "reply", keys: ["c", "R"], mode: "review" },
	{ name: "acceptRest", keys: ["A"], mode: "review" },
	{ name: "take", keys: ["k", "F9"], mode: "label" },
	{ name: "decline", keys: ["d", "Shift+F9"], mode: "label" },
	{ name: "reply", keys: ["x", "F10"], mode: "label" },
	{ name: "finish", keys: ["Shift+Enter"], mode: "label" },
	{ name: "finish", keys: ["Shift+Enter"], mode: "review" },
	{ name: "nextArticle", keys: [">"] },
	{ name: "previousArticle", keys: ["<"] },
	{ name: "copyLink", keys: ["#"] },
	{ name: "guideline", keys: ["g", "F2"] },
	{ name: "keys", keys: ["?", "F1"] },
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

	/** What a key fills in, where it is the key of attributes: "claim", t("link"). @param {string} name of the press */
	fills(name) {
		const { labels, relations } = this.scheme;
		const has = (/** @type {{attributes?: import("./scheme.js").Attribute[]}} */ one) =>
			one.attributes?.some((each) => each.key === name);
		const owners = [...labels.values()].filter(has).map((each) => within(this.scheme.title(each.name)));
		return [...relations.values()].some(has) ? [...owners, t("link")] : owners;
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
