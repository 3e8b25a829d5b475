import assert from "node:assert/strict";
import { test } from "node:test";
import { ActHistory } from "../../labels/static/labels/canvas/history.js";

const back = (/** @type {string} */ id) => [{ op: "delete_span", id }];

test("what bears one name is taken back as one act, the last first", () => {
	const history = new ActHistory();
	history.add({ inverse: back("a"), chosen: null });
	history.add({ inverse: back("b"), chosen: "x", name: "mentions" });
	history.add({ inverse: back("c"), chosen: "y", name: "mentions" });
	/** @type {import("../../labels/static/labels/canvas/history.js").Act[]} */
	const taken = [];
	const carryOut = (/** @type {import("../../labels/static/labels/canvas/history.js").Act} */ act) => {
		taken.push(act);
		return { inverse: [], chosen: null };
	};
	assert.ok(history.undo(carryOut));
	assert.deepEqual(
		taken[0].inverse.map((each) => each.id),
		["c", "b"],
	);
	assert.equal(taken[0].chosen, "x");
	assert.ok(history.undo(carryOut));
	assert.equal(history.undo(carryOut), false);
});

test("acts without a name stay apart", () => {
	const history = new ActHistory();
	history.add({ inverse: back("a"), chosen: null });
	history.add({ inverse: back("b"), chosen: null });
	let count = 0;
	const carryOut = () => {
		count++;
		return { inverse: [], chosen: null };
	};
	while (history.undo(carryOut));
	assert.equal(count, 2);
});
