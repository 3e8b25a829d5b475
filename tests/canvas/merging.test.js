import assert from "node:assert/strict";
import { test } from "node:test";
import { Article } from "../../labels/static/labels/canvas/article.js";
import { applyAll } from "../../labels/static/labels/canvas/changes.js";
import { merging, partnerOf, takenOver } from "../../labels/static/labels/canvas/edit/merging.js";
import { cutAt, splitting } from "../../labels/static/labels/canvas/edit/splitting.js";
import { dice, plain, scheme, span, state } from "./made.js";

/** @typedef {import("../../labels/static/labels/canvas/state.js").Relation} Relation */
/** @typedef {import("../../labels/static/labels/canvas/state.js").State} State */

const TEXT = "Taxes fell, Ruiz said, and jobs rose, and more.";
const article = new Article([{ start: 0, text: TEXT }], TEXT.length);
const snap = (/** @type {{start: number, end: number}} */ stretch) => article.snap(stretch);

/** @param {string} id @param {string} type @param {string} from @param {string} to @param {Record<string, unknown>} [attributes] @returns {Relation} */
const link = (id, type, from, to, attributes = {}) => ({ id, type, from, to, attributes });

/** Two claims, their source and their cue. @param {Record<string, unknown>} one @param {Record<string, unknown>} two @param {Relation[]} links */
const claims = (one, two, links) =>
	state(
		[
			{ ...span("a", "CLAIM", [0, 10]), attributes: one },
			span("s", "SOURCE", [12, 16]),
			span("u", "CUE", [17, 21]),
			{ ...span("b", "CLAIM", [27, 36]), attributes: two },
		],
		links,
	);

/** @param {State} now @param {string} kept @param {string} gone */
function merged(now, kept, gone) {
	const [one, two] = [now.spans.get(kept), now.spans.get(gone)];
	assert.ok(one && two);
	const { operations, lost } = merging(now, scheme, article, one, two);
	const { state: after, inverse, fitting } = applyAll(now, operations, scheme);
	assert.equal(fitting.length, operations.length);
	assert.deepEqual(plain(applyAll(after, inverse, scheme).state), plain(now));
	return { after, lost, span: after.spans.get(kept), links: [...after.relations.values()] };
}

test("the words, values and links of both are kept", () => {
	const now = claims({ form: "direct" }, { form: "direct", certainty: "high", claim_type: ["causal"] }, [
		link("l", "ATTRIBUTED_TO", "b", "s", { attitude: "statement", cue: "u" }),
	]);
	const { after, span: one, links, lost } = merged(now, "a", "b");
	assert.deepEqual(
		one?.fragments.map((each) => each.quote),
		["Taxes fell", "jobs rose"],
	);
	assert.deepEqual(one?.attributes, { form: "direct", certainty: "high", claim_type: ["causal"] });
	assert.deepEqual([links.length, links[0].from, links[0].to, links[0].attributes.cue], [1, "a", "s", "u"]);
	assert.equal(after.spans.has("b"), false);
	assert.deepEqual(lost, []);
});

test("where they contradict the first one's stays, and that is said", () => {
	const now = claims({ form: "direct" }, { form: "indirect" }, [
		link("k", "ATTRIBUTED_TO", "a", "s", { attitude: "belief" }),
		link("l", "ATTRIBUTED_TO", "b", "s", { attitude: "statement", stance: "affirm" }),
	]);
	const { span: one, links, lost } = merged(now, "a", "b");
	assert.equal(one?.attributes.form, "direct");
	assert.deepEqual(
		links.map((each) => each.attributes),
		[{ attitude: "belief", stance: "affirm" }],
	);
	assert.equal(lost.length, 2);
});

test("a link between the two goes; one that may stand but once, too", () => {
	const now = claims({ source_implicit: true }, { source_implicit: true }, [
		link("k", "CUED_BY", "a", "u"),
		link("l", "CUED_BY", "b", "s"),
		link("m", "SAME_CLAIM", "a", "b"),
	]);
	const { links, lost } = merged(now, "a", "b");
	assert.deepEqual(
		links.map((each) => each.id),
		["k"],
	);
	assert.equal(lost.length, 1);
});

test("a link's value that named the one names the other now", () => {
	const now = state(
		[
			span("c", "CLAIM", [0, 10]),
			span("s", "SOURCE", [12, 16]),
			span("u", "CUE", [17, 21]),
			span("v", "CUE", [23, 26]),
		],
		[link("l", "ATTRIBUTED_TO", "c", "s", { cue: "v" })],
	);
	const { links } = merged(now, "u", "v");
	assert.deepEqual(links[0].attributes, { cue: "u" });
});

