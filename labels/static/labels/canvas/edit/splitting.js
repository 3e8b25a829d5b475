/** One span as several: at a place, or into its parts. Each has the values and the links of the whole. Pure. */

import { quoted } from "../fragments.js";
import { linksOf } from "../lookup.js";
import { hasRoom } from "./merging.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../state.js").Span} Span */
/** @typedef {import("../state.js").Operation} Operation */
/** @typedef {import("../scheme.js").Scheme} Scheme */
/** @typedef {import("../fragments.js").Stretch} Stretch */

/**
 * The stretches before and behind a place in a span, without what is loose at the cut; null where it lies at an edge.
 * @param {Stretch[]} fragments @param {number} at @param {(stretch: Stretch) => Stretch | null} snap
 * @returns {[Stretch[], Stretch[]] | null}
 */
export function cutAt(fragments, at, snap) {
	const before = fragments
		.filter((each) => each.start < at)
		.map(({ start, end }) => ({ start, end: Math.min(end, at) }));
	const behind = fragments
		.filter((each) => each.end > at)
		.map(({ start, end }) => ({ start: Math.max(start, at), end }));
	const [last, first] = [before.at(-1), behind[0]];
	if (!last || !first) return null;
	last.end = Math.min(snap(last)?.end ?? last.end, last.end);
	first.start = Math.max(snap(first)?.start ?? first.start, first.start);
	return [before, behind];
}

/**
 * What makes several spans of one; the first keeps its id.
 * @param {State} state @param {Scheme} scheme @param {import("../fragments.js").Text} text @param {Span} span @param {Stretch[][]} parts
 * @returns {{operations: Operation[], lost: number}} `lost`: links that some part cannot have
 */
export function splitting(state, scheme, text, span, parts) {
	const [own, ...others] = parts.map((each) => quoted(each, text));
	const links = [...state.relations.values()];
	let lost = 0;
	/** @type {Operation[]} */
	const operations = [{ op: "move_span", id: span.id, fragments: own }];
	const { label, attributes, flag } = span;
	for (const fragments of others) {
		const id = crypto.randomUUID();
		operations.push({ op: "add_span", id, label, fragments, attributes, ...(flag ? { flag } : {}) });
		for (const old of linksOf(state, span.id)) {
			const put = (/** @type {string} */ end) => (end === span.id ? id : end);
			const link = { ...old, id: crypto.randomUUID(), from: put(old.from), to: put(old.to) };
			if (!hasRoom(links, scheme.relations.get(old.type), link.from)) lost++;
			else {
				links.push(link);
				const { type, from, to } = link;
				operations.push({ op: "add_relation", id: link.id, type, from, to, attributes: old.attributes });
			}
		}
	}
	return { operations, lost };
}
