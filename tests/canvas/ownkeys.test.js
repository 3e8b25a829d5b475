import assert from "node:assert/strict";
import { test } from "node:test";
import { Keymap } from "../../labels/static/labels/canvas/keys.js";
import { withOwnKeys } from "../../labels/static/labels/canvas/ownkeys.js";
import { Scheme } from "../../labels/static/labels/canvas/scheme.js";
import { isFree, withKey } from "../../labels/static/labels/canvas/sheets/choice.js";
import { scheme, schemeData } from "./made.js";

test("without keys of one's own all is as it comes", () => {
	const keys = (/** @type {import("../../labels/static/labels/canvas/scheme.js").SchemeData} */ { labels }) =>
		labels.map((each) => each.key);
	assert.deepEqual(keys(withOwnKeys(schemeData, {})), keys(schemeData));
	assert.deepEqual(new Keymap(scheme, "label", {}).keys, new Keymap(scheme, "label").keys);
});

test("labels and attributes take the chosen key, and lose one that was chosen for something else", () => {
	const [claim, source] = schemeData.labels;
	const own = { [`label ${claim.name}`]: "q", link: source.key ?? "" };
	const made = withOwnKeys(schemeData, own);
	assert.equal(made.labels[0].key, "q");
	assert.equal(made.labels[1].key, undefined);
	const keymap = new Keymap(new Scheme(made), "label", own);
	assert.deepEqual(keymap.deed("q", true, []), { command: "mark", argument: claim.name });
	assert.equal(keymap.deed(source.key ?? "", true, [])?.command, "link");
	const named = claim.attributes?.[0];
	assert.ok(named);
	const keyed = withOwnKeys(schemeData, { [`attribute ${named.name}`]: "F9" });
	assert.equal(keyed.labels[0].attributes?.[0].key, "F9");
});

test("a command takes the chosen key, and others step aside", () => {
	const own = { flag: "n" };
	const keymap = new Keymap(scheme, "label", own);
	assert.equal(keymap.keyOf("flag"), "n");
	assert.equal(keymap.keyOf("next"), "F3");
	assert.equal(keymap.deed("n", true, [])?.command, "flag");
	const also = new Keymap(scheme, "label", { flag: "Backspace" });
	assert.equal(also.deed("Backspace", true, [])?.command, "flag");
});

test("one key is for one command: the last choice has it", () => {
	assert.deepEqual(withKey({ link: "l", flag: "f" }, "flag", "l"), { flag: "l" });
	assert.deepEqual(withKey({ link: "l" }, "link", "k"), { link: "k" });
	assert.deepEqual(withKey({}, "link", "k"), { link: "k" });
});

test("what leads out, or only goes along, is no key", () => {
	for (const name of ["Escape", "Tab", "Shift+Tab", "Shift", "Mod+Control", "Shift+Shift", "Dead", "Alt+Alt"])
		assert.equal(isFree(name), false, name);
	for (const name of ["a", "A", "F6", "Mod+k", "Shift+Enter", "?", "Alt+KeyA"]) assert.equal(isFree(name), true, name);
});
