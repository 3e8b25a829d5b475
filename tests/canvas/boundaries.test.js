import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { snap } from "../../labels/static/labels/canvas/boundaries.js";
import { OffsetMap } from "../../labels/static/labels/canvas/offsets.js";
import { pairs } from "../../labels/static/labels/canvas/quotemarks.js";
import {
	isGraphemeBoundary,
	nextGrapheme,
	previousGrapheme,
	words,
} from "../../labels/static/labels/canvas/segmenter.js";
import { ABBREVIATIONS, OPENERS, sentences } from "../../labels/static/labels/canvas/sentences.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/text.json", import.meta.url), "utf8"));

/** @param {string} marked text with ⟦ ⟧ around a stretch */
function unmark(marked) {
	const start = marked.indexOf("⟦");
	return { text: marked.replace(/[⟦⟧]/g, ""), start, end: marked.indexOf("⟧") - 1 };
}

/** @param {string} text @param {{start: number, end: number} | null} range */
function mark(text, range) {
	if (!range) return null;
	return `${text.slice(0, range.start)}⟦${text.slice(range.start, range.end)}⟧${text.slice(range.end)}`;
}

for (const { name, text, boundaries } of vectors.graphemes) {
	test(`graphemes: ${name}`, () => {
		const map = new OffsetMap(text);
		const known = boundaries.map((/** @type {number} */ each) => map.toUtf16(each));
		for (let at = 0; at <= text.length; at++) {
			assert.equal(isGraphemeBoundary(text, at), known.includes(at), `at ${at}`);
			const before = known.findLast((/** @type {number} */ each) => each < at);
			assert.equal(previousGrapheme(text, at), before ?? 0);
			const after = known.find((/** @type {number} */ each) => each > at);
			assert.equal(nextGrapheme(text, at), after ?? text.length);
		}
	});
}

test("the lists of abbreviations are the server's", () => {
	assert.deepEqual([...ABBREVIATIONS].sort(), vectors.abbreviations);
	assert.deepEqual([...OPENERS].sort(), vectors.openers);
});

for (const { text, sentences: expected } of vectors.sentences) {
	test(`sentences: ${text}`, () => {
		const found = sentences(text).map(({ start, end }) => [start, end]);
		const map = new OffsetMap(text);
		assert.deepEqual(
			found.map((each) => each.map((at) => map.toCodePoint(at))),
			expected,
		);
	});
}

for (const { text, words: expected } of vectors.words) {
	test(`words: ${text}`, () => {
		const map = new OffsetMap(text);
		const found = words(text).map(({ start, end }) => [map.toCodePoint(start), map.toCodePoint(end)]);
		const edges = new Set(found.flat());
		// Ours cut off a possessive as well, so every word of the vectors begins and ends at an edge of ours.
		assert.ok(
			expected.flat().every((/** @type {number} */ each) => edges.has(each)),
			JSON.stringify(found),
		);
	});
}

test("words: possessives and elisions are words of their own", () => {
	const text = "Japan’s l’Italie it's ’tis";
	const found = words(text).map(({ start, end }) => text.slice(start, end));
	assert.deepEqual(found, ["Japan", "’s", "l’", "Italie", "it", "'s", "tis"]);
});

for (const { name, exact, selected, snapped } of vectors.snap) {
	test(`snap${exact ? " exactly" : ""}: ${name}`, () => {
		const { text, start, end } = unmark(selected);
		assert.equal(mark(text, snap(text, start, end, { exact })), snapped);
	});
}

test("snap: nothing selected, or a language nobody knows", () => {
	assert.equal(snap("one two", 3, 3), null);
	assert.deepEqual(snap("one two", 1, 2, { locale: "not a language" }), { start: 0, end: 3 });
	assert.deepEqual(snap("東京都知事は", 0, 1, { locale: "ja" }), { start: 0, end: 2 });
});

test("snap: whatever is selected, what comes out can be saved and stays as it is", () => {
	const alphabet = [
		..."ab Z.,;:!?“”‘’\"'()«»„—-5% \u00a0\u2028\u0085\u200b\ufeff\u00ad\u200f",
		..."🗳️ 👨‍👩‍👧 🇯🇵 🇰🇷 é e\u0301 क्ष กำ 首相 は 「 」 。 ﷺ قال U.S. Japan’s Nov.".split(" "),
	];
	let seed = 20191023;
	const next = (/** @type {number} */ below) => {
		seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
		return Math.floor((seed / 2 ** 32) * below);
	};
	for (let round = 0; round < 3_000; round++) {
		let text = "";
		while (text.length < 24) text += alphabet[next(alphabet.length)];
		const start = next(text.length);
		const end = start + 1 + next(text.length - start);
		for (const exact of [false, true]) {
			const range = snap(text, start, end, { exact });
			if (!range) {
				for (let each = previousGrapheme(text, start + 1); each < end; each = nextGrapheme(text, each)) {
					assert.match(text[each], /\p{White_Space}/u);
				}
				continue;
			}
			const at = JSON.stringify([text, start, end, exact, range]);
			assert.ok(range.start < range.end, at);
			assert.ok(isGraphemeBoundary(text, range.start), at);
			assert.ok(isGraphemeBoundary(text, range.end), at);
			assert.doesNotMatch(text[range.start], /\p{White_Space}/u, at);
			assert.doesNotMatch(text[range.end - 1], /\p{White_Space}/u, at);
			assert.deepEqual(snap(text, range.start, range.end, { exact }), range, at);
		}
	}
});

test("pairs: what belongs to what", () => {
	const found = (/** @type {string} */ text) => pairs(text).map(({ open, close }) => text.slice(open, close + 1));
	assert.deepEqual(found("“He said ‘no’ twice,” and “yes”"), ["‘no’", "“He said ‘no’ twice,”", "“yes”"]);
	assert.deepEqual(found("the ministers’ talks, Japan’s"), []);
	assert.deepEqual(found("„ja“ and »nein« and «oui» and ”joo”"), ["„ja“", "»nein«", "«oui»", "”joo”"]);
	assert.deepEqual(found("5\" of \"rain\" in '19, 'so be it'"), ['"rain"', "'so be it'"]);
	assert.deepEqual(found("a) one (two [three) four]"), ["(two [three)"]);
	assert.deepEqual(found("“An unclosed quotation"), []);
});

test("no word ends inside a grapheme", () => {
	for (const text of [" \u0600🇰🇷🇺 a", "\u0600, b", "\u06DD\u0301٣ c"]) {
		const found = words(text);
		assert.ok(found.length, text);
		for (const { start, end } of found)
			assert.ok(isGraphemeBoundary(text, start) && isGraphemeBoundary(text, end), `${text}: ${start}–${end}`);
		assert.ok(found.every(({ start }, index) => !index || found[index - 1].end <= start));
	}
});

test("no edge is a blank, where it is one grapheme with the sign before it, too", () => {
	const text = "5% \u06DD\u3000x";
	assert.deepEqual(snap(text, 0, 5), { start: 0, end: 2 });
	assert.deepEqual(snap(text, 0, 5, { exact: true }), { start: 0, end: 2 });
	assert.deepEqual(
		words(text).map(({ start, end }) => text.slice(start, end)),
		["5", "x"],
	);
});
