import assert from "node:assert/strict";
import { test } from "node:test";
import { inOldOrder } from "../../labels/static/labels/canvas/queue.js";

test("what was there keeps its place, what is gone leaves it", () => {
	assert.deepEqual(inOldOrder(["a", "b", "c", "d"], ["c", "a", "d"]), ["a", "c", "d"]);
	assert.deepEqual(inOldOrder([], ["c", "a"]), ["c", "a"]);
	assert.deepEqual(inOldOrder(["a"], []), []);
});

test("what is new follows what it follows now", () => {
	assert.deepEqual(inOldOrder(["a", "b"], ["n", "b", "m", "a"]), ["n", "a", "b", "m"]);
});
