/** What is asked of a state again and again, worked out once per state: order, links by span, ordinals. Pure. */

import { byPlace, endOf } from "./segments.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Span} Span */
/** @typedef {import("./state.js").Relation} Relation */

/** @type {WeakMap<object, Span[]>} */
const orders = new WeakMap();
/** @type {WeakMap<object, Map<string, Relation[]>>} */
const links = new WeakMap();

/** All spans in order of the text. @param {State} state */
export function ordered(state) {
	let order = orders.get(state.spans);
	if (!order) {
		order = [...state.spans.values()].sort(byPlace);
		orders.set(state.spans, order);
	}
	return order;
}

/** The relations that begin or end at a span. @param {State} state @param {string} id @returns {Relation[]} */
export function linksOf(state, id) {
	let index = links.get(state.relations);
	if (!index) {
		index = new Map();
		for (const each of state.relations.values())
			for (const end of [each.from, each.to]) {
				const list = index.get(end);
				if (list) list.push(each);
				else index.set(end, [each]);
			}
		links.set(state.relations, index);
	}
	return index.get(id) ?? [];
}

/** The relations that name a span in one of their fields, as its cue say. @param {State} state @param {string} id */
export function naming(state, id) {
	return [...state.relations.values()].filter((each) => Object.values(each.attributes).includes(id));
}

/** @type {WeakMap<object, Map<string, {place: number, of: number}>>} */
const ordinals = new WeakMap();

/** "3 of 14" among the spans of its label. @param {State} state @param {Span} span */
export function ordinal(state, span) {
	let found = ordinals.get(state.spans);
	if (!found) {
		found = numbered(ordered(state));
		ordinals.set(state.spans, found);
	}
	return found.get(span.id) ?? { place: 0, of: 0 };
}

/** @param {Span[]} order */
function numbered(order) {
	/** @type {Map<string, number>} */
	const counts = new Map();
	const found = new Map();
	for (const { id, label } of order) {
		const place = (counts.get(label) ?? 0) + 1;
		counts.set(label, place);
		found.set(id, { place, of: 0 });
	}
	for (const { id, label } of order) found.get(id).of = counts.get(label);
	return found;
}

/** The spans that cover a position, the innermost first. @param {State} state @param {number} point */
export function covering(state, point) {
	const found = ordered(state).filter((span) => span.fragments.some((each) => each.start <= point && point < each.end));
	return found.reverse();
}

/**
 * The next span after a position in the text, or before it; the first again behind the last.
 * @param {State} state @param {Span | undefined} from @param {number} point @param {1 | -1} step
 * @param {(span: Span) => boolean} [wanted]
 */
export function neighbour(state, from, point, step, wanted = () => true) {
	const order = ordered(state);
	if (!order.length) return undefined;
	let index = from ? order.indexOf(from) : order.findIndex((each) => each.fragments[0].start >= point);
	if (!from) index = index < 0 ? order.length : index;
	let place = from || step < 0 ? index + step : index;
	for (let tried = 0; tried < order.length; tried++, place += step) {
		const span = order[((place % order.length) + order.length) % order.length];
		if (wanted(span)) return span;
	}
	return undefined;
}

/** How far two spans are apart: 0 when they touch or overlap. @param {Span} a @param {Span} b */
export function distance(a, b) {
	let least = Infinity;
	for (const one of a.fragments)
		for (const other of b.fragments) least = Math.min(least, Math.max(one.start - other.end, other.start - one.end, 0));
	return least;
}

/** Positions at which a span begins and ends. @param {Span} span */
export function extent(span) {
	return { start: span.fragments[0].start, end: endOf(span) };
}
