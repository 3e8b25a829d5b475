import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { OffsetMap } from "../../labels/static/labels/canvas/offsets.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/text.json", import.meta.url), "utf8"));

for (const { name, text, points } of vectors.offsets) {
	test(`converts both ways: ${name}`, () => {
		const map = new OffsetMap(text);
		const [codePoints, utf16] = points.at(-1);
		assert.equal(map.length, codePoints);
		assert.equal(map.utf16Length, utf16);
		assert.equal(map.hasAstral, codePoints !== utf16);
		for (const [codePoint, unit] of points) {
			assert.equal(map.toUtf16(codePoint), unit);
			assert.equal(map.toCodePoint(unit), codePoint);
		}
	});

	test(`refuses the middle of a pair and what is outside: ${name}`, () => {
		const map = new OffsetMap(text);
		const known = new Set(points.map((/** @type {number[]} */ point) => point[1]));
		for (let unit = 0; unit < text.length; unit++) {
			if (!known.has(unit)) assert.throws(() => map.toCodePoint(unit), /surrogate pair/);
		}
		for (const outside of [-1, 0.5, Number.NaN]) {
			assert.throws(() => map.toCodePoint(outside), RangeError);
			assert.throws(() => map.toUtf16(outside), RangeError);
		}
		assert.throws(() => map.toCodePoint(text.length + 1), /outside the text/);
		assert.throws(() => map.toUtf16(map.length + 1), /outside the text/);
	});
}

test("fixture T has its published numbers", () => {
	const { text } = vectors.offsets[0];
	const map = new OffsetMap(text);
	assert.equal(map.length, 47);
	assert.equal(map.utf16Length, 48);
	assert.equal(text.slice(map.toUtf16(20), map.toUtf16(24)), "Ruiz");
	assert.deepEqual([map.toUtf16(20), map.toUtf16(24)], [21, 25]);
});

test("a text of 300 kB is no slower per offset than a short one", () => {
	const text = "🗳️ “Taxes fell 5%,” Ruiz said. ".repeat(10_000);
	const map = new OffsetMap(text);
	const start = performance.now();
	for (let codePoint = 0; codePoint < map.length; codePoint += 3) {
		assert.equal(map.toCodePoint(map.toUtf16(codePoint)), codePoint);
	}
	// 100,000 conversions there and back: a walk from the start would take minutes.
	assert.ok(performance.now() - start < 2_000);
});
