import assert from "node:assert/strict";
import { test } from "node:test";
import { chipsOf, describe, introduce } from "../../labels/static/labels/canvas/chips.js";
import { tiedTo } from "../../labels/static/labels/canvas/edit/following.js";
import { operationsOf, targets, waysBetween } from "../../labels/static/labels/canvas/linking.js";
import { covering, distance, neighbour, ordered, ordinal } from "../../labels/static/labels/canvas/lookup.js";
import { lacks, lacksOf } from "../../labels/static/labels/canvas/missing.js";
import { scheme, span, state } from "./made.js";

/** @type {import("../../labels/static/labels/canvas/state.js").Span} */
const claim = { ...span("c1", "CLAIM", [0, 20]), attributes: { form: "direct" } };
const source = span("s1", "SOURCE", [22, 26]);
const cue = span("u1", "CUE", [27, 31]);
const far = span("s2", "SOURCE", [90, 95]);
const entity = span("e1", "ENTITY", [22, 26]);
const all = [claim, source, cue, far, entity];
const link = { id: "r1", type: "ATTRIBUTED_TO", from: "c1", to: "s1", attributes: {} };
const around = () => ({ start: 0, end: 60 });

test("a claim is offered its sources first, the nearest first, then what else it may be linked with", () => {
	const found = targets(state(all), scheme, claim, around());
	assert.deepEqual(
		found.map((each) => [each.span.id, each.ways.map((way) => way.type).join(" ")]),
		[
			["s1", "ATTRIBUTED_TO"],
			["s2", "ATTRIBUTED_TO"],
			["e1", "ABOUT"],
		],
	);
});

test("what the sentence holds is nearer than what stands close by in the next", () => {
	const next = span("s3", "SOURCE", [62, 66]);
	const late = span("c2", "CLAIM", [45, 59]);
	const found = targets(state([source, next, late]), scheme, late, around());
	assert.deepEqual(
		found.map((each) => each.span.id),
		["s1", "s3"],
	);
});

test("a source is linked from its own side, too: the link still begins at the claim", () => {
	const [first] = targets(state(all), scheme, source, around());
	assert.deepEqual([first.span.id, first.ways[0].from, first.ways[0].to], ["c1", "c1", "s1"]);
});

test("the cue beside the source goes along with the link, unless two could be meant that are free", () => {
	const [way] = waysBetween(state(all), scheme, claim, source);
	const [made] = operationsOf(state(all), scheme, way, source, around);
	assert.deepEqual([made.type, made.from, made.to, made.attributes], ["ATTRIBUTED_TO", "c1", "s1", { cue: "u1" }]);
	const two = state([...all, span("u2", "CUE", [40, 44])]);
	assert.deepEqual(operationsOf(two, scheme, way, source, around)[0].attributes, {});
	const told = state([...all, span("u2", "CUE", [40, 44])], [{ ...link, from: "c9", attributes: { cue: "u2" } }]);
	assert.deepEqual(operationsOf(told, scheme, way, source, around)[0].attributes, { cue: "u1" });
	assert.deepEqual(operationsOf(state([claim, source]), scheme, way, source, around)[0].attributes, {});
});

test("a cue fills the gap in the link that stands, from either side", () => {
	const linked = state(all, [link]);
	for (const [one, other] of [
		[claim, cue],
		[cue, claim],
	]) {
		const [way] = waysBetween(linked, scheme, one, other);
		assert.deepEqual(operationsOf(linked, scheme, way, cue, around), [
			{ op: "set_relation_attributes", id: "r1", attributes: { cue: "u1" } },
		]);
	}
	const full = state(all, [{ ...link, attributes: { cue: "u1" } }]);
	assert.deepEqual(waysBetween(full, scheme, claim, cue), []);
});

test("a cue takes the place of another in its own sentence only, and a gap in it comes before one far away", () => {
	const asked = span("u2", "CUE", [40, 44]);
	const away = { ...span("c2", "CLAIM", [70, 80]), attributes: { form: "direct" } };
	const full = { ...link, attributes: { cue: "u1" } };
	const open = { ...link, id: "r2", from: "c2", to: "s2" };
	const [near, next] = targets(state([...all, asked, away], [full, open]), scheme, asked, around());
	assert.deepEqual([near.span.id, next.span.id], ["c1", "c2"]);
	assert.deepEqual(operationsOf(state(all), scheme, near.ways[0], asked, around), [
		{ op: "set_relation_attributes", id: "r1", attributes: { cue: "u2" } },
	]);
	const both = state([...all, asked, away], [full, { ...open, attributes: { cue: "u1" } }]);
	assert.deepEqual(
		targets(both, scheme, asked, around()).map((each) => each.span.id),
		["c1"],
	);
	// Asked for by its key, another is offered wherever it stands.
	const late = span("u3", "CUE", [90, 94]);
	const wanted = { relation: "r1", attribute: "cue" };
	const found = targets(state([...all, late], [full]), scheme, claim, around(), wanted);
	assert.deepEqual(
		found.map((each) => each.span.id),
		["u3"],
	);
});

