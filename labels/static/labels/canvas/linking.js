/**
 * What a span can be linked with: every other span that a relation type of the scheme joins it to, in
 * either direction, or that fits into a span attribute of a link: an empty one, or one that it takes over. The
 * nearest first. Pure.
 */

import { distance, extent, linksOf, ordered } from "./lookup.js";
import { isBarred, isEmpty, titleOf } from "./scheme.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Span} Span */
/** @typedef {import("./state.js").Operation} Operation */
/** @typedef {import("./scheme.js").Scheme} Scheme */
/** @typedef {import("./scheme.js").RelationType} RelationType */
/**
 * One way to link: a new relation, or a value of one that stands.
 * @typedef {{title: string, type: string, from: string, to: string, relation?: string, attribute?: string, instead?: boolean}} Way
 * `instead`: of the span that the attribute names now
 */
/** @typedef {{span: Span, ways: Way[], far: number}} Target `far`: in code points, those of other sentences behind all of the same */
/** A link that is asked for: of a type, or for an attribute of one that stands. @typedef {{type?: string, relation?: string, attribute?: string}} Wanted */

/** Hint letters: the home row first; "r" takes the nearest and is no hint. */
export const HINTS = [..."fjdkslahgeiwonmcvpqutybxz"];

/** More than any article is long. */
const ELSEWHERE = 1e9;

/** @param {State} state @param {RelationType} type @param {Span} from @param {Span} to */
function isOpen(state, type, from, to) {
	const mine = linksOf(state, from.id).filter((each) => each.type === type.name);
	if (isBarred(type, from.attributes)) return false;
	return !mine.some((each) => (each.from === from.id && each.to === to.id) || (type.symmetric && each.from === to.id));
}

/** New relations between two spans. @param {State} state @param {Scheme} scheme @param {Span} one @param {Span} other */
function relationsBetween(state, scheme, one, other) {
	/** @type {Way[]} */
	const ways = [];
	for (const type of scheme.relations.values()) {
		const title = scheme.relationTitle(type.name);
		if (scheme.joins(type, one.label, other.label)) {
			if (isOpen(state, type, one, other)) ways.push({ title, type: type.name, from: one.id, to: other.id });
		} else if (scheme.joins(type, other.label, one.label) && isOpen(state, type, other, one))
			ways.push({ title, type: type.name, from: other.id, to: one.id });
	}
	return ways;
}

/** Links of one span that have room for the other, or name another in its place. @param {State} state @param {Scheme} scheme @param {Span} holder @param {Span} value */
function roomIn(state, scheme, holder, value) {
	/** @type {Way[]} */
	const ways = [];
	for (const { id, type, from, to, attributes } of linksOf(state, holder.id)) {
		if (from !== holder.id) continue;
		for (const { name, title, labels } of scheme.relationAttributes(type).filter((each) => each.type === "span"))
			if (attributes[name] !== value.id && (!labels?.length || labels.includes(value.label)))
				ways.push({
					title: titleOf({ name, title }),
					type,
					from,
					to,
					relation: id,
					attribute: name,
					instead: !isEmpty(attributes[name]),
				});
	}
	return ways;
}

/**
 * What could be meant by linking two spans. Filling the gap in a link that stands comes before a new link; where
 * neither is possible, the span takes the place of another: "saying" that of "has asked".
 * @param {State} state @param {Scheme} scheme @param {Span} one @param {Span} other
 */
export function waysBetween(state, scheme, one, other) {
	if (one.id === other.id) return [];
	const theirs = roomIn(state, scheme, other, one);
	const gaps = [...roomIn(state, scheme, one, other), ...theirs].filter((each) => !each.instead);
	if (gaps.length) return gaps.slice(0, 1);
	const relations = relationsBetween(state, scheme, one, other);
	return relations.length ? relations : theirs.slice(0, 1);
}

/** Those ways between two spans that are asked for. @param {State} state @param {Scheme} scheme @param {Span} one @param {Span} other @param {Wanted} wanted */
function wantedWays(state, scheme, one, other, { type, relation, attribute }) {
	if (one.id === other.id) return [];
	if (relation)
		return roomIn(state, scheme, one, other).filter(
			(each) => each.relation === relation && each.attribute === attribute,
		);
	return relationsBetween(state, scheme, one, other).filter((each) => each.type === type);
}

