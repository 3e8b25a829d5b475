/** All keys on one sheet. */

import { build, keycap } from "../element.js";
import { setSingleKeys, singleKeys } from "../keyboard.js";
import { titleOf } from "../scheme.js";
import { t, within } from "../words.js";
import { openDialog } from "./dialog.js";
import { Rekeying } from "./rekeying.js";
import { GROUPS, titlesOf } from "./titles.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */

/** @typedef {{command: string, key: string | undefined}} Entry */

/** @param {Rekeying} rekeying @param {Entry[]} entries @param {string} title */
function row(rekeying, entries, title) {
	const buttons = entries.flatMap(({ command, key }) => [rekeying.button(command, key, title), " "]);
	return [build("dt", {}, ...buttons), build("dd", {}, title)];
}

/** What is always so. @param {string[]} keys @param {string} title */
function fixed(keys, title) {
	return [build("dt", {}, ...keys.flatMap((key) => [keycap(key), " "])), build("dd", {}, title)];
}

/** Commands of a group; those that are said in the same words stand in one row. @param {Canvas} canvas @param {Rekeying} rekeying @param {(typeof GROUPS)[number]} group */
function commandRows({ keymap, boot }, rekeying, group) {
	/** @type {Map<string, Entry[]>} */
	const found = new Map();
	const here = new Set(keymap.commands.map((each) => each.name));
	for (const [name, title] of titlesOf(group, boot.mode).filter(([name]) => here.has(name)))
		found.set(title, [...(found.get(title) ?? []), { command: name, key: keymap.keyOf(name) }]);
	return [...found].flatMap(([title, entries]) =>
		entries[0].command === "escape" ? fixed(["Escape"], title) : row(rekeying, entries, title),
	);
}

/** @param {Canvas} canvas @param {Rekeying} rekeying */
function labelRows({ scheme }, rekeying) {
	const labels = scheme.offered;
	const first = labels.find((each) => each.key)?.key?.toUpperCase();
	return [
		...labels.flatMap((each) =>
			row(rekeying, [{ command: `label ${each.name}`, key: each.key }], within(titleOf(each))),
		),
		...(first ? fixed([`Shift+${first}`], t("with ⇧: rename the chosen span")) : []),
	];
}

/** Attributes by name: those that several labels share are one, and have one key. @param {Canvas} canvas @param {Rekeying} rekeying */
function valueRows({ scheme }, rekeying) {
	const owners = [...scheme.labels.values(), ...scheme.relations.values()];
	const named = new Map(owners.flatMap((each) => each.attributes ?? []).map((each) => [each.name, each]));
	const keyed = [...named.values()].filter((each) => each.key);
	return [
		...fixed(["1", "…", "9"], t("a value of the field that is asked for; 0 for more")),
		...keyed.flatMap((each) =>
			row(rekeying, [{ command: `attribute ${each.name}`, key: each.key }], within(titleOf(each))),
		),
	];
}

/** @param {Canvas} canvas @param {Rekeying} rekeying */
function keySheet(canvas, rekeying) {
	const section = (/** @type {string} */ title, /** @type {HTMLElement[]} */ rows) =>
		build("section", {}, build("h3", {}, title), build("dl", { class: "keys" }, ...rows));
	const sections = GROUPS.map((group) =>
		section(group[0], [
			...(group[0] === t("Mark") ? labelRows(canvas, rekeying) : []),
			...commandRows(canvas, rekeying, group),
		]),
	);
	sections.push(section(t("Values"), valueRows(canvas, rekeying)));
	const box = build("input", { type: "checkbox", checked: singleKeys(), onchange: () => setSingleKeys(box.checked) });
	return [
		build("div", { class: "actions" }, rekeying.status, rekeying.reset),
		build("div", { class: "key-groups" }, ...sections),
		build(
			"p",
			{ class: "hint" },
			t(
				"With the mouse: drag to select, Alt for exact characters, three clicks for the sentence, Ctrl to add a part to the chosen span; click again for the span around.",
			),
		),
		build("label", { class: "check" }, box, t("Single keys do things (turn off if you speak to your computer)")),
	];
}

/** @param {Canvas} canvas */
export function openKeys(canvas) {
	const rekeying = new Rekeying(canvas);
	rekeying.listen(openDialog(canvas, t("Keys"), keySheet(canvas, rekeying), canvas.keymap.keyOf("keys")));
}
