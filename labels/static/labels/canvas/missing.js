/**
 * What a set still lacks by its scheme, as sentences that lead to the spot. A hint while one works: what
 * submitting says, the server says.
 */

import { linksOf, ordered } from "./lookup.js";
import { holds, isBarred, isEmpty, lacking, titleOf } from "./scheme.js";
import { t } from "./words.js";

/** @typedef {{span: string | null, relation: string | null, attribute: string | null, code?: string, message: string, barred?: boolean}} Lack barred: it is there, and must not be */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Span} Span */
/** @typedef {import("./scheme.js").Scheme} Scheme */

/** What the links of a span lack. @param {Scheme} scheme @param {Span} span @param {State} state @returns {Lack[]} */
export function linksLacking(scheme, span, state) {
	/** @type {Lack[]} */
	const found = [];
	const mine = linksOf(state, span.id);
	for (const type of scheme.relations.values()) {
		const title = titleOf(type);
		const lack = { span: span.id, relation: null, attribute: null, code: type.name };
		const both = mine.filter((each) => each.type === type.name);
		const out = type.symmetric ? both : both.filter((each) => each.from === span.id);
		const into = type.symmetric ? both : both.filter((each) => each.to === span.id);
		if (type.from.includes(span.label)) {
			const needed = Math.max(type.min ?? 0, type.required && holds(type.required, span.attributes) ? 1 : 0);
			if (out.length < needed)
				found.push({
					...lack,
					message: linking(scheme, state, type, title),
				});
			else if (out.length && isBarred(type, span.attributes))
				found.push({
					...lack,
					barred: true,
					message: t("A link “{title}” does not go with its attributes.", { title }),
				});
		}
		if (type.to.includes(span.label) && into.length < (type.to_min ?? 0))
			found.push({
				...lack,
				message: t("Link its {labels} to it (“{title}”).", { labels: either(scheme, type.from), title }),
			});
	}
	return found;
}

/** What to do about a link that is needed. @param {Scheme} scheme @param {State} state @param {import("./scheme.js").RelationType} type @param {string} title */
function linking(scheme, state, type, title) {
	const said = { labels: either(scheme, type.to), title };
	return ordered(state).some((each) => type.to.includes(each.label))
		? t("Link it to its {labels} (“{title}”).", said)
		: t("Mark its {labels}, then link it (“{title}”).", said);
}

/** @param {Scheme} scheme @param {string[]} labels */
function either(scheme, labels) {
	return labels.map((each) => scheme.title(each)).join(t(" or "));
}

/** What was found before, as long as neither the span nor the links have changed. @type {WeakMap<object, WeakMap<Span, Lack[]>>} */
const found = new WeakMap();

/** What one span lacks, its links included. @param {Scheme} scheme @param {Span} span @param {State} state @returns {Lack[]} */
export function lacksOf(scheme, span, state) {
	const known = found.get(state.relations) ?? new WeakMap();
	found.set(state.relations, known);
	const lacks = known.get(span) ?? lookFor(scheme, span, state);
	known.set(span, lacks);
	return lacks;
}

/** @param {Scheme} scheme @param {Span} span @param {State} state @returns {Lack[]} */
function lookFor(scheme, span, state) {
	const attributes = scheme.attributes(span.label);
	const found = lacking(attributes, span.attributes).map((each) => ({
		span: span.id,
		relation: /** @type {string | null} */ (null),
		attribute: /** @type {string | null} */ (each.name),
		message: t("{field} is missing.", { field: titleOf(each) }),
	}));
	for (const each of attributes)
		if (!isEmpty(span.attributes[each.name]) && isBarred(each, span.attributes))
			found.push({
				span: span.id,
				relation: null,
				attribute: each.name,
				message: t("{field} does not go with the other values.", { field: titleOf(each) }),
			});
	for (const link of linksOf(state, span.id).filter((each) => each.from === span.id))
		for (const each of lacking(scheme.relationAttributes(link.type), link.attributes))
			found.push({
				span: span.id,
				relation: link.id,
				attribute: each.name,
				message: t("{field} is missing.", { field: titleOf(each) }),
			});
	return [...found, ...linksLacking(scheme, span, state)];
}

/** A row for each span: what it lacks, first what comes first. @param {Lack[]} lacks @returns {Lack[][]} */
export function rowsOf(lacks) {
	/** @type {Map<string | null, Lack[]>} */
	const rows = new Map();
	for (const each of lacks) rows.set(each.span, [...(rows.get(each.span) ?? []), each]);
	return [...rows.values()];
}

/** All lacks in order of the text. @param {Scheme} scheme @param {State} state */
export function lacks(scheme, state) {
	return ordered(state).flatMap((span) => lacksOf(scheme, span, state));
}
