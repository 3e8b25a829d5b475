import assert from "node:assert/strict";
import { test } from "node:test";
import { wording } from "../../labels/static/labels/canvas/saved.js";
import { around, bundled, curve, linesOf } from "../../labels/static/labels/canvas/way/arcs.js";

const box = (/** @type {number} */ left, /** @type {number} */ top, width = 50, height = 20) =>
	/** @type {DOMRect} */ ({ left, top, width, height, right: left + width, bottom: top + height });
const origin = box(0, 0);

test("boxes on one line of text are one, empty ones none", () => {
	const lines = linesOf([box(100, 0), box(150, 1), box(0, 33), box(0, 33, 0), box(60, 34)], origin);
	assert.deepEqual(
		lines.map(({ left, right }) => [left, right]),
		[
			[98.5, 201.5],
			[-1.5, 111.5],
		],
	);
});

test("the outline goes round words on several lines in one stroke", () => {
	const path = around([
		{ left: 100, right: 200, top: 0, bottom: 20 },
		{ left: 0, right: 120, top: 30, bottom: 50 },
	]);
	assert.equal(path, "M200 0L200 30L120 30L120 50L0 50L0 30L100 30L100 0Z");
});

test("an arc begins and ends above the words", () => {
	const path = curve({ x: 10, top: 100, bottom: 120 }, { x: 300, top: 60, bottom: 80 });
	assert.match(path, /^M10 100C10 [\d.]+ 300 [\d.]+ 300 57$/);
	const [, high] = path.match(/C10 ([\d.]+)/) ?? [];
	assert.ok(Number(high) < 60);
});

test("how safe the work is, in words", () => {
	assert.equal(wording(0, "saved", true), "All changes saved");
	assert.equal(wording(0, "kept", true), "All changes saved");
	assert.equal(wording(0, "saved", true, 1), "1 change could not be saved");
	assert.equal(wording(2, "saving", true), "Saving…");
	assert.equal(wording(2, "saved", true), "Saving…");
	assert.equal(wording(3, "kept", true), "3 changes kept on this device");
	assert.equal(wording(1, "signed_out", true), "1 change kept on this device");
	assert.equal(wording(1, "kept", false), "1 change not saved yet");
});

test("beyond four links the nearest have a line each, and the others are bundled by their side", () => {
	const at = (/** @type {number[]} */ ...starts) => starts.map((start) => ({ start }));
	const of = (/** @type {{start: number}[]} */ ends) => ends.map((each) => each.start);
	const few = bundled(at(10, 20, 30, 40, 90), 50);
	assert.deepEqual([of(few.alone), few.up, few.down], [[10, 20, 30, 40, 90], [], []]);
	const many = bundled(at(0, 10, 48, 52, 60, 40, 900, 800), 50);
	assert.deepEqual(of(many.alone).sort(), [40, 48, 52, 60]);
	assert.deepEqual(
		[of(many.up), of(many.down)],
		[
			[0, 10],
			[800, 900],
		],
	);
	const one = bundled(at(0, 48, 52, 60, 40, 900, 800), 50);
	assert.deepEqual([of(one.alone), one.up, of(one.down)], [[0, 48, 52, 60, 40], [], [800, 900]]);
	assert.equal(bundled(at(0, 10, 48, 52, 60, 40, 900, 800), 50, Infinity).alone.length, 8);
});
