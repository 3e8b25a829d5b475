import assert from "node:assert/strict";
import { test } from "node:test";
import {
	holds,
	isBarred,
	isDue,
	lacking,
	Scheme,
	settled,
	valueTitle,
} from "../../labels/static/labels/canvas/scheme.js";
import { scheme } from "./made.js";

/** @typedef {import("../../labels/static/labels/canvas/scheme.js").Attribute} Attribute */

/** @param {string} label @param {string} name @returns {Attribute} */
function attribute(label, name) {
	const found = scheme.attributes(label).find((each) => each.name === name);
	assert.ok(found);
	return found;
}

test("a condition holds by one of its values; null stands for none, * for any", () => {
	assert.ok(holds({ when: { form: ["direct", "mixed"] } }, { form: "mixed" }));
	assert.ok(!holds({ when: { form: ["direct"] } }, {}));
	assert.ok(holds({ when: { source_implicit: [false, null] } }, {}));
	assert.ok(holds({ when: { qid: ["*"] } }, { qid: "Q17" }));
	assert.ok(!holds({ when: { qid: ["*"] } }, { qid: "" }));
	assert.ok(holds({ when: { types: ["causal"] } }, { types: ["quote", "causal"] }));
	assert.ok(!holds({ when: { a: [1], b: [2] } }, { a: 1 }));
	assert.ok(!holds({ when: { flag: [1] } }, { flag: true }));
});

test("what is due depends on the other values", () => {
	const text = attribute("CLAIM", "normalized_text");
	assert.ok(!isDue(text, {}));
	assert.ok(isDue(text, { check_worthiness: "CFS" }));
	assert.ok(isBarred(attribute("CLAIM", "claim_type"), { check_worthiness: "NFS" }));
	const names = (/** @type {Record<string, unknown>} */ values) =>
		lacking(scheme.attributes("CLAIM"), values).map((each) => each.name);
	assert.deepEqual(names({}), ["form", "check_worthiness"]);
	assert.deepEqual(names({ form: "mixed", check_worthiness: "CFS" }), ["claim_type", "normalized_text"]);
	assert.deepEqual(names({ form: "mixed", check_worthiness: "NFS" }), []);
});

test("values that a change makes impossible go with it", () => {
	const attributes = scheme.attributes("CLAIM");
	const now = { check_worthiness: "CFS", claim_type: ["causal"], priority: "not_sure", form: "direct" };
	assert.deepEqual(settled(attributes, now, { check_worthiness: "NFS" }), {
		check_worthiness: "NFS",
		claim_type: null,
		priority: null,
	});
	assert.deepEqual(settled(attributes, now, { form: "mixed" }), { form: "mixed" });
});

test("words for people", () => {
	assert.equal(valueTitle(attribute("CLAIM", "check_worthiness"), "CFS"), "check-worthy");
	assert.equal(valueTitle(attribute("CLAIM", "claim_type"), ["law_rule", "quote"]), "law or rule, quote");
	assert.equal(valueTitle(attribute("CLAIM", "source_implicit"), true), "yes");
	assert.equal(scheme.title("CUE"), "Cue");
	assert.equal(scheme.relationTitle("ATTRIBUTED_TO"), "said by");
	assert.equal(new Scheme({ labels: [{ name: "FIRST_NAME" }] }).title("FIRST_NAME"), "first name");
});

test("labels have their places, ninth and first share one; a new span has the defaults", () => {
	const many = new Scheme({ labels: Array.from({ length: 9 }, (_, at) => ({ name: `L${at}` })) });
	assert.deepEqual([many.slot("L0"), many.slot("L7"), many.slot("L8"), many.slot("unknown")], [1, 8, 1, 8]);
	assert.deepEqual(scheme.defaults("ENTITY"), { mention_type: "named" });
	assert.deepEqual(scheme.defaults("CLAIM"), {});
});
