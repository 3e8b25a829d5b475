/** What is said at a span: the chips behind a claim that name its source, and its description in words. */

import { STEPS, stepOf } from "./confidence.js";
import { build } from "./element.js";
import { quoteOf } from "./fragments.js";
import { linksOf, ordinal } from "./lookup.js";
import { valueTitle } from "./scheme.js";
import { t } from "./words.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./scheme.js").Scheme} Scheme */
/** @typedef {{text: string, to: string, label: string, slot: number}} Chip */

const LONGEST = 28;
const MOST = 3;

/** Whether a relation type is worth a chip: one that says something about its first end. @param {Scheme} scheme @param {string} type */
function isTold(scheme, type) {
	const found = scheme.relations.get(type);
	return !!found && !found.symmetric && (found.attributes?.length ?? 0) > 0;
}

/**
 * Values worth telling: those of required attributes that are not the first, plain one.
 * @param {Scheme} scheme @param {import("./state.js").Relation} link
 */
function told(scheme, link) {
	const due = scheme.relationAttributes(link.type).filter((each) => each.required && each.values?.length);
	return due
		.filter((each) => link.attributes[each.name] && link.attributes[each.name] !== each.values?.[0])
		.map((each) => valueTitle(each, link.attributes[each.name]));
}

/** @param {State} state @param {Scheme} scheme @param {string} id @returns {Chip[]} */
export function chipsOf(state, scheme, id) {
	const links = linksOf(state, id).filter((each) => each.from === id && isTold(scheme, each.type));
	return links.slice(0, MOST).flatMap((link) => {
		const to = state.spans.get(link.to);
		if (!to) return [];
		const quote = quoteOf(to.fragments, LONGEST);
		const text = [quote, ...told(scheme, link)].join(" · ");
		const label = [scheme.relationTitle(link.type), quote, ...told(scheme, link)].join(" ");
		return [{ text, to: link.to, label, slot: scheme.slot(to.label) }];
	});
}

/** Chips that stand together, in the gap below the words: they are no part of the line. @param {Chip[]} chips */
export function chipRow(chips) {
	const elements = chips.map(({ text, to, label, slot }) => {
		const properties = { class: "said", "data-text": text, "data-to": to, "data-slot": slot };
		return build("span", { ...properties, role: "link", "aria-label": label });
	});
	return build("span", { class: "chips" }, ...elements);
}

/** "Claim, said by Suga, 2 of 14". @param {State} state @param {Scheme} scheme @param {string} id */
export function describe(state, scheme, id) {
	const span = state.spans.get(id);
	if (!span) return "";
	const said = chipsOf(state, scheme, id).map((each) => each.label);
	const { place, of } = ordinal(state, span);
	const sure = stepOf(span.confidence);
	return [
		scheme.title(span.label),
		...said,
		span.flag && t("flagged"),
		sure !== STEPS[0].title && sure,
		t("{place} of {all}", { place, all: of }),
	]
		.filter((each) => each)
		.join(", ");
}

/** "Claim, said by Suga, 2 of 14: it is unacceptable". @param {State} state @param {Scheme} scheme @param {import("./state.js").Span} span */
export function introduce(state, scheme, span) {
	return `${describe(state, scheme, span.id)}: ${quoteOf(span.fragments, 120)}`;
}

/** Where a span goes on behind one that lies in it: "Claim goes on". @param {State} state @param {Scheme} scheme @param {string} id */
function goesOn(state, scheme, id) {
	return t("{label} goes on", { label: scheme.title(state.spans.get(id)?.label ?? "") });
}

/** What is said at a span of what a canvas shows, by its id. @param {{state: State, scheme: Scheme}} canvas */
export function spoken(canvas) {
	return {
		chips: (/** @type {string} */ id) => chipsOf(canvas.state, canvas.scheme, id),
		describe: (/** @type {string} */ id) => describe(canvas.state, canvas.scheme, id),
		goesOn: (/** @type {string} */ id) => goesOn(canvas.state, canvas.scheme, id),
	};
}
