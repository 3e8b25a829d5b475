/**
 * Cuts a paragraph at every boundary of the spans on it: flat runs, each covered by the same spans from
 * end to end, and each span on a lane of its own where spans lie on each other. Pure.
 */

/**
 * What covers a run: which span, on which lane, and whether it begins or ends there.
 * @typedef {object} Cover
 * @property {import("./state.js").Span} span
 * @property {number} lane
 * @property {boolean} first the span begins with this run
 * @property {boolean} last the span ends with this run
 */
/** @typedef {{start: number, end: number, covers: Cover[]}} Run runs without covers are plain text */
/** @typedef {import("./state.js").Span} Span */

/** Outer before inner, earlier before later. @param {Span} a @param {Span} b */
export function byPlace(a, b) {
	return (
		a.fragments[0].start - b.fragments[0].start ||
		endOf(b) - endOf(a) ||
		(a.label < b.label ? -1 : a.label > b.label ? 1 : 0) ||
		(a.id < b.id ? -1 : 1)
	);
}

/** Behind the last code point. @param {Span} span */
export function endOf(span) {
	return span.fragments[span.fragments.length - 1].end;
}

/** The parts of a span inside [start, end). @param {Span} span @param {number} start @param {number} end */
function inside(span, start, end) {
	const parts = span.fragments.filter((each) => each.start < end && each.end > start);
	return parts.map((each) => ({ from: Math.max(each.start, start), to: Math.min(each.end, end) }));
}

/**
 * The lowest lane on which no other span lies under any part of this one.
 * @param {{from: number, to: number}[]} parts @param {{from: number, to: number}[][]} lanes
 */
function freeLane(parts, lanes) {
	const taken = (/** @type {{from: number, to: number}[]} */ lane) =>
		lane.some((other) => parts.some((part) => part.from < other.to && other.from < part.to));
	const lane = lanes.findIndex((each) => !taken(each));
	return lane < 0 ? lanes.length : lane;
}

/**
 * The runs of [start, end), in order and without gaps.
 * @param {number} start @param {number} end @param {Span[]} spans those that touch the paragraph
 * @returns {Run[]}
 */
export function runs(start, end, spans) {
	/** @type {{from: number, to: number}[][]} */
	const lanes = [];
	const placed = [];
	const cuts = new Set([start, end]);
	for (const span of [...spans].sort(byPlace)) {
		const parts = inside(span, start, end);
		if (!parts.length) continue;
		const lane = freeLane(parts, lanes);
		lanes[lane] = [...(lanes[lane] ?? []), ...parts];
		for (const part of parts) {
			cuts.add(part.from).add(part.to);
			placed.push({ span, lane, ...part });
		}
	}
	return covered(
		[...cuts].sort((a, b) => a - b),
		placed,
	);
}

/**
 * @param {number[]} cuts ascending
 * @param {{span: Span, lane: number, from: number, to: number}[]} placed in order of span
 */
function covered(cuts, placed) {
	/** @type {Run[]} */
	const found = cuts.slice(1).map((end, index) => ({ start: cuts[index], end, covers: [] }));
	const place = new Map(cuts.map((cut, index) => [cut, index]));
	for (const { span, lane, from, to } of placed) {
		const stop = /** @type {number} */ (place.get(to));
		for (let index = /** @type {number} */ (place.get(from)); index < stop; index++) {
			const run = found[index];
			run.covers.push({
				span,
				lane,
				first: run.start === span.fragments[0].start,
				last: run.end === endOf(span),
			});
		}
	}
	return found;
}
