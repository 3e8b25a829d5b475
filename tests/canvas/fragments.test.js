import assert from "node:assert/strict";
import { test } from "node:test";
import { Article } from "../../labels/static/labels/canvas/article.js";
import { isSame, joined, moved, quoted, quoteOf, without } from "../../labels/static/labels/canvas/fragments.js";
import { dice } from "./made.js";

const TEXT = "🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.”";
const article = new Article([{ start: 0, text: TEXT }], 47);

/** @param {{start: number, end: number}[]} stretches */
const pairs = (stretches) => stretches.map(({ start, end }) => [start, end]);

test("stretches that touch or overlap become one", () => {
	const made = joined([
		{ start: 8, end: 10 },
		{ start: 0, end: 3 },
		{ start: 3, end: 5 },
		{ start: 4, end: 7 },
	]);
	assert.deepEqual(pairs(made), [
		[0, 7],
		[8, 10],
	]);
});

test("a blank between two parts is no gap, a word or a line's end is", () => {
	const lines = new Article(
		[
			{ start: 0, text: "one  two, three" },
			{ start: 16, text: "four" },
		],
		20,
	);
	const given = [
		{ start: 0, end: 3 },
		{ start: 5, end: 8 },
		{ start: 10, end: 15 },
		{ start: 16, end: 20 },
	];
	assert.deepEqual(pairs(joined(given, lines)), [
		[0, 8],
		[10, 15],
		[16, 20],
	]);
});

for (let seed = 1; seed <= 50; seed++)
	test(`joined stretches hold the same positions, ascending and apart (dice ${seed})`, () => {
		const thrown = dice(seed);
		const given = Array.from({ length: 1 + thrown.number(8) }, () => {
			const start = thrown.number(40);
			return { start, end: start + 1 + thrown.number(10) };
		});
		const made = joined(given);
		const held = (/** @type {{start: number, end: number}[]} */ list) =>
			Array.from({ length: 60 }, (_, at) => list.some((each) => each.start <= at && at < each.end));
		assert.deepEqual(held(made), held(given));
		for (const [at, each] of made.slice(1).entries()) assert.ok(made[at].end < each.start);
	});

test("what is cut out leaves two parts without blanks at the edges", () => {
	const left = without([{ start: 3, end: 47 }], { start: 20, end: 30 }, article);
	assert.deepEqual(
		quoted(left, article).map((each) => each.quote),
		["“Taxes fell 5%,”", "“and jobs rose.”"],
	);
	assert.deepEqual(without([{ start: 20, end: 24 }], { start: 3, end: 47 }, article), []);
});

test("an edge moves; one that would leave nothing does not", () => {
	const two = [
		{ start: 3, end: 10 },
		{ start: 20, end: 24 },
	];
	assert.deepEqual(pairs(moved(two, "start", 5) ?? []), [
		[5, 10],
		[20, 24],
	]);
	assert.deepEqual(pairs(moved(two, "end", 30) ?? []), [
		[3, 10],
		[20, 30],
	]);
	assert.equal(moved(two, "end", 20), null);
	assert.deepEqual(pairs(two), [
		[3, 10],
		[20, 24],
	]);
});

test("quotes are counted in code points", () => {
	assert.deepEqual(quoted([{ start: 20, end: 24 }], article), [{ start: 20, end: 24, quote: "Ruiz" }]);
	assert.ok(isSame([{ start: 1, end: 2 }], [{ start: 1, end: 2 }]));
	assert.ok(!isSame([{ start: 1, end: 2 }], [{ start: 1, end: 3 }]));
});

test("a long quote is cut between characters, never inside one", () => {
	const families = "👨‍👩‍👧‍👦".repeat(9);
	assert.equal(quoteOf([{ quote: families }], 4), `${"👨‍👩‍👧‍👦".repeat(3)}…`);
	assert.equal(quoteOf([{ quote: "one" }, { quote: "two\nthree" }]), "one … two three");
	assert.equal(quoteOf([{ quote: "short" }], 5), "short");
});
