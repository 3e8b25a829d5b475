/** Builds elements; what is data goes in as text, never as HTML. */

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * `build("button", {class: "o", "aria-pressed": "true", onclick: f}, "direct")`: attributes by name, listeners
 * as functions; null, undefined and false leave an attribute out.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {Record<string, unknown>} [properties] @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function build(tag, properties = {}, ...children) {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(properties)) {
		if (typeof value === "function") element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
		else if (value === true) element.setAttribute(name, "");
		else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
	}
	add(element, children);
	return element;
}

/** @param {Element} element @param {(Child | Child[])[]} children */
export function add(element, children) {
	for (const child of children.flat())
		if (child !== null && child !== undefined && child !== false)
			element.append(child instanceof Node ? child : String(child));
}

/** A key as it is printed on a button: Shift+Enter is ⇧⏎. @param {string | undefined} key */
export function keycap(key) {
	return key ? build("kbd", { "aria-hidden": "true" }, keyText(key)) : null;
}

const SIGNS = /** @type {Record<string, string>} */ ({
	Shift: "⇧",
	Mod: /Mac|iP/.test(globalThis.navigator?.platform ?? "") ? "⌘" : "Ctrl ",
	Alt: /Mac|iP/.test(globalThis.navigator?.platform ?? "") ? "⌥" : "Alt ",
	Enter: "⏎",
	ArrowLeft: "←",
	ArrowRight: "→",
	ArrowUp: "↑",
	ArrowDown: "↓",
	Delete: "Del",
	Escape: "Esc",
	Space: "␣",
	BracketLeft: "[",
	BracketRight: "]",
});

/** @param {string} key */
export function keyText(key) {
	if (key === "+") return key;
	return key
		.split("+")
		.map((part, at) => SIGNS[part] ?? (at > 0 ? part.toUpperCase() : part))
		.join("");
}

/** The first element that fits, which must be there. @param {ParentNode} root @param {string} selector */
export function part(root, selector) {
	const found = root.querySelector(selector);
	if (!(found instanceof HTMLElement)) throw new Error(`The page has no ${selector}.`);
	return found;
}
