import assert from "node:assert/strict";
import { test } from "node:test";
import { listed, statesOf, tally, toggled } from "../../labels/static/labels/canvas/way/filters.js";
import { scheme, span, state } from "./made.js";

test("a span is in every state that is true of it", () => {
	const source = { ...span("s", "SOURCE", [0, 4]), attributes: { source_type: "other" } };
	const cue = { ...span("u", "CUE", [5, 9]), flag: true, confidence: 0.3 };
	const canvas = { scheme, state: state([source, cue]) };
	assert.deepEqual(statesOf(canvas, source, "corrected"), ["not complete", "corrected"], "nothing is said by it");
	assert.deepEqual(statesOf(canvas, cue, ""), ["flagged", "low confidence"]);
	assert.deepEqual(statesOf(canvas, { ...cue, flag: false, confidence: 0.7 }, ""), []);
});

test("states are offered in one order, with how many are in each", () => {
	const counts = tally([["flagged"], ["not complete", "rejected"], ["not complete", "corrected", "flagged"], []]);
	assert.deepEqual(
		[...counts],
		[
			["not complete", 2],
			["corrected", 1],
			["rejected", 1],
			["flagged", 2],
		],
	);
	assert.deepEqual([...tally([])], []);
});

test("a part of the filter that is chosen again is off, and leaves the other part", () => {
	const both = toggled(toggled({ label: null, state: null }, { label: "CLAIM" }), { state: "flagged" });
	assert.deepEqual(both, { label: "CLAIM", state: "flagged" });
	assert.deepEqual(toggled(both, { label: "CLAIM" }), { label: null, state: "flagged" });
	assert.deepEqual(toggled(both, { label: "CUE" }), { label: "CUE", state: "flagged" });
});

test("what is listed is said in a sentence", () => {
	assert.equal(listed(4, 14, ["claim", "not complete"]), "4 of 14 spans: claim, not complete");
	assert.equal(listed(1, 1, [null, "flagged"]), "1 of 1 span: flagged");
	assert.equal(listed(14, 14, [null, null]), "14 spans");
});