test("lists are joined in the scheme's order; what does not go with the rest stays away", () => {
	const attributes = scheme.attributes("CLAIM");
	const types = attributes.find((each) => each.name === "claim_type")?.values ?? [];
	const { change } = takenOver(attributes, { claim_type: [types[2]] }, { claim_type: [types[0]] });
	assert.deepEqual(change, { claim_type: [types[0], types[2]] });
	const barred = attributes.find((each) => each.forbidden);
	if (!barred) return;
	const when = Object.fromEntries(
		Object.entries(barred.forbidden?.when ?? {}).map(([name, values]) => [name, values[0]]),
	);
	const other = barred.values?.[0] ?? true;
	assert.equal(takenOver(attributes, when, { [barred.name]: other }).lost.length, 1);
});

test("its partner is one that it touches, else the next of its label", () => {
	const [a, b, c] = [span("a", "CUE", [0, 9]), span("b", "CUE", [20, 30]), span("c", "CUE", [25, 40])];
	const now = state([a, b, c, span("d", "CLAIM", [10, 19])]);
	assert.equal(partnerOf(now, a)?.id, "b");
	assert.equal(partnerOf(now, b)?.id, "c");
	assert.equal(partnerOf(now, c)?.id, "b");
	assert.equal(partnerOf(state([a]), a), null);
});

test("a span is cut at a word, without the signs at the cut", () => {
	const at = TEXT.indexOf("and jobs");
	const [before, behind] = cutAt([{ start: 0, end: 36 }], at, snap) ?? [];
	assert.deepEqual(
		[before, behind].map((each) => article.slice(each?.[0].start ?? 0, each?.[0].end ?? 0)),
		["Taxes fell, Ruiz said", "and jobs rose"],
	);
	assert.equal(cutAt([{ start: 0, end: 10 }], 0, snap), null);
	assert.equal(cutAt([{ start: 0, end: 10 }], 12, snap), null);
	const apart = [
		{ start: 0, end: 10 },
		{ start: 27, end: 36 },
	];
	assert.deepEqual(cutAt(apart, 27, snap), [[apart[0]], [apart[1]]]);
});

test("each part has the values and the links of the whole", () => {
	const now = state(
		[
			{ ...span("a", "CLAIM", [0, 10], [27, 36]), attributes: { form: "direct" }, flag: true },
			span("s", "SOURCE", [12, 16]),
			span("u", "CUE", [17, 21]),
		],
		[link("l", "ATTRIBUTED_TO", "a", "s", { cue: "u" }), link("m", "SUPPORTS", "a", "a")],
	);
	const whole = now.spans.get("a");
	assert.ok(whole);
	const parts = whole.fragments.map((each) => [each]);
	const { operations, lost } = splitting(now, scheme, article, whole, parts);
	const { state: after, inverse } = applyAll(now, operations, scheme);
	const made = [...after.spans.values()].find((each) => each.label === "CLAIM" && each.id !== "a");
	assert.deepEqual([made?.attributes, made?.flag, lost], [{ form: "direct" }, true, 0]);
	assert.deepEqual(
		[...after.relations.values()].filter((each) => each.type === "ATTRIBUTED_TO").map((each) => [each.from, each.to]),
		[
			["a", "s"],
			[made?.id, "s"],
		],
	);
	assert.deepEqual(plain(applyAll(after, inverse, scheme).state), plain(now));
});

test("a link of which one span may have but one is not had twice", () => {
	const now = claims({}, {}, [link("l", "CUED_BY", "a", "u")]);
	const cue = now.spans.get("u");
	assert.ok(cue);
	const { lost, operations } = splitting(now, scheme, article, cue, [
		[{ start: 17, end: 19 }],
		[{ start: 19, end: 21 }],
	]);
	assert.deepEqual([lost, operations.length], [1, 2]);
});

for (let seed = 1; seed <= 40; seed++)
	test(`merging and taking it back leaves all as it was (dice ${seed})`, () => {
		const thrown = dice(seed);
		const form = () => thrown.one([{ form: "direct" }, { form: "mixed" }, {}]);
		const links = Array.from({ length: thrown.number(5) }, (_, at) =>
			link(
				`l${at}`,
				thrown.one(["ATTRIBUTED_TO", "CUED_BY", "SUPPORTS"]),
				thrown.one(["a", "b"]),
				thrown.one(["s", "u", "b"]),
				{
					cue: thrown.one(["u", "b"]),
				},
			),
		);
		merged(
			claims(
				form(),
				form(),
				links.filter((each) => each.from !== each.to),
			),
			"a",
			"b",
		);
	});
