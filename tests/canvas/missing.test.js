import assert from "node:assert/strict";
import { test } from "node:test";
import { lacks, rowsOf } from "../../labels/static/labels/canvas/missing.js";
import { scheme, span, state } from "./made.js";

test("what is missing has one row for each span, in order of the text", () => {
	const now = state([span("s", "SOURCE", [20, 24]), span("c", "CLAIM", [0, 10]), span("u", "CUE", [12, 14])]);
	const rows = rowsOf(lacks(scheme, now));
	assert.deepEqual(
		rows.map((row) => [row[0].span, row.map((each) => each.attribute)]),
		[
			["c", ["form", "check_worthiness"]],
			["s", ["source_type", null]],
		],
	);
	assert.equal(rows[1][1].code, "ATTRIBUTED_TO");
	assert.deepEqual(rowsOf([]), []);
});
