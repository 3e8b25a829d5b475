import assert from "node:assert/strict";
import { test } from "node:test";
import { applyAll } from "../../labels/static/labels/canvas/changes.js";
import { numberOf, STEPS, stepOf } from "../../labels/static/labels/canvas/confidence.js";
import { targets } from "../../labels/static/labels/canvas/linking.js";
import { nextStop } from "../../labels/static/labels/canvas/pass.js";
import { scheme, span, state } from "./made.js";

const claim = { ...span("c", "CLAIM", [0, 10]), attributes: {} };
const source = { ...span("s", "SOURCE", [12, 16]), attributes: { source_type: "other" } };
const CHECKED = { form: "indirect", check_worthiness: "CFS", claim_type: ["causal"], normalized_text: "It rains." };

/** The names of all stops from the first on, as long as nothing is filled in. @param {Record<string, unknown>} values @param {any[]} links */
function round(values, links = []) {
	const filled = { ...claim, attributes: values };
	const now = state([filled, source], links);
	/** @type {(string | undefined)[]} */
	const names = [];
	/** @type {any} */
	let at = null;
	for (let count = 0; count < 20; count++) {
		const stop = nextStop(scheme, now, filled, [], at);
		if (!stop) break;
		const name = stop.link ?? stop.place?.attribute.name;
		if (names.includes(name)) break;
		names.push(name);
		if (!stop.place) break;
		at = stop.place;
	}
	return names;
}

test("the pass goes from needed to needed, the link at the end", () => {
	assert.deepEqual(round({}), ["form", "check_worthiness"]);
	assert.deepEqual(round({ form: "indirect" }), ["check_worthiness", "ATTRIBUTED_TO"]);
	assert.deepEqual(round({ form: "indirect", check_worthiness: "CFS" }), [
		"claim_type",
		"normalized_text",
		"ATTRIBUTED_TO",
	]);
	assert.deepEqual(round(CHECKED), ["ATTRIBUTED_TO"]);
});

test("then the link's own, what it needs first, then what the span may have", () => {
	const link = { id: "l", type: "ATTRIBUTED_TO", from: "c", to: "s", attributes: {} };
	assert.deepEqual(round(CHECKED, [link]), ["attitude", "stance"]);
	const full = { ...link, attributes: { attitude: "belief", stance: "deny" } };
	const rest = ["channel", "cue", "source_implicit", "certainty", "priority", "public_interest", "harm"];
	assert.deepEqual(round(CHECKED, [full]), rest);
});

test("a link that must not be is nothing to fill in", () => {
	const link = {
		id: "l",
		type: "ATTRIBUTED_TO",
		from: "c",
		to: "s",
		attributes: { attitude: "belief", stance: "deny" },
	};
	const stop = nextStop(
		scheme,
		state([{ ...claim, attributes: { ...CHECKED, form: "unattributed" } }, source], [link]),
		{
			...claim,
			attributes: { ...CHECKED, form: "unattributed" },
		},
		[],
		null,
	);
	assert.equal(stop?.place?.attribute.name, "channel");
});

test("what is asked for is all that is offered to link with", () => {
	const cue = span("u", "CUE", [17, 20]);
	const entity = span("e", "ENTITY", [12, 16]);
	const link = { id: "l", type: "ATTRIBUTED_TO", from: "c", to: "s", attributes: {} };
	const now = state([{ ...claim, attributes: { form: "indirect" } }, source, cue, entity], [link]);
	const mine = /** @type {any} */ (now.spans.get("c"));
	const named = (/** @type {any} */ wanted) =>
		targets(now, scheme, mine, { start: 0, end: 40 }, wanted).map((each) => each.span.id);
	assert.deepEqual(named({ relation: "l", attribute: "cue" }), ["u"]);
	assert.deepEqual(named({ type: "ABOUT" }), ["e"]);
	assert.deepEqual(named({ type: "ATTRIBUTED_TO" }), [], "it is linked already");
});

test("a confidence reads as one of a few steps and comes back as its number", () => {
	for (const { title, value } of STEPS) assert.equal(stepOf(numberOf(title)), title, String(value));
	assert.equal(stepOf(null), null);
	assert.equal(stepOf(undefined), null);
	assert.equal(stepOf(0), "unsure");
	assert.equal(stepOf(0.6), "fairly sure");
	assert.equal(numberOf("no such"), null);
	const { state: next, inverse } = applyAll(
		state([claim]),
		[{ op: "set_attributes", id: "c", attributes: {}, confidence: 0.3 }],
		scheme,
	);
	assert.equal(next.spans.get("c")?.confidence, 0.3);
	assert.equal(applyAll(next, inverse, scheme).state.spans.get("c")?.confidence, null);
});