test("a claim that goes on over its sentence is still beside the source at its end", () => {
	const long = { ...span("c2", "CLAIM", [10, 80]), attributes: { form: "direct" } };
	const ending = span("s3", "SOURCE", [82, 86]);
	const short = { ...span("c3", "CLAIM", [87, 92]), attributes: { form: "direct" } };
	const found = targets(state([long, ending, short]), scheme, ending, { start: 60, end: 87 });
	assert.deepEqual(
		found.map((each) => each.span.id),
		["c2", "c3"],
	);
});

test("what is linked so already is not offered again, nor what the attributes forbid", () => {
	const linked = state(all, [link]);
	assert.deepEqual(waysBetween(linked, scheme, claim, source), []);
	const own = { ...claim, attributes: { form: "unattributed" } };
	assert.deepEqual(waysBetween(state([own, source]), scheme, own, source), []);
	assert.deepEqual(waysBetween(linked, scheme, claim, claim), []);
});

test("two claims can be joined in several ways; a symmetric link in one direction only", () => {
	const other = span("c2", "CLAIM", [40, 50]);
	const ways = waysBetween(state([claim, other]), scheme, claim, other).map((each) => each.type);
	assert.deepEqual(ways, ["SAME_CLAIM", "CONTRADICTS", "SUPPORTS"]);
	const same = { id: "r2", type: "SAME_CLAIM", from: "c2", to: "c1", attributes: {} };
	const left = waysBetween(state([claim, other], [same]), scheme, claim, other).map((each) => each.type);
	assert.deepEqual(left, ["CONTRADICTS", "SUPPORTS"]);
});

test("the chip names the source, and values that are not the plain ones", () => {
	const told = { ...link, attributes: { attitude: "directive", stance: "affirm" } };
	const named = { ...source, fragments: [{ start: 22, end: 26, quote: "Kono" }] };
	const now = state([claim, named], [told]);
	assert.deepEqual(
		chipsOf(now, scheme, "c1").map((each) => each.text),
		["Kono · directive"],
	);
	assert.equal(describe(now, scheme, "c1"), "Claim, said by Kono directive, 1 of 1");
	assert.match(introduce(now, scheme, claim), /^Claim, said by Kono directive, 1 of 1: x+$/);
	assert.deepEqual(chipsOf(now, scheme, "s1"), []);
});

test("what is missing is said of each span: values, links, and values of links", () => {
	const messages = (/** @type {import("../../labels/static/labels/canvas/state.js").State} */ now, of = claim) =>
		lacksOf(scheme, of, now).map((each) => each.message);
	assert.deepEqual(messages(state(all)), ["Check-worthiness is missing.", "Link it to its Source (“said by”)."]);
	assert.deepEqual(messages(state(all, [link])), [
		"Check-worthiness is missing.",
		"Attitude is missing.",
		"Stance is missing.",
	]);
	assert.deepEqual(messages(state(all), source), ["Type of source is missing.", "Link its Claim to it (“said by”)."]);
	const barred = { ...claim, attributes: { form: "unattributed", check_worthiness: "NFS", claim_type: ["quote"] } };
	assert.deepEqual(
		messages(state([barred, source], [{ ...link, attributes: { attitude: "belief", stance: "deny" } }]), barred),
		["Type of claim does not go with the other values.", "A link “said by” does not go with its attributes."],
	);
	assert.equal(lacks(scheme, state([cue])).length, 0);
});

test("order, ordinals, what covers a position, the next and the one before", () => {
	const inner = span("c2", "CLAIM", [2, 8]);
	const now = state([far, inner, claim, source]);
	assert.deepEqual(
		ordered(now).map((each) => each.id),
		["c1", "c2", "s1", "s2"],
	);
	assert.deepEqual(ordinal(now, far), { place: 2, of: 2 });
	assert.deepEqual(
		covering(now, 3).map((each) => each.id),
		["c2", "c1"],
	);
	assert.equal(neighbour(now, claim, 0, 1)?.id, "c2");
	assert.equal(neighbour(now, claim, 0, -1)?.id, "s2");
	assert.equal(neighbour(now, undefined, 9, 1)?.id, "s1");
	assert.equal(neighbour(now, undefined, 9, -1)?.id, "c2");
	assert.equal(neighbour(now, undefined, 99, 1)?.id, "c1");
	assert.equal(neighbour(now, claim, 0, 1, (each) => each.label === "SOURCE")?.id, "s1");
	assert.equal(
		neighbour(now, claim, 0, 1, () => false),
		undefined,
	);
	assert.equal(neighbour(state([]), undefined, 0, 1), undefined);
	assert.equal(distance(claim, source), 2);
	assert.equal(distance(claim, inner), 0);
});

test("a gap in a link is called by its title", () => {
	const ways = waysBetween(state(all, [link]), scheme, cue, claim);
	assert.deepEqual(
		ways.map(({ title, attribute }) => [title, attribute]),
		[["Cue", "cue"]],
	);
});

test("a span is tied to the other ends of its links, what these name, and those whose links name it", () => {
	const now = state(all, [{ ...link, attributes: { cue: "u1", attitude: "statement" } }]);
	assert.deepEqual(tiedTo(now, "c1"), ["s1", "u1"]);
	assert.deepEqual(tiedTo(now, "s1"), ["c1"]);
	assert.deepEqual(tiedTo(now, "u1"), ["c1"]);
	assert.deepEqual(tiedTo(now, "e1"), []);
});
