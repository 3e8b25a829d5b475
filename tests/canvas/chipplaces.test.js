import assert from "node:assert/strict";
import { test } from "node:test";
import { shifts } from "../../labels/static/labels/canvas/chipplaces.js";

const row = (/** @type {number} */ at, /** @type {number} */ top, /** @type {number} */ width) => ({ at, top, width });

test("chips end where their claim ends, inside the column", () => {
	assert.deepEqual(shifts([row(300, 30, 100)], 600, false), [-100]);
	assert.deepEqual(shifts([row(40, 30, 100)], 600, false), [-38]);
	assert.deepEqual(shifts([row(300, 30, 900)], 600, false), [-298]);
});

test("two on one line stand side by side, on two lines they do not mind", () => {
	assert.deepEqual(shifts([row(300, 30, 100), row(320, 30, 100)], 600, false), [-100, -14]);
	assert.deepEqual(shifts([row(300, 30, 100), row(320, 60, 100)], 600, false), [-100, -100]);
});

test("from the right to the left it is the other way round", () => {
	assert.deepEqual(shifts([row(200, 30, 100)], 600, true), [100]);
	assert.deepEqual(shifts([row(520, 30, 70)], 600, true), [8]);
	assert.deepEqual(shifts([row(300, 30, 100), row(280, 30, 100)], 600, true), [100, 14]);
});
