/** What the canvas's tests are made from: the seed's scheme, a set of random spans, and dice that repeat. */

import { readFileSync } from "node:fs";
import { Scheme } from "../../labels/static/labels/canvas/scheme.js";

/** @typedef {import("../../labels/static/labels/canvas/state.js").State} State */
/** @typedef {import("../../labels/static/labels/canvas/state.js").Operation} Operation */
/** @typedef {import("../../labels/static/labels/canvas/state.js").Span} Span */

export const schemeData = JSON.parse(readFileSync(new URL("../../seeds/scheme.json", import.meta.url), "utf8"));
export const scheme = new Scheme(schemeData);

/** Dice that fall the same way for the same seed (mulberry32). @param {number} seed */
export function dice(seed) {
	let state = seed;
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
	return {
		/** A whole number from 0 up to, but not, `below`. @param {number} below */
		number: (below) => Math.floor(next() * below),
		/** @template T @param {T[]} list @returns {T} */
		one: (list) => list[Math.floor(next() * list.length)],
	};
}

/** @param {string} id @param {string} label @param {...[number, number]} parts @returns {Span} */
export function span(id, label, ...parts) {
	const fragments = parts.map(([start, end]) => ({ start, end, quote: "x".repeat(end - start) }));
	return { id, label, fragments, attributes: {}, flag: false, confidence: null, derived_from: null, origin: "hand" };
}

/** @param {Span[]} spans @param {import("../../labels/static/labels/canvas/state.js").Relation[]} [relations] @returns {State} */
export function state(spans, relations = []) {
	return {
		spans: new Map(spans.map((each) => [each.id, each])),
		relations: new Map(relations.map((each) => [each.id, each])),
	};
}

const LABELS = ["CLAIM", "SOURCE", "CUE", "ENTITY"];

/** Values that a label has. @param {ReturnType<typeof dice>} thrown @param {string | undefined} label @returns {Record<string, unknown>} */
function values(thrown, label) {
	if (label === "CLAIM")
		return { form: thrown.one(["mixed", "direct", null]), claim_type: thrown.one([["causal"], []]) };
	if (label === "SOURCE")
		return { source_type: thrown.one(["document", "other"]), role: thrown.one(["participant", null]) };
	if (label === "ENTITY") return { entity_type: thrown.one(["PERSON", null]), nil: thrown.one([true, null]) };
	return {};
}

/** One to three parts, ascending and apart. @param {ReturnType<typeof dice>} thrown */
export function parts(thrown, length = 200) {
	const cuts = new Set();
	for (let count = 2 * (1 + thrown.number(3)); cuts.size < count; ) cuts.add(thrown.number(length));
	const [...sorted] = [...cuts].sort((a, b) => a - b);
	return Array.from({ length: sorted.length / 2 }, (_, at) => ({
		start: sorted[2 * at],
		end: sorted[2 * at + 1],
		quote: "q".repeat(sorted[2 * at + 1] - sorted[2 * at]),
	}));
}

/**
 * Some operation on a state; it may or may not fit.
 * @param {ReturnType<typeof dice>} thrown @param {State} now @param {() => string} fresh a new id
 * @returns {Operation}
 */
export function operation(thrown, now, fresh) {
	const known = [...now.spans.keys(), "gone"];
	const links = [...now.relations.keys(), "gone"];
	const id = thrown.one(known);
	const label = thrown.one(LABELS);
	/** @type {(() => Operation)[]} */
	const kinds = [
		() => ({ op: "add_span", id: fresh(), label, fragments: parts(thrown), attributes: values(thrown, label) }),
		() => ({ op: "add_span", id: fresh(), label, fragments: parts(thrown) }),
		() => ({ op: "move_span", id, fragments: parts(thrown) }),
		() => ({ op: "relabel_span", id, label }),
		() => ({
			op: "set_attributes",
			id,
			attributes: values(thrown, now.spans.get(id)?.label),
			flag: thrown.one([true, false]),
		}),
		() => ({ op: "set_attributes", id, attributes: {}, confidence: thrown.one([null, 0.5]) }),
		() => ({ op: "delete_span", id }),
		() => ({
			op: "add_relation",
			id: fresh(),
			type: "ATTRIBUTED_TO",
			from: id,
			to: thrown.one(known),
			attributes: { cue: thrown.one(known) },
		}),
		() => ({ op: "add_relation", id: fresh(), type: "ABOUT", from: id, to: thrown.one(known) }),
		() => ({
			op: "set_relation_attributes",
			id: thrown.one(links),
			attributes: { attitude: thrown.one(["belief", null]), cue: thrown.one(known) },
		}),
		() => ({ op: "delete_relation", id: thrown.one(links) }),
	];
	return thrown.one(kinds)();
}

/** A state as something that can be compared: in no order. @param {State} one */
export function plain({ spans, relations }) {
	const byId = (/** @type {{id: string}} */ a, /** @type {{id: string}} */ b) => (a.id < b.id ? -1 : 1);
	return { spans: [...spans.values()].sort(byId), relations: [...relations.values()].sort(byId) };
}
