import assert from "node:assert/strict";
import { test } from "node:test";
import { depthOf, styleOf } from "../../labels/static/labels/canvas/lanes.js";

const deep = (/** @type {number} */ count) =>
	Array.from({ length: count }, (_, lane) => ({ lane, slot: (lane % 4) + 1 }));

test("every lane has a rule of its own, apart from the one above it", () => {
	for (let lane = 1; lane < 12; lane++) assert.ok(depthOf(lane) - depthOf(lane - 1) >= 3, String(lane));
	assert.equal(depthOf(40), depthOf(11), "what lies deeper shares the last");
});

test("a line grows only where its rules need more room than there is", () => {
	for (const count of [1, 2, 3]) assert.doesNotMatch(styleOf(deep(count)), /line-height/);
	assert.match(styleOf(deep(5)), /padding-bottom:15px;line-height:calc\(1lh \+ 12px\)$/);
	assert.match(styleOf([{ lane: 0, slot: 1 }]), /padding-bottom:9px$/);
});

test("rules lie over grounds, the inner ground over the outer", () => {
	const style = styleOf([
		{ lane: 0, slot: 2 },
		{ lane: 1, slot: 7 },
	]);
	assert.match(style, /^background-image:var\(--form-2\),var\(--form-7\),var\(--ground-7\),var\(--ground-2\);/);
	assert.match(style, /background-position:0 calc\(100% - 8px\),0 calc\(100% - 4px\),0 0,0 0;/);
});
