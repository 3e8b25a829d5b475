/**
 * The spans and relations of one set, and what an operation makes of them. Pure: a step gives a new state
 * and the operations that take it back, so that painting ahead, undo and catching up share one code.
 * The server decides; this only foresees what it will say yes to.
 */

import { changed, merged, unmerged } from "./merge.js";
import { deleteSpan, restoreSpan } from "./removal.js";

/** @typedef {{start: number, end: number, quote: string}} Fragment offsets are code points */
/**
 * @typedef {object} Span
 * @property {string} id
 * @property {string} label
 * @property {Fragment[]} fragments
 * @property {Record<string, unknown>} attributes
 * @property {number} [rev]
 * @property {string} [origin]
 * @property {string | null} [derived_from]
 * @property {number | null} [confidence]
 * @property {boolean} [flag]
 */
/** @typedef {{id: string, type: string, from: string, to: string, attributes: Record<string, unknown>, rev?: number}} Relation */
/** @typedef {{spans: ReadonlyMap<string, Span>, relations: ReadonlyMap<string, Relation>}} State */
/**
 * An operation of the API. `unit`, `along` and `cleared` are for this browser alone: what a restore brings back.
 * @typedef {object} Operation
 * @property {string} op
 * @property {string} id
 * @property {string} [label]
 * @property {string} [type]
 * @property {string} [from]
 * @property {string} [to]
 * @property {Fragment[]} [fragments]
 * @property {Record<string, unknown>} [attributes]
 * @property {boolean} [flag]
 * @property {number | null} [confidence]
 * @property {string} [origin]
 * @property {string | null} [derived_from]
 * @property {Span | Relation} [unit]
 * @property {Relation[]} [along]
 * @property {Reference[]} [cleared]
 */
/** @typedef {{relation: string, name: string}} Reference a relation's attribute that names a span */
/** @typedef {{state: State, inverse: Operation[], touched: string[]}} Step */
/** @typedef {import("./scheme.js").Scheme} Scheme */

/** @param {{spans: Span[], relations: Relation[]}} set @returns {State} */
export function fromSet(set) {
	return {
		spans: new Map(set.spans.map((each) => [each.id, each])),
		relations: new Map(set.relations.map((each) => [each.id, each])),
	};
}

/** What is sent of an operation. @param {Operation} operation */
export function wire({ unit, along, cleared, ...rest }) {
	return rest;
}

/** @param {State} state @param {Span} span @param {Operation[]} inverse @returns {Step} */
function withSpan(state, span, inverse) {
	return { state: { ...state, spans: changed(state.spans, span.id, span) }, inverse, touched: [span.id] };
}

/** @param {State} state @param {Relation} link @param {Operation[]} inverse @returns {Step} */
function withRelation(state, link, inverse) {
	const relations = changed(state.relations, link.id, link);
	return { state: { ...state, relations }, inverse, touched: [link.from, link.to] };
}

/** Whether a value can stand under a label, too. @param {Scheme} scheme @param {string} label @param {string} name @param {unknown} value */
function isKept(scheme, label, name, value) {
	const attribute = scheme.attributes(label).find((each) => each.name === name);
	if (!attribute) return false;
	return !attribute.values?.length || [value].flat().every((each) => attribute.values?.includes(String(each)));
}

/** @type {Record<string, (state: State, operation: Operation, scheme: Scheme) => Step | null>} */
const STEPS = {
	add_span(state, { id, label = "", fragments = [], attributes = {}, ...rest }) {
		if (state.spans.has(id)) return null;
		const { origin = "hand", derived_from = null, confidence = null, flag = false } = rest;
		const span = { id, label, fragments, attributes: merged(attributes, {}), origin, derived_from, confidence, flag };
		return withSpan(state, span, [{ op: "delete_span", id }]);
	},
	move_span(state, { id, fragments = [] }) {
		const span = state.spans.get(id);
		return span ? withSpan(state, { ...span, fragments }, [{ op: "move_span", id, fragments: span.fragments }]) : null;
	},
	relabel_span(state, { id, label = "" }, scheme) {
		const span = state.spans.get(id);
		if (!span) return null;
		const entries = Object.entries(span.attributes);
		const attributes = Object.fromEntries(entries.filter((each) => isKept(scheme, label, ...each)));
		const lost = Object.fromEntries(entries.filter((each) => !isKept(scheme, label, ...each)));
		/** @type {Operation[]} */
		const inverse = [{ op: "relabel_span", id, label: span.label }];
		if (Object.keys(lost).length) inverse.push({ op: "set_attributes", id, attributes: lost });
		return withSpan(state, { ...span, label, attributes }, inverse);
	},
	set_attributes(state, { id, attributes = {}, ...marks }) {
		const span = state.spans.get(id);
		if (!span) return null;
		/** @type {Operation} */
		const back = { op: "set_attributes", id, attributes: unmerged(span.attributes, attributes) };
		const next = { ...span, attributes: merged(span.attributes, attributes) };
		if (marks.flag !== undefined) [back.flag, next.flag] = [span.flag ?? false, marks.flag];
		if (marks.confidence !== undefined)
			[back.confidence, next.confidence] = [span.confidence ?? null, marks.confidence];
		return withSpan(state, next, [back]);
	},
	delete_span: deleteSpan,
	restore_span: restoreSpan,
	add_relation(state, { id, type = "", from = "", to = "", attributes = {} }) {
		if (state.relations.has(id) || !state.spans.has(from) || !state.spans.has(to)) return null;
		const link = { id, type, from, to, attributes: merged(attributes, {}) };
		return withRelation(state, link, [{ op: "delete_relation", id }]);
	},
	set_relation_attributes(state, { id, attributes = {} }) {
		const link = state.relations.get(id);
		if (!link) return null;
		const back = { op: "set_relation_attributes", id, attributes: unmerged(link.attributes, attributes) };
		return withRelation(state, { ...link, attributes: merged(link.attributes, attributes) }, [back]);
	},
	delete_relation(state, { id }) {
		const link = state.relations.get(id);
		if (!link) return null;
		const relations = changed(state.relations, id, null);
		const inverse = [{ op: "restore_relation", id, unit: link }];
		return { state: { ...state, relations }, inverse, touched: [link.from, link.to] };
	},
	restore_relation(state, { id, unit }) {
		const link = /** @type {Relation | undefined} */ (unit);
		if (!link || state.relations.has(id)) return null;
		if (!state.spans.has(link.from) || !state.spans.has(link.to)) return null;
		return withRelation(state, link, [{ op: "delete_relation", id }]);
	},
};

/** One step, or null where it no longer fits. @param {State} state @param {Operation} operation @param {Scheme} scheme */
export function apply(state, operation, scheme) {
	return STEPS[operation.op]?.(state, operation, scheme) ?? null;
}
