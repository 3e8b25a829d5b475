/** How a span goes and comes back: with its relations, and with the references to it. Pure. */

import { changed, merged } from "./merge.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Span} Span */
/** @typedef {import("./state.js").Relation} Relation */
/** @typedef {import("./state.js").Operation} Operation */
/** @typedef {import("./state.js").Reference} Reference */
/** @typedef {import("./state.js").Step} Step */
/** @typedef {import("./scheme.js").Scheme} Scheme */

/** The attributes of relations that name a span. @param {State} state @param {string} id @param {Scheme} scheme @returns {Reference[]} */
function references(state, id, scheme) {
	const found = [];
	for (const relation of state.relations.values())
		for (const { name, type } of scheme.relationAttributes(relation.type))
			if (type === "span" && relation.attributes[name] === id) found.push({ relation: relation.id, name });
	return found;
}

/**
 * Relations with a reference set or cleared, and the spans they join.
 * @param {Map<string, Relation>} relations @param {Reference[]} list @param {string | null} value
 */
function refer(relations, list, value) {
	const touched = [];
	for (const { relation, name } of list) {
		const link = relations.get(relation);
		if (!link || (value && link.attributes[name])) continue;
		relations.set(relation, { ...link, attributes: merged(link.attributes, { [name]: value }) });
		touched.push(link.from, link.to);
	}
	return touched;
}

/** A span goes, its relations with it. @param {State} state @param {Operation} operation @param {Scheme} scheme @returns {Step | null} */
export function deleteSpan(state, { id }, scheme) {
	const span = state.spans.get(id);
	if (!span) return null;
	const along = [...state.relations.values()].filter((each) => each.from === id || each.to === id);
	const relations = new Map(state.relations);
	for (const each of along) relations.delete(each.id);
	const cleared = references({ ...state, relations }, id, scheme);
	const touched = [id, ...along.flatMap((each) => [each.from, each.to]), ...refer(relations, cleared, null)];
	const inverse = [{ op: "restore_span", id, unit: span, along, cleared }];
	return { state: { spans: changed(state.spans, id, null), relations }, inverse, touched };
}

/** It comes back, with what went along. @param {State} state @param {Operation} operation @returns {Step | null} */
export function restoreSpan(state, { id, unit, along = [], cleared = [] }) {
	if (!unit || state.spans.has(id)) return null;
	const spans = changed(state.spans, id, /** @type {Span} */ (unit));
	const back = along.filter((each) => spans.has(each.from) && spans.has(each.to));
	const relations = new Map(state.relations);
	for (const each of back) relations.set(each.id, each);
	const touched = [id, ...back.flatMap((each) => [each.from, each.to]), ...refer(relations, cleared, id)];
	return { state: { spans, relations }, inverse: [{ op: "delete_span", id }], touched };
}
