/** What an act was, for those who take it back or do it again: "marked claim “it is unacceptable”". Pure. */

import { quoteOf } from "../fragments.js";
import { titleOf } from "../scheme.js";
import { counted, t, within } from "../words.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../state.js").Operation} Operation */
/** @typedef {import("../state.js").Span} Span */
/** @typedef {import("../state.js").Relation} Relation */
/** @typedef {import("../scheme.js").Scheme} Scheme */

const LONGEST = 40;

/** @param {Scheme} scheme @param {Span | undefined} span */
function named(scheme, span) {
	const label = within(scheme.title(span?.label ?? ""));
	return t("{label} “{quote}”", { label, quote: quoteOf(span?.fragments ?? [], LONGEST) });
}

/** @param {import("../scheme.js").Attribute[]} attributes @param {Operation} operation */
function fields(attributes, { attributes: values = {}, flag, confidence }) {
	const titles = attributes.filter((each) => each.name in values).map(titleOf);
	if (flag !== undefined) titles.push(t("flag"));
	if (confidence !== undefined) titles.push(t("confidence"));
	return titles.join(", ");
}

/** Operations of one kind: what is restored was marked before. @param {Operation[]} operations @param {...string} kinds */
function of(operations, ...kinds) {
	return operations.filter(({ op }) => kinds.includes(op));
}

/**
 * An act by its weightiest part: what a merge or a new label takes along is not told.
 * @param {Operation[]} operations @param {State} state on which they were carried out @param {State} after them @param {Scheme} scheme
 */
export function toldOf(operations, state, after, scheme) {
	const span = (/** @type {string} */ id) => named(scheme, after.spans.get(id) ?? state.spans.get(id));
	const [gone] = of(operations, "delete_span");
	const [moved] = of(operations, "move_span");
	const [renamed] = of(operations, "relabel_span");
	const [filled] = of(operations, "set_attributes");
	const made = of(operations, "add_span", "restore_span");
	if (moved && gone) return t("merged into {span}", { span: span(moved.id) });
	if (moved && made.length) return t("split {span}", { span: named(scheme, state.spans.get(moved.id)) });
	if (made.length > 1) return counted(made.length, "marked {n} span", "marked {n} spans");
	if (made.length) return t("marked {span}", { span: span(made[0].id) });
	if (renamed) return t("renamed to {span}", { span: span(renamed.id) });
	if (gone) return t("deleted {span}", { span: span(gone.id) });
	if (moved) return t("moved the edges of {span}", { span: span(moved.id) });
	if (filled) {
		const { label, fragments } = after.spans.get(filled.id) ?? { label: "", fragments: [] };
		const quote = quoteOf(fragments, LONGEST);
		return t("{fields} of “{quote}”", { fields: fields(scheme.attributes(label), filled), quote });
	}
	return linkTold(operations, state, after, scheme);
}

/** @param {Operation[]} operations @param {State} state @param {State} after @param {Scheme} scheme */
function linkTold([operation], state, after, scheme) {
	const { op, id } = operation;
	const link = after.relations.get(id) ?? state.relations.get(id);
	const end = (/** @type {string | undefined} */ at) => quoteOf(state.spans.get(at ?? "")?.fragments ?? [], LONGEST);
	const said = { title: scheme.relationTitle(link?.type ?? ""), from: end(link?.from), to: end(link?.to) };
	if (op === "delete_relation") return t("took out the link “{title}” from “{from}” to “{to}”", said);
	if (op !== "set_relation_attributes") return t("made the link “{title}” from “{from}” to “{to}”", said);
	const titles = fields(scheme.relationAttributes(link?.type ?? ""), operation);
	return t("{fields} of the link “{title}” to “{to}”", { ...said, fields: titles });
}
