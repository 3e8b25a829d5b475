/** Which spans are listed: those of a label, in a state, and how that is said. Pure. */

import { lacksOf } from "../missing.js";
import { counted, t } from "../words.js";

/** @typedef {import("../state.js").Span} Span */
/** @typedef {{label: string | null, state: string | null}} Filter */

/** What is told as a state besides the reviewer's marks. */
const OPEN = t("not complete");
const FLAGGED = t("flagged");
const UNSURE = t("low confidence");
/** Below it a confidence is low. */
const LOW = 0.5;

/** The states that a span is in. @param {{scheme: import("../scheme.js").Scheme, state: import("../state.js").State}} canvas @param {Span} span @param {string} mark the reviewer's @returns {string[]} */
export function statesOf({ scheme, state }, span, mark) {
	const { confidence } = span;
	const isLow = confidence !== null && confidence !== undefined && confidence < LOW;
	const isOpen = lacksOf(scheme, span, state).length > 0;
	return [isOpen ? OPEN : "", mark, span.flag ? FLAGGED : "", isLow ? UNSURE : ""].filter((each) => each);
}

/** How many spans are in each state, in the order in which they are offered. @param {string[][]} states of all spans @returns {Map<string, number>} */
export function tally(states) {
	const all = states.flat();
	const marks = all.filter((each) => ![OPEN, FLAGGED, UNSURE].includes(each));
	const order = [OPEN, ...marks.sort(), FLAGGED, UNSURE];
	const counts = new Map(order.map((each) => [each, 0]));
	for (const each of all) counts.set(each, (counts.get(each) ?? 0) + 1);
	return new Map([...counts].filter(([, count]) => count > 0));
}

/** A filter after one of its parts was chosen; chosen again, it is off. @param {Filter} filter @param {Partial<Filter>} part @returns {Filter} */
export function toggled(filter, part) {
	const [[name, value]] = Object.entries(part);
	return { ...filter, [name]: filter[/** @type {keyof Filter} */ (name)] === value ? null : value };
}

/** "4 of 14 spans: claim, not complete". @param {number} shown @param {number} all @param {(string | null)[]} parts */
export function listed(shown, all, parts) {
	const what = parts.filter((each) => each).join(", ");
	return what
		? counted(all, "{shown} of {n} span: {what}", "{shown} of {n} spans: {what}", { shown, what })
		: counted(all, "{n} span", "{n} spans");
}
