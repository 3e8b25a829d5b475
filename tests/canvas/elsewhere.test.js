import assert from "node:assert/strict";
import { test } from "node:test";
import { Article } from "../../labels/static/labels/canvas/article.js";
import { placesOfWords } from "../../labels/static/labels/canvas/edit/mentions.js";
import {
	isAmong,
	refusing,
	suggested,
	without,
	withPhrase,
} from "../../labels/static/labels/canvas/elsewhere/phrases.js";

const EXACT = { anyCase: false, inflected: false };
const kono = { words: "Kono", label: "ENTITY", attributes: { entity_type: "PERSON" }, from: "one" };
const places = () => [
	{ start: 4, end: 8 },
	{ start: 30, end: 34 },
];
const always = () => true;

/** @param {string} text */
const article = (text) => new Article([{ start: 0, text }], [...text].length, "en");

test("words from elsewhere are found as whole words, with their code points", () => {
	const text = "🗳️ Kono met Taro  Kono, not Konoe.";
	const found = placesOfWords(article(text), "Kono", EXACT);
	assert.deepEqual(
		found.map(({ start, end }) => [...text].slice(start, end).join("")),
		["Kono", "Kono"],
	);
	assert.equal(found[0].start, 3);
	assert.equal(placesOfWords(article(text), "Taro Kono", EXACT).length, 1);
	assert.deepEqual(placesOfWords(article(text), "…", EXACT), []);
});

test("a phrase is proposed in other articles, not where it comes from nor where there is no such label", () => {
	const phrases = withPhrase([], kono);
	assert.deepEqual(
		suggested(phrases, "two", always, places).map((each) => [each.start, each.phrase.label]),
		[
			[4, "ENTITY"],
			[30, "ENTITY"],
		],
	);
	assert.deepEqual(suggested(phrases, "one", always, places), []);
	assert.deepEqual(
		suggested(phrases, "two", () => false, places),
		[],
	);
});

test("a place that was refused stays refused in its article alone", () => {
	const phrases = refusing(withPhrase([], kono), { ...kono, refused: {} }, "two", 4);
	assert.deepEqual(
		suggested(phrases, "two", always, places).map((each) => each.start),
		[30],
	);
	assert.equal(suggested(phrases, "three", always, places).length, 2);
});

test("a phrase is there once, goes when it is no longer wanted, and the oldest go first", () => {
	const again = withPhrase(withPhrase([], kono), { ...kono, attributes: {} });
	assert.deepEqual(
		again.map((each) => each.attributes),
		[{}],
	);
	assert.equal(isAmong(again, kono), true);
	assert.equal(isAmong(again, { words: "Kono", label: "SOURCE" }), false);
	assert.deepEqual(without(again, kono), []);
	let many = again;
	for (let n = 0; n < 100; n++) many = withPhrase(many, { ...kono, words: `name ${n}` });
	assert.equal(many.length, 100);
	assert.equal(isAmong(many, kono), false);
});
