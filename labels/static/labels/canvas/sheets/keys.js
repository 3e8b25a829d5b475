/** All keys on one sheet. */

import { build, keycap } from "../element.js";
import { setSingleKeys, singleKeys } from "../keyboard.js";
import { titleOf } from "../scheme.js";
import { openDialog } from "./dialog.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */

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

/** @param {Canvas} canvas */
export function openKeys(canvas) {
	openDialog(canvas, "Keys", keySheet(canvas), canvas.keymap.keyOf("keys"));
}
