/** The two sheets: all keys, and the guideline, each in a dialog that its own key opens and closes. */

import { build, keycap } from "./element.js";
import { setSingleKeys, singleKeys } from "./keyboard.js";
import { titleOf } from "./scheme.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */
/** @typedef {import("./keyboard.js").Keyboard} Keyboard */

/**
 * A dialog; its own key and Escape close it, and the focus goes back to the text.
 * @param {Canvas} canvas @param {string} title @param {(Node | string)[]} content @param {string} [key]
 */
export function openDialog(canvas, title, content, key) {
	const dialog = build("dialog", { class: "sheet", "aria-label": title });
	const close = build(
		"button",
		{ type: "button", class: "close", "aria-label": "Close", onclick: () => dialog.close() },
		"×",
	);
	dialog.append(build("header", {}, build("h2", {}, title), close), ...content);
	dialog.addEventListener("keydown", (event) => {
		const isWriting = event.target instanceof Element && event.target.matches("input, textarea");
		if (key && event.key === key && !isWriting) {
			event.preventDefault();
			dialog.close();
		}
	});
	dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
	dialog.addEventListener("close", () => {
		dialog.remove();
		canvas.text.focus({ preventScroll: true });
	});
	document.body.append(dialog);
	dialog.showModal();
	return dialog;
}

/** @param {(string | undefined)[]} keys @param {string} title */
function row(keys, title) {
	return [build("dt", {}, ...keys.flatMap((key) => [keycap(key), " "])), build("dd", {}, title)];
}

/** Commands of a group; those that are said in the same words stand in one row. @param {Canvas} canvas @param {string} group */
function commandRows({ keymap }, group) {
	/** @type {Map<string, (string | undefined)[]>} */
	const found = new Map();
	for (const { name, title } of keymap.commands.filter((each) => each.group === group && keymap.keyOf(each.name)))
		found.set(title, [...(found.get(title) ?? []), keymap.keyOf(name)]);
	return [...found].flatMap(([title, keys]) => row(keys, title));
}

/** @param {Canvas} canvas */
function labelRows({ scheme }) {
	const labels = [...scheme.labels.values()].filter((each) => each.key);
	return [
		...labels.flatMap((each) => row([each.key], titleOf(each).toLowerCase())),
		...row([`Shift+${labels[0]?.key?.toUpperCase()}`], "with ⇧: rename the chosen span"),
	];
}

/** @param {Canvas} canvas */
function valueRows({ scheme }) {
	const owners = [...scheme.labels.values(), ...scheme.relations.values()];
	const names = new Map(
		owners
			.flatMap((each) => each.attributes ?? [])
			.filter((each) => each.key)
			.map((each) => [`${each.key} ${titleOf(each)}`, each]),
	);
	return [
		...row(["1", "…", "9"], "a value of the field that is asked for; 0 for more"),
		...[...names.values()].flatMap((each) => row([each.key], titleOf(each).toLowerCase())),
	];
}

/** @param {Canvas} canvas */
function keySheet(canvas) {
	const section = (/** @type {string} */ title, /** @type {HTMLElement[]} */ rows) =>
		build("section", {}, build("h3", {}, title), build("dl", { class: "keys" }, ...rows));
	const sections = [...new Set(canvas.keymap.commands.map((each) => each.group))].map((group) =>
		section(group, [...(group === "Mark" ? labelRows(canvas) : []), ...commandRows(canvas, group)]),
	);
	sections.push(section("Values", valueRows(canvas)));
	const box = build("input", { type: "checkbox", checked: singleKeys(), onchange: () => setSingleKeys(box.checked) });
	return [
		build("div", { class: "key-groups" }, ...sections),
		build(
			"p",
			{ class: "hint" },
			"With the mouse: drag to select, Alt for exact characters, three clicks for the sentence, Ctrl to add a part to the chosen span; click again for the span around.",
		),
		build("label", { class: "check" }, box, "Single keys do things (turn off if you speak to your computer)"),
	];
}

/** @param {Canvas} canvas @param {string} [label] whose page comes first */
function guideline({ scheme }, label) {
	const { guideline: text } = scheme;
	const paragraphs = (/** @type {string} */ words) => words.split(/\n{2,}/).map((each) => build("p", {}, each));
	if (typeof text === "string")
		return text
			? paragraphs(text)
			: [build("p", {}, "This scheme has no guideline yet. A manager can write one on the scheme page.")];
	return Object.entries(text).map(([name, words]) => {
		const title = scheme.labels.has(name) ? scheme.title(name) : scheme.relationTitle(name);
		const slot = scheme.slots.get(name);
		return build(
			"section",
			{ class: "guide", "data-current": name === label },
			build("h3", { "data-slot": slot }, title),
			...paragraphs(words),
		);
	});
}

/** @param {Canvas} canvas @param {Keyboard} keyboard */
export function sheets(canvas, keyboard) {
	keyboard.on("keys", () => void openDialog(canvas, "Keys", keySheet(canvas), canvas.keymap.keyOf("keys")));
	keyboard.on("guideline", () => {
		const content = guideline(canvas, canvas.subject?.label);
		const dialog = openDialog(canvas, "Guideline", content, canvas.keymap.keyOf("guideline"));
		dialog.classList.add("reading-sheet");
		dialog.querySelector("[data-current]")?.scrollIntoView({ block: "start" });
	});
}
