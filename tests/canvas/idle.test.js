import assert from "node:assert/strict";
import { test } from "node:test";
import { Later } from "../../labels/static/labels/canvas/idle.js";

/** @param {number[]} pieces */
function waiting(pieces) {
	/** @type {number[]} */
	const done = [];
	let told = 0;
	const later = new Later(
		(piece) => done.push(piece),
		() => told++,
	);
	for (const each of pieces) later.waiting.add(each);
	return { later, done, told: () => told };
}

test("what somebody needs is done at once, and not again", async () => {
	const { later, done, told } = waiting([1, 2, 3, 4]);
	later.now([3, 9]);
	assert.deepEqual(done, [3]);
	assert.equal(told(), 1);
	later.now([3]);
	assert.equal(told(), 1);
	later.start();
	await new Promise((resolve) => setTimeout(resolve, 200));
	assert.deepEqual(done, [3, 1, 2, 4]);
	assert.equal(later.waiting.size, 0);
});

test("what is done otherwise meanwhile is left out", async () => {
	const { later, done } = waiting([1, 2]);
	later.start();
	later.waiting.delete(1);
	await new Promise((resolve) => setTimeout(resolve, 200));
	assert.deepEqual(done, [2]);
});
