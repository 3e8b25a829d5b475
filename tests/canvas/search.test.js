import assert from "node:assert/strict";
import { test } from "node:test";
import { Article } from "../../labels/static/labels/canvas/article.js";
import { firstFrom, hitsOf } from "../../labels/static/labels/canvas/edit/search.js";

const TEXT =
	"🗳️ “Taxes (net) fell 5%,” RUIZ said. 👩‍👩‍👧 👍🏽 Zoe, Zoë, Zoe\u0308; ruiz.\nNew\u00a0Lima, new  lima, İzmir";
const article = new Article(
	[
		{ start: 0, text: TEXT.split("\n")[0] },
		{ start: [...TEXT].indexOf("\n") + 1, text: TEXT.split("\n")[1] },
	],
	[...TEXT].length,
);

/** @param {string} query */
const found = (query) => hitsOf(article, query).map((each) => article.slice(each.start, each.end));

test("large and small letters are alike, diacritics are as typed", () => {
	assert.deepEqual(found("ruiz"), ["RUIZ", "ruiz"]);
	assert.deepEqual(found("ZOE"), ["Zoe"]);
	assert.deepEqual(found("zoë"), ["Zoë"]);
});

test("places are code points", () => {
	const [hit] = hitsOf(article, "taxes");
	assert.deepEqual(hit, { start: 4, end: 9 });
});

test("signs mean themselves", () => {
	assert.deepEqual(found("(net)"), ["(net)"]);
	assert.deepEqual(found("."), [".", "."]);
	assert.deepEqual(found("5%,”"), ["5%,”"]);
	assert.deepEqual(found("[a-z]"), []);
	assert.deepEqual(found("\\w"), []);
});

test("blanks are alike, but no hit runs over a line's end", () => {
	assert.deepEqual(found("new lima"), ["New\u00a0Lima", "new  lima"]);
	assert.deepEqual(found("ruiz. new"), []);
	assert.deepEqual(found("  "), []);
	assert.deepEqual(found(""), []);
});

test("no character is halved", () => {
	assert.deepEqual(found("👩"), []);
	assert.deepEqual(found("👧"), []);
	assert.deepEqual(found("👍"), []);
	assert.deepEqual(found("👍🏽"), ["👍🏽"]);
	assert.deepEqual(found("\ud83d"), []);
});

test("it begins at the first hit from a place on, else from the top", () => {
	const hits = hitsOf(article, "ruiz");
	assert.equal(firstFrom(hits, 0), 0);
	assert.equal(firstFrom(hits, hits[0].start + 1), 1);
	assert.equal(firstFrom(hits, 1000), 0);
	assert.equal(firstFrom([], 0), -1);
});
