import assert from "node:assert/strict";
import { test } from "node:test";
import { Clock } from "../../labels/static/labels/canvas/activity/activity.js";
import { NoAnswer, Problem } from "../../labels/static/labels/canvas/api.js";

const NAME = "galley-active ana /x/";

function store() {
	/** @type {Map<string, string>} */
	const rows = new Map();
	return {
		rows,
		getItem: (/** @type {string} */ name) => rows.get(name) ?? null,
		setItem: (/** @type {string} */ name, /** @type {string} */ value) => void rows.set(name, value),
		removeItem: (/** @type {string} */ name) => void rows.delete(name),
	};
}

test("time goes from input to input, and a while at most after the last", () => {
	const clock = new Clock(store(), NAME);
	clock.input(1000);
	clock.input(11_000);
	assert.equal(clock.kept, 10_000);
	clock.input(611_000);
	assert.equal(clock.kept, 55_000);
	clock.input(612_000, true);
	assert.equal(clock.kept, 56_000);
	// Away: what comes next begins anew.
	clock.input(2_000_000);
	clock.input(2_000_500, true);
	assert.equal(clock.kept, 56_500);
});

test("a clock that is put back takes nothing", () => {
	const clock = new Clock(store(), NAME);
	clock.input(10_000);
	clock.input(4000);
	clock.input(5000, true);
	assert.equal(clock.kept, 1000);
});

test("whole seconds are told once, the rest is kept", async () => {
	const kept = store();
	const clock = new Clock(kept, NAME);
	clock.input(1);
	clock.input(7301, true);
	/** @type {number[]} */
	const told = [];
	const tell = async (/** @type {number} */ seconds) => void told.push(seconds);
	await Promise.all([clock.hand(tell), clock.hand(tell)]);
	assert.deepEqual(told, [7]);
	assert.equal(clock.kept, 300);
});

test("what could not be told is told by the next page, what is not wanted never again", async () => {
	const kept = store();
	const clock = new Clock(kept, NAME);
	clock.input(1);
	clock.input(8001, true);
	await clock.hand(() => Promise.reject(new NoAnswer("away")));
	await clock.hand(() => Promise.reject(new Problem(503, {})));
	assert.equal(new Clock(kept, NAME).kept, 8000);
	await new Clock(kept, NAME).hand(() => Promise.reject(new Problem(403, {})));
	assert.equal(kept.rows.size, 0);
});

test("two tabs of one set add up", () => {
	const kept = store();
	const [one, two] = [new Clock(kept, NAME), new Clock(kept, NAME)];
	for (const each of [one, two]) each.input(1000);
	one.input(3000, true);
	two.input(4000, true);
	assert.equal(one.kept, 5000);
});
