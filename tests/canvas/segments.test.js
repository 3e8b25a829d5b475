import assert from "node:assert/strict";
import { test } from "node:test";
import { runs } from "../../labels/static/labels/canvas/segments.js";
import { dice, parts, span } from "./made.js";

/** @typedef {import("../../labels/static/labels/canvas/segments.js").Run} Run */

/** @param {Run[]} made */
function shape(made) {
	return made.map(({ start, end, covers }) => [
		start,
		end,
		covers.map((each) => `${each.span.id}${each.lane}`).join(" "),
	]);
}

test("nothing on a paragraph is one plain run; an empty paragraph none", () => {
	assert.deepEqual(shape(runs(10, 20, [])), [[10, 20, ""]]);
	assert.deepEqual(runs(10, 10, []), []);
});

test("a span inside another lies on the next lane, one beside it on the first", () => {
	const found = runs(0, 30, [span("b", "SOURCE", [5, 8]), span("a", "CLAIM", [2, 12]), span("c", "CUE", [12, 20])]);
	assert.deepEqual(shape(found), [
		[0, 2, ""],
		[2, 5, "a0"],
		[5, 8, "a0 b1"],
		[8, 12, "a0"],
		[12, 20, "c0"],
		[20, 30, ""],
	]);
});

test("a cue in the gap of a claim of two parts needs no lane of its own", () => {
	const found = runs(0, 40, [span("a", "CLAIM", [2, 10], [20, 30]), span("b", "CUE", [12, 18])]);
	assert.deepEqual(shape(found), [
		[0, 2, ""],
		[2, 10, "a0"],
		[10, 12, ""],
		[12, 18, "b0"],
		[18, 20, ""],
		[20, 30, "a0"],
		[30, 40, ""],
	]);
});

test("a span over several paragraphs begins in the first and ends in the last", () => {
	const [long] = [span("a", "CLAIM", [5, 25])];
	const [, first] = runs(0, 10, [long]);
	const [middle] = runs(11, 20, [long]);
	const [last] = runs(21, 30, [long]);
	assert.deepEqual(
		[first, middle, last].map(({ covers: [cover] }) => [cover.first, cover.last]),
		[
			[true, false],
			[false, false],
			[false, true],
		],
	);
});

for (let seed = 1; seed <= 200; seed++)
	test(`runs cover a paragraph exactly, each with just the spans on it, no two on a lane (dice ${seed})`, () => {
		const thrown = dice(seed);
		const spans = Array.from({ length: thrown.number(14) }, (_, at) => ({
			...span(`s${at}`, thrown.one(["CLAIM", "SOURCE", "CUE", "ENTITY"])),
			fragments: parts(thrown, 120),
		}));
		const [start, end] = [20, 100];
		const made = runs(start, end, spans);
		assert.equal(made[0].start, start);
		assert.equal(made[made.length - 1].end, end);
		for (const [at, { start: from, end: to, covers }] of made.entries()) {
			assert.ok(from < to);
			if (at) assert.equal(from, made[at - 1].end);
			for (const point of [from, to - 1]) {
				const there = spans.filter((each) => each.fragments.some((part) => part.start <= point && point < part.end));
				assert.deepEqual(covers.map((each) => each.span.id).sort(), there.map((each) => each.id).sort());
			}
			assert.equal(new Set(covers.map((each) => each.lane)).size, covers.length, "lanes");
		}
		for (const each of spans) {
			const lanes = new Set(
				made.flatMap(({ covers }) => covers.filter((cover) => cover.span.id === each.id).map((cover) => cover.lane)),
			);
			assert.ok(lanes.size <= 1, "a span keeps its lane");
			const firsts = made.filter(({ covers }) => covers.some((cover) => cover.span.id === each.id && cover.first));
			const begins = each.fragments[0].start;
			assert.equal(firsts.length, begins >= start && begins < end ? 1 : 0);
		}
	});
