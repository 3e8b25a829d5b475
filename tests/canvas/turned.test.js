import assert from "node:assert/strict";
import { test } from "node:test";
import { applyAll } from "../../labels/static/labels/canvas/changes.js";
import { merging } from "../../labels/static/labels/canvas/edit/merging.js";
import { splitting } from "../../labels/static/labels/canvas/edit/splitting.js";
import { toldOf } from "../../labels/static/labels/canvas/edit/turned.js";
import { scheme, span, state } from "./made.js";

/** @typedef {import("../../labels/static/labels/canvas/state.js").Operation} Operation */

const link = { id: "l", type: "ATTRIBUTED_TO", from: "c", to: "s", attributes: {} };
const now = state([span("c", "CLAIM", [0, 9]), span("s", "SOURCE", [10, 14]), span("d", "CLAIM", [9, 12])], [link]);
const text = {
	slice: (/** @type {number} */ start, /** @type {number} */ end) => "x".repeat(end - start),
	trim: (/** @type {{start: number, end: number}} */ each) => each,
};

/** What is said when operations are taken back: from their undoing, as the page has them. @param {Operation[]} operations */
function undone(operations, before = now) {
	const done = applyAll(before, operations, scheme);
	const back = applyAll(done.state, done.inverse, scheme);
	const again = applyAll(back.state, back.inverse, scheme);
	const told = toldOf(back.inverse, back.state, done.state, scheme);
	assert.equal(toldOf(again.fitting, back.state, again.state, scheme), told, "done again, it is called the same");
	return told;
}

test("marks are told by label and words", () => {
	const fragments = [{ start: 20, end: 23, quote: "xxx" }];
	const add = { op: "add_span", id: "n", label: "CUE", fragments };
	assert.equal(undone([add]), "marked cue “xxx”");
	assert.equal(undone([add, { ...add, id: "m" }]), "marked 2 spans");
	assert.equal(undone([{ op: "delete_span", id: "s" }]), "deleted source “xxxx”");
	assert.equal(undone([{ op: "move_span", id: "s", fragments }]), "moved the edges of source “xxx”");
	const relabel = [
		{ op: "delete_relation", id: "l" },
		{ op: "relabel_span", id: "c", label: "ENTITY" },
	];
	assert.equal(undone(relabel), "renamed to entity “xxxxxxxxx”");
});

test("values are told by the titles of their fields", () => {
	const set = (/** @type {Partial<Operation>} */ more) => undone([{ op: "set_attributes", id: "c", ...more }]);
	assert.equal(set({ attributes: { form: "direct" } }), "Form of “xxxxxxxxx”");
	assert.equal(set({ attributes: {}, flag: true }), "flag of “xxxxxxxxx”");
	assert.equal(set({ attributes: {}, confidence: 0.3 }), "confidence of “xxxxxxxxx”");
});

test("links are told by their title and both ends", () => {
	const ends = "the link “said by” from “xxx” to “xxxx”";
	const add = { op: "add_relation", id: "m", type: "ATTRIBUTED_TO", from: "d", to: "s" };
	assert.equal(undone([add]), `made ${ends}`);
	assert.equal(undone([{ op: "delete_relation", id: "l" }]), "took out the link “said by” from “xxxxxxxxx” to “xxxx”");
	const set = { op: "set_relation_attributes", id: "l", attributes: { attitude: "belief" } };
	assert.equal(undone([set]), "Attitude of the link “said by” to “xxxx”");
});

test("a merge and a split are told as one act", () => {
	const [one, other] = [now.spans.get("c"), now.spans.get("d")];
	assert.ok(one && other);
	assert.equal(undone(merging(now, scheme, text, one, other).operations), "merged into claim “xxxxxxxxxxxx”");
	const parts = [[{ start: 0, end: 4 }], [{ start: 5, end: 9 }]];
	assert.equal(undone(splitting(now, scheme, text, one, parts).operations), "split claim “xxxxxxxxx”");
});
