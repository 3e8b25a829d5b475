/**
 * The order in which a span is filled in, in one pass: what is needed, the links that are, then what may be
 * given besides, that of its links first. Pure.
 */

import { linksOf } from "./lookup.js";
import { linksLacking } from "./missing.js";
import { isBarred, isEmpty, lacking } from "./scheme.js";

/** @typedef {import("./scheme.js").Scheme} Scheme */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Span} Span */
/**
 * An attribute of the span (`relation` is null), of a link that begins at it, or a mark of its own ("mark").
 * @typedef {{relation: string | null, attribute: import("./scheme.js").Attribute, values: Record<string, unknown>}} Place
 */
/** @typedef {{place?: Place, link?: string}} Stop a field, or the type of a link that is needed */

/** Every field of a span and of the links that begin at it, as they stand on the card. @param {Scheme} scheme @param {State} state @param {Span} span @returns {Place[]} */
export function placesOf(scheme, state, span) {
	const own = scheme
		.attributes(span.label)
		.map((attribute) => ({ relation: null, attribute, values: span.attributes }));
	const links = linksOf(state, span.id).filter((each) => each.from === span.id);
	const theirs = links.flatMap(({ id, type, attributes }) =>
		scheme.relationAttributes(type).map((attribute) => ({ relation: id, attribute, values: attributes })),
	);
	return [...theirs, ...own];
}

/** @param {Place | null | undefined} a @param {Place | null | undefined} b */
export function isSamePlace(a, b) {
	return !!a && !!b && a.relation === b.relation && a.attribute.name === b.attribute.name;
}

/** @param {Place} place */
export function isNeeded({ attribute, values }) {
	return lacking([attribute], values).length > 0;
}

/** @param {Place} place */
export function isFillable({ attribute, values }) {
	return isEmpty(values[attribute.name]) && !isBarred(attribute, values);
}

/** All that is needed now. @param {Scheme} scheme @param {State} state @param {Span} span @returns {Stop[]} */
export function neededStops(scheme, state, span) {
	const fields = placesOf(scheme, state, span).filter(isNeeded);
	const links = linksLacking(scheme, span, state).filter((each) => !each.barred);
	return [...fields.map((place) => ({ place })), ...links.map(({ code }) => ({ link: code }))];
}

/**
 * Where the pass goes on: from one needed thing to the next, round and round; when nothing is needed, through
 * what may be given, once.
 * @param {Scheme} scheme @param {State} state @param {Span} span
 * @param {Place[]} marks what is filled in last of all @param {Place | null} now where it is
 * @returns {Stop | undefined}
 */
export function nextStop(scheme, state, span, marks, now) {
	const needed = neededStops(scheme, state, span);
	const at = needed.findIndex((each) => isSamePlace(each.place, now));
	if (needed.length) return needed[(at + 1) % needed.length];
	const all = [...placesOf(scheme, state, span), ...marks];
	const here = all.findIndex((each) => isSamePlace(each, now));
	const place = all.slice(here + 1).find(isFillable);
	return place && { place };
}
