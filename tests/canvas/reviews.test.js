import assert from "node:assert/strict";
import { test } from "node:test";
import { applyAll } from "../../labels/static/labels/canvas/changes.js";
import {
	declining,
	difference,
	isOpen,
	latest,
	leftToDo,
	taking,
	untaken,
} from "../../labels/static/labels/canvas/reviews.js";
import { apply } from "../../labels/static/labels/canvas/state.js";
import { dice, parts, plain, scheme, span, state } from "./made.js";

/** @typedef {import("../../labels/static/labels/canvas/boot.js").Review} Review */

const own = { ...span("s1", "SOURCE", [3, 9]), attributes: { source_type: "document", role: "participant" } };
const proposal = { label: "SOURCE", fragments: own.fragments, attributes: { source_type: "other" } };

/** @param {Partial<Review>} more @returns {Review} */
const said = (more) => ({ id: "v1", span: "s1", relation: null, verdict: "fix", rev: 4, ...more });

test("the last verdict of a unit counts", () => {
	const found = latest([
		said({ verdict: "accept" }),
		said({ span: null, verdict: "missing" }),
		said({ verdict: "reject", id: "v2" }),
	]);
	assert.deepEqual(
		[...found].map(([unit, each]) => [unit, each.id]),
		[["s1", "v2"]],
	);
	assert.equal(latest([said({ span: null, relation: "r1" })]).get("r1")?.id, "v1");
});

test("a copy's values that are other, and those it lacks", () => {
	assert.deepEqual(difference({ a: 1, b: [1], c: 3 }, { a: 1, b: [2] }), { b: [2], c: null });
});

for (let seed = 1; seed <= 30; seed++)
	test(`taking a correction makes the span the copy, whatever it is (dice ${seed})`, () => {
		const thrown = dice(seed);
		const label = thrown.one(["SOURCE", "ENTITY", "CUE"]);
		/** @type {Record<string, Record<string, unknown>>} */
		const values = { SOURCE: { source_type: "other" }, ENTITY: { entity_type: "PERSON", nil: true }, CUE: {} };
		const copy = { label, fragments: parts(thrown), attributes: values[label] };
		const { state: now } = applyAll(state([own]), taking(own, copy), scheme);
		const { label: name, fragments, attributes } = /** @type {typeof own} */ (now.spans.get("s1"));
		assert.deepEqual({ label: name, fragments, attributes }, copy);
		assert.deepEqual(taking(/** @type {typeof own} */ (now.spans.get("s1")), copy), []);
	});

test("a verdict is open until the span is changed, made the copy, or gone", () => {
	assert.ok(isOpen(said({ proposal }), own, 4));
	assert.ok(!isOpen(said({ proposal }), own, 5), "changed since");
	assert.ok(!isOpen(said({ proposal }), { ...own, attributes: proposal.attributes }, 4), "taken");
	assert.ok(isOpen(said({ verdict: "reject" }), own, 4));
	assert.ok(!isOpen(said({ verdict: "reject" }), undefined, 4), "deleted");
	assert.ok(!isOpen(said({ verdict: "accept" }), own, 4));
});

test("a missing span is proposed until it is there", () => {
	const missing = said({ verdict: "missing", span: null, proposal });
	assert.equal(untaken([missing], new Map()).length, 1);
	assert.equal(untaken([missing], new Map([["s1", own]])).length, 0, "the same words and label");
	const derived = { ...span("s9", "CUE", [50, 60]), derived_from: "v1" };
	assert.equal(untaken([missing], new Map([["s9", derived]])).length, 0, "taken and changed");
	assert.equal(untaken([said({ verdict: "missing", proposal: null })], new Map()).length, 0);
});

test("taking over is taken back like any act", () => {
	const { state: now, inverse } = applyAll(state([own]), taking(own, proposal), scheme);
	assert.deepEqual(plain(applyAll(now, inverse, scheme).state), plain(state([own])));
	assert.equal(apply(now, { op: "move_span", id: "none", fragments: [] }, scheme), null);
});

test("what a returned set leaves to do is said, proposals too", () => {
	assert.match(leftToDo(2, 1, "j"), /^2 spans were corrected or rejected, 1 span was proposed: go to the next with j,/);
	assert.match(leftToDo(0, 2, "j"), /^2 spans were proposed: take what you agree with, decline the rest/);
	assert.match(leftToDo(0, 0, "j"), /^Nothing the reviewer said is left open/);
});

test("what is not taken is told by its label and its words", () => {
	const fragments = [
		{ start: 0, end: 4, quote: "Ruiz" },
		{ start: 9, end: 15, quote: "of\nLima" },
	];
	assert.equal(declining(scheme, { ...proposal, fragments }), "Not taken: source “Ruiz … of Lima”.");
});
