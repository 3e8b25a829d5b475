/** What can be done to the stretches of a span: joined, added to, cut out of, moved at an edge. Pure. */

import { segments } from "./segmenter.js";

/** @typedef {{start: number, end: number}} Stretch */
/** @typedef {{trim: (stretch: Stretch) => Stretch | null, slice: (start: number, end: number) => string}} Text */

/**
 * Sorted, and joined where they touch, overlap or leave but blanks of one line between them.
 * @param {Stretch[]} stretches @param {Text} [text] @returns {Stretch[]}
 */
export function joined(stretches, text) {
	/** @type {Stretch[]} */
	const found = [];
	for (const { start, end } of [...stretches].sort((a, b) => a.start - b.start)) {
		const last = found[found.length - 1];
		const isNear = last && (start <= last.end || (text && /^[^\S\n]+$/.test(text.slice(last.end, start))));
		if (isNear) last.end = Math.max(last.end, end);
		else found.push({ start, end });
	}
	return found;
}

/** What is left when a stretch is cut out, without blanks at the edges. @param {Stretch[]} stretches @param {Stretch} cut @param {Text} text */
export function without(stretches, cut, text) {
	const parts = stretches.flatMap(({ start, end }) => [
		{ start, end: Math.min(end, cut.start) },
		{ start: Math.max(start, cut.end), end },
	]);
	const kept = parts.filter((each) => each.start < each.end).map((each) => text.trim(each));
	return kept.filter((each) => each !== null);
}

/**
 * The outer start or end moved to a position; null where nothing would be left.
 * @param {Stretch[]} stretches @param {"start" | "end"} edge @param {number} position
 * @returns {Stretch[] | null}
 */
export function moved(stretches, edge, position) {
	const copy = stretches.map(({ start, end }) => ({ start, end }));
	const index = edge === "start" ? 0 : copy.length - 1;
	copy[index][edge] = position;
	if (copy[index].start >= copy[index].end) return null;
	return joined(copy);
}

/** With the quotes that the server checks them by. @param {Stretch[]} stretches @param {Text} text */
export function quoted(stretches, text) {
	return stretches.map(({ start, end }) => ({ start, end, quote: text.slice(start, end) }));
}

/** @param {Stretch[]} some @param {Stretch[]} others */
export function isSame(some, others) {
	return (
		some.length === others.length &&
		some.every((each, index) => each.start === others[index].start && each.end === others[index].end)
	);
}

/** The words of a span in one line. @param {{quote: string}[]} fragments @param {number} [longest] */
export function quoteOf(fragments, longest = Infinity) {
	const whole = fragments
		.map((each) => each.quote)
		.join(" … ")
		.replace(/\s+/gu, " ");
	if (whole.length <= longest) return whole;
	// A character may be several units long: look at enough of them, not at all.
	const begin = whole.slice(0, longest * 16);
	const shown = Array.from(segments(begin, "grapheme"), (each) => each.segment);
	if (begin === whole && shown.length <= longest) return whole;
	const kept = shown.slice(0, longest - 1).join("");
	return `${kept.trimEnd()}…`;
}
