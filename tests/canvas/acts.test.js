import assert from "node:assert/strict";
import { test } from "node:test";
import { actOf, fittingValues, pickedOf } from "../../labels/static/labels/canvas/edit/acts.js";
import { scheme, span, state } from "./made.js";

const link = { id: "l", type: "ATTRIBUTED_TO", from: "c", to: "s", attributes: {} };
const now = state([span("c", "CLAIM", [0, 9]), span("s", "SOURCE", [10, 14])], [link]);

/** @param {import("../../labels/static/labels/canvas/state.js").Operation[]} operations @param {string | null} [chosen] */
const act = (operations, chosen = null) => actOf({ operations, state: now, chosen });

test("an act is what was meant, without its place", () => {
	assert.deepEqual(act([{ op: "add_span", id: "x", label: "CUE", fragments: [] }]), { kind: "mark", label: "CUE" });
	const relabel = [
		{ op: "delete_relation", id: "l" },
		{ op: "relabel_span", id: "c", label: "ENTITY" },
	];
	assert.deepEqual(act(relabel), { kind: "relabel", label: "ENTITY" });
	const values = { form: "direct" };
	assert.deepEqual(act([{ op: "set_attributes", id: "c", attributes: values }]), { kind: "values", values });
	const flag = [{ op: "set_attributes", id: "c", attributes: {}, flag: true }];
	assert.deepEqual(act(flag), { kind: "flag", flag: true });
	assert.deepEqual(act([{ op: "delete_span", id: "c" }]), { kind: "command", command: "delete" });
});

test("a link is told by its kind, its direction and what is at the other end", () => {
	const made = [{ op: "add_relation", id: "m", type: "ATTRIBUTED_TO", from: "c", to: "s" }];
	assert.deepEqual(act(made, "c"), { kind: "link", type: "ATTRIBUTED_TO", label: "SOURCE", outward: true });
	assert.deepEqual(act(made, "s"), { kind: "link", type: "ATTRIBUTED_TO", label: "CLAIM", outward: false });
	const values = { attitude: "belief" };
	const set = [{ op: "set_relation_attributes", id: "l", attributes: values }];
	assert.deepEqual(act(set), { kind: "linkValues", type: "ATTRIBUTED_TO", values });
});

test("what depends on the place goes by its command, or not at all", () => {
	const operations = [{ op: "move_span", id: "c", fragments: [] }];
	const done = { operations, state: now, chosen: "c", command: "addFragment" };
	assert.deepEqual(actOf(done), { kind: "command", command: "addFragment" });
	assert.equal(act(operations), null);
	assert.equal(act([{ op: "delete_relation", id: "l" }]), null);
	assert.equal(act([]), null);
});

test("only values that a span can have are set", () => {
	const values = { form: "direct", entity_type: "PERSON", claim_type: ["causal"], check_worthiness: "no such" };
	assert.deepEqual(fittingValues(scheme.attributes("CLAIM"), values), { form: "direct", claim_type: ["causal"] });
	assert.deepEqual(fittingValues(scheme.attributes("CLAIM"), { certainty: null }), { certainty: null });
	assert.deepEqual(fittingValues(scheme.relationAttributes("ATTRIBUTED_TO"), { cue: "s" }), {});
});

test("of the values of a span those are taken over that were picked", () => {
	const values = { form: "direct", claim_type: ["causal"], normalized_text: "One.", source_implicit: true, harm: 3 };
	const { normalized_text, harm, ...picked } = values;
	assert.deepEqual(pickedOf(scheme.attributes("CLAIM"), values), picked);
	assert.deepEqual(pickedOf(scheme.attributes("CLAIM"), { form: null }), {});
});
