import assert from "node:assert/strict";
import { test } from "node:test";
import { keyText } from "../../labels/static/labels/canvas/element.js";
import { choices, picked } from "../../labels/static/labels/canvas/fields.js";
import { COMMANDS, Keymap, nameOf } from "../../labels/static/labels/canvas/keys.js";
import { Scheme } from "../../labels/static/labels/canvas/scheme.js";
import { commandTitle, GROUPS, titlesOf } from "../../labels/static/labels/canvas/sheets/titles.js";
import { scheme, schemeData } from "./made.js";

const press = { key: "", code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

test("a press has one name, whatever board it comes from", () => {
	const named = (/** @type {Partial<typeof press> & {altGraph?: boolean}} */ each) => nameOf({ ...press, ...each });
	assert.equal(named({ key: "c", code: "KeyC" }), "c");
	assert.equal(named({ key: "C", code: "KeyC", shiftKey: true }), "C");
	assert.equal(named({ key: "C", code: "KeyC" }), "c", "Caps Lock");
	assert.equal(named({ key: "с", code: "KeyC" }), "c", "a Cyrillic board");
	assert.equal(named({ key: "?", code: "Slash", shiftKey: true }), "?");
	assert.equal(named({ key: "z", code: "KeyZ", ctrlKey: true }), "Mod+z");
	assert.equal(named({ key: "Z", code: "KeyZ", metaKey: true, shiftKey: true }), "Mod+Shift+z");
	assert.equal(named({ key: "“", code: "BracketLeft", altKey: true }), "Alt+BracketLeft");
	assert.equal(named({ key: "[", code: "Digit8", ctrlKey: true, altKey: true, altGraph: true }), "[", "a German board");
	assert.equal(named({ key: "ArrowLeft", code: "ArrowLeft", shiftKey: true, ctrlKey: true }), "Mod+Shift+ArrowLeft");
	assert.equal(named({ key: " ", code: "Space" }), "Space");
	assert.equal(named({ key: "é", code: "Digit2" }), "é");
});

test("no two commands of a page share a key", () => {
	for (const mode of /** @type {const} */ (["label", "review"])) {
		const { commands, keys } = new Keymap(scheme, mode);
		assert.deepEqual([...keys.keys()].sort(), [...new Set(commands.map((each) => each.name))].sort(), mode);
		assert.equal(new Set(keys.values()).size, keys.size, mode);
	}
	for (const mode of ["label", "review"]) {
		const names = COMMANDS.filter((each) => !each.mode || each.mode === mode).map((each) => each.name);
		assert.equal(new Set(names).size, names.length, mode);
	}
});

test("the scheme's keys come first, and commands step aside", () => {
	const labels = [{ name: "NOUN", key: "n", attributes: [{ name: "case", type: "choice", key: "r", values: ["a"] }] }];
	const keymap = new Keymap(new Scheme(/** @type {any} */ ({ labels })), "label");
	assert.deepEqual(keymap.deed("n", true, []), { command: "mark", argument: "NOUN" });
	assert.deepEqual(keymap.deed("N", true, []), { command: "relabel", argument: "NOUN" });
	assert.equal(keymap.keyOf("next"), "F3");
	assert.equal(keymap.deed("F3", true, [])?.command, "next");
	assert.equal(keymap.keyOf("link"), "F7");
});

test("labels and attributes have keys only where marks can be made", () => {
	const keymap = new Keymap(scheme, "review");
	assert.equal(keymap.deed("f", false, scheme.attributes("CLAIM"))?.command, "fix");
	assert.deepEqual(keymap.deed("f", true, scheme.attributes("CLAIM")), { command: "attribute", argument: "form" });
	assert.deepEqual(keymap.deed("3", true, []), { command: "value", argument: "3" });
	assert.equal(keymap.deed("3", false, []), undefined);
});

test("moves extend with Shift", () => {
	const keymap = new Keymap(scheme, "label");
	assert.deepEqual(keymap.deed("Shift+ArrowRight", true, []), { command: "right", extend: true });
	assert.deepEqual(keymap.deed("Mod+Shift+ArrowRight", true, []), { command: "sentenceRight", extend: true });
	assert.equal(keymap.deed("Alt+Shift+BracketRight", true, [])?.fine, true);
});

test("every key of the seed's scheme is its label's or attribute's own", () => {
	const keymap = new Keymap(scheme, "label");
	for (const { name, key, attributes = [] } of schemeData.labels) {
		assert.equal(keymap.deed(key, true, [])?.argument, name);
		for (const each of attributes) assert.equal(keymap.deed(each.key, true, attributes)?.argument, each.name);
	}
});

test("keys are printed as people know them", () => {
	assert.equal(keyText("Shift+Enter"), "⇧⏎");
	assert.match(keyText("Mod+z"), /^(?:Ctrl |⌘)Z$/);
	assert.equal(keyText("+"), "+");
	assert.equal(keyText("c"), "c");
});

test("a value picked again is taken out; of several each has its place", () => {
	const one = /** @type {const} */ ({ name: "form", type: "choice", values: ["a", "b"] });
	const several = /** @type {const} */ ({ name: "types", type: "choices", values: ["a", "b", "c"] });
	const open = (/** @type {any} */ each) => each;
	assert.equal(picked(open(one), {}, "a"), "a");
	assert.equal(picked(open(one), { form: "a" }, "a"), null);
	assert.deepEqual(picked(open(several), { types: ["c"] }, "a"), ["a", "c"]);
	assert.equal(picked(open(several), { types: ["c"] }, "c"), null);
	assert.deepEqual(choices({ name: "n", type: "integer", min: 1, max: 5 }), [1, 2, 3, 4, 5]);
	assert.deepEqual(choices({ name: "n", type: "integer" }), []);
	assert.deepEqual(choices({ name: "b", type: "boolean" }), [true, false]);
	assert.deepEqual(choices({ name: "t", type: "text" }), []);
});

test("a value that is needed stays when it is picked again; another takes its place", () => {
	const needed = (/** @type {any} */ each) => ({ ...each, required: true });
	const one = needed({ name: "form", type: "choice", values: ["a", "b"] });
	const several = needed({ name: "types", type: "choices", values: ["a", "b", "c"] });
	assert.equal(picked(one, { form: "a" }, "a"), "a");
	assert.equal(picked(one, { form: "a" }, "b"), "b");
	assert.deepEqual(picked(several, { types: ["c"] }, "c"), ["c"]);
	assert.deepEqual(picked(several, { types: ["a", "c"] }, "c"), ["a"]);
});

test("what a key fills in is told, whoever has it", () => {
	const keymap = new Keymap(scheme, "label");
	assert.deepEqual(keymap.fills("w"), ["claim"]);
	assert.deepEqual(keymap.fills("a"), ["source", "link"]);
	assert.deepEqual(keymap.fills("c"), []);
});

test("every command has a title on the sheet of its page, and every title a command", () => {
	for (const mode of /** @type {const} */ (["label", "review"])) {
		for (const { name } of new Keymap(scheme, mode).commands) assert.ok(commandTitle(name, mode), `${mode}: ${name}`);
	}
	const names = new Set(COMMANDS.map((each) => each.name));
	for (const [name] of GROUPS.flatMap((each) => titlesOf(each, "label"))) assert.ok(names.has(name), name);
});