/**
 * Labels that could be at the other end of a link of a label, or in one: the rest need not be looked at.
 * @param {Scheme} scheme @param {string} label
 */
function partners(scheme, label) {
	/** @type {Set<string>} */
	const found = new Set();
	for (const type of scheme.relations.values()) {
		const values = (type.attributes ?? []).filter((each) => each.type === "span").flatMap((each) => each.labels ?? []);
		const ends = [...type.from, ...type.to];
		if (ends.includes(label)) for (const each of [...ends, ...values]) found.add(each);
		if (values.includes(label)) for (const each of ends) found.add(each);
	}
	return found;
}

/** Whether there is anything to link a span with. @param {State} state @param {Scheme} scheme @param {Span} span */
export function isLinkable(state, scheme, span) {
	const labels = partners(scheme, span.label);
	return ordered(state).some((each) => labels.has(each.label) && waysBetween(state, scheme, span, each).length > 0);
}

/**
 * Everything a span can be linked with: what its sentence holds, then the nearest; only what is asked for, where
 * something is.
 * @param {State} state @param {Scheme} scheme @param {Span} span @param {{start: number, end: number}} sentence in which it begins
 * @param {Wanted} [wanted] @returns {Target[]}
 */
export function targets(state, scheme, span, sentence, wanted) {
	/** @type {Target[]} */
	const found = [];
	const labels = partners(scheme, span.label);
	for (const other of ordered(state)) {
		if (!labels.has(other.label)) continue;
		const ways = wanted ? wantedWays(state, scheme, span, other, wanted) : waysBetween(state, scheme, span, other);
		// The source of a claim is far more often at the other end of its sentence than at the begin of the next.
		const isHere = extent(other).start < sentence.end && extent(other).end > sentence.start;
		if (!ways.length || (ways[0].instead && !isHere && !wanted)) continue;
		found.push({ span: other, ways, far: distance(span, other) + (isHere ? 0 : ELSEWHERE) });
	}
	const rank = ranks(scheme);
	return found.sort((a, b) => rank(a) - rank(b) || a.far - b.far);
}

/** Links that the scheme asks for come before those it merely allows; a gap in a far one is seldom meant. @param {Scheme} scheme */
function ranks(scheme) {
	return (/** @type {Target} */ { ways, far }) => {
		if (ways[0].attribute) return ways[0].instead || far >= ELSEWHERE ? 1 : 0;
		const type = scheme.relations.get(ways[0].type);
		return type?.required || type?.min || type?.to_min ? 0 : 1;
	};
}

/**
 * The operations of a way. A new link takes along the one span that fits its empty span attribute and lies
 * in the same sentence, or of several the one that no link has yet: "said" beside "Suga".
 * @param {State} state @param {Scheme} scheme @param {Way} way @param {Span} value what an attribute takes
 * @param {(span: Span) => {start: number, end: number}} around
 * @returns {Operation[]}
 */
export function operationsOf(state, scheme, way, value, around) {
	if (way.relation && way.attribute)
		return [{ op: "set_relation_attributes", id: way.relation, attributes: { [way.attribute]: value.id } }];
	const { type, from, to } = way;
	/** @type {Record<string, unknown>} */
	const attributes = {};
	for (const { name, type: kind, labels } of scheme.relationAttributes(type)) {
		if (kind !== "span" || !labels?.length) continue;
		const fits = beside(state, labels, [from, to], around);
		const [fit, another] = fits.length > 1 ? fits.filter(({ id }) => !isNamed(state, name, id)) : fits;
		if (fit && !another) attributes[name] = fit.id;
	}
	return [{ op: "add_relation", id: crypto.randomUUID(), type, from, to, attributes }];
}

/** Whether a link names a span by an attribute already. @param {State} state @param {string} name @param {string} id */
function isNamed(state, name, id) {
	return [...state.relations.values()].some((each) => each.attributes[name] === id);
}

/**
 * Spans of some labels in the sentence of the second end, and at least as near to it as to any other end.
 * @param {State} state @param {string[]} labels @param {string[]} ends @param {(span: Span) => {start: number, end: number}} around
 */
function beside(state, labels, ends, around) {
	const last = state.spans.get(ends[1]);
	if (!last) return [];
	const place = around(last);
	return ordered(state).filter(
		(each) =>
			labels.includes(each.label) &&
			!ends.includes(each.id) &&
			each.fragments[0].start >= place.start &&
			each.fragments[0].start < place.end,
	);
}
