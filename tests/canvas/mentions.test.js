import assert from "node:assert/strict";
import { test } from "node:test";
import { Article } from "../../labels/static/labels/canvas/article.js";
import { MentionList } from "../../labels/static/labels/canvas/edit/mentionlist.js";
import { mentionsOf, unmarked } from "../../labels/static/labels/canvas/edit/mentions.js";
import { span } from "./made.js";

/** @param {string[]} paragraphs @param {string} [language] */
function articleOf(paragraphs, language) {
	let start = 0;
	const blocks = paragraphs.map((text) => {
		const block = { start, text };
		start += [...text].length + 1;
		return block;
	});
	return new Article(blocks, start - 1, language);
}

/** @param {Article} article @param {string} words @param {Partial<import("../../labels/static/labels/canvas/edit/mentions.js").Likeness>} [likeness] */
function mentions(article, words, likeness = {}) {
	const start = article.toPoint(article.text.indexOf(words));
	const stretch = { start, end: start + [...words].length };
	const found = mentionsOf(article, stretch, { anyCase: false, inflected: false, ...likeness });
	return found.map((each) => article.slice(each.start, each.end));
}

test("whole words are found, in every paragraph, and never the words themselves", () => {
	const article = articleOf(["🗳️ Kono met Konoye. “Kono”", "Kono’s post; a KONO-like kono."]);
	assert.deepEqual(mentions(article, "Kono"), ["Kono", "Kono"]);
	assert.deepEqual(mentions(article, "Kono", { anyCase: true }), ["Kono", "Kono", "KONO", "kono"]);
});

test("places are code points", () => {
	const article = articleOf(["🗳️🗳️ Ruiz, 👩‍👩‍👧 Ruiz"]);
	const [found] = mentionsOf(article, { start: 5, end: 9 }, { anyCase: false, inflected: false });
	assert.equal(article.slice(found.start, found.end), "Ruiz");
	assert.equal(found.start, 17);
});

test("an inflected form begins with the word and is at most twice as long", () => {
	const article = articleOf(["Kono, Konos, Konosukehashi. In information, Ins."]);
	assert.deepEqual(mentions(article, "Kono", { inflected: true }), ["Konos"]);
	assert.deepEqual(mentions(article, "In", { inflected: true }), ["Ins"]);
	const people = articleOf(["Vladimir Putin. Vladimira Putina, Vladimir X."], "cs");
	assert.deepEqual(mentions(people, "Vladimir Putin", { inflected: true }), ["Vladimira Putina"]);
});

test("several words go with the same signs between them, blanks of any kind", () => {
	const article = articleOf(["South Korea, South\u00a0Korea, South, Korea, South-Korea", "North and South", "Korea"]);
	assert.deepEqual(mentions(article, "South Korea"), ["South\u00a0Korea"]);
	const states = articleOf(["The U.S. and the U.S. but U.S, (U.S.)"]);
	assert.deepEqual(mentions(states, "U.S."), ["U.S.", "U.S."]);
	const quoted = articleOf(["“misread” misread “misread”"]);
	assert.deepEqual(mentions(quoted, "“misread”"), ["“misread”"]);
	assert.deepEqual(mentions(quoted, "misread"), ["misread", "misread"]);
});

test("scripts that run the other way or have no blanks", () => {
	const arabic = articleOf(["قال رويز إن رويز عاد", "رويز"], "ar");
	assert.deepEqual(mentions(arabic, "رويز"), ["رويز", "رويز"]);
	const japanese = articleOf(["東京は東京です。", "京都と東京"], "ja");
	assert.deepEqual(mentions(japanese, "東京"), ["東京", "東京"]);
});

test("diacritics count; a language nobody knows does not matter", () => {
	const article = articleOf(["Zoë Zoe ZOË"], "no such language");
	assert.deepEqual(mentions(article, "Zoë", { anyCase: true }), ["ZOË"]);
});

test("what has no words, or lies in two paragraphs, is found nowhere", () => {
	const article = articleOf(["… one", "two … one"]);
	assert.deepEqual(mentions(article, "…"), []);
	assert.deepEqual(mentionsOf(article, { start: 2, end: 9 }, { anyCase: false, inflected: false }), []);
});

test("what a span of the label touches is marked already", () => {
	const found = [
		{ start: 0, end: 4 },
		{ start: 10, end: 14 },
		{ start: 20, end: 24 },
	];
	const spans = [span("a", "ENTITY", [5, 14]), span("b", "SOURCE", [20, 24]), span("c", "ENTITY", [24, 30])];
	assert.deepEqual(unmarked(found, spans, "ENTITY"), { open: [found[0], found[2]], marked: 1 });
});

test("one goes through them from a place on and round, and back", () => {
	const article = articleOf(["Kono Kono kono Kono"]);
	const list = new MentionList(article, span("a", "ENTITY", [5, 9]));
	assert.ok(list.seek([span("b", "ENTITY", [15, 19])], 9));
	assert.deepEqual([list.now, list.marked, list.mayBeMore], [{ start: 0, end: 4 }, 1, true]);
	assert.ok(list.now);
	list.now.id = "made";
	assert.equal(list.goOn(4), false);
	// Small letters, too: what was made is neither open nor counted as marked before.
	list.anyCase = true;
	assert.ok(list.seek([span("b", "ENTITY", [15, 19]), span("made", "ENTITY", [0, 4])], 4));
	assert.deepEqual([list.now, list.at, list.marked, list.open.length], [{ start: 10, end: 14 }, 1, 1, 1]);
	assert.equal(list.back()?.id, "made");
	assert.deepEqual([list.at, list.open.length], [0, 2]);
	assert.equal(list.back(), null);
});
