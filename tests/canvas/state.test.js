import assert from "node:assert/strict";
import { test } from "node:test";
import { applyAll, differing } from "../../labels/static/labels/canvas/changes.js";
import { ActHistory } from "../../labels/static/labels/canvas/history.js";
import { apply, fromSet, wire } from "../../labels/static/labels/canvas/state.js";
import { dice, operation, plain, scheme, span, state } from "./made.js";

/** @typedef {import("../../labels/static/labels/canvas/state.js").Operation} Operation */

const said = (/** @type {string} */ id, cue = "u1") => ({
	id,
	type: "ATTRIBUTED_TO",
	from: "c1",
	to: "s1",
	attributes: { cue },
});

function small() {
	return state(
		[span("c1", "CLAIM", [0, 9]), span("s1", "SOURCE", [10, 14]), span("u1", "CUE", [15, 19])],
		[said("r1")],
	);
}

/** @param {import("../../labels/static/labels/canvas/state.js").State} now @param {Operation} operation */
function step(now, operation) {
	const made = apply(now, operation, scheme);
	assert.ok(made, `${operation.op} fits`);
	return made;
}

for (let seed = 1; seed <= 60; seed++)
	test(`any run of operations is taken back by its inverse, step by step and as one (dice ${seed})`, () => {
		const thrown = dice(seed);
		let last = 0;
		const fresh = () => `id${++last}`;
		let now = small();
		const start = plain(now);
		/** @type {Operation[]} */
		const done = [];
		for (let count = 0; count < 60; count++) {
			const next = operation(thrown, now, fresh);
			const before = plain(now);
			const made = apply(now, next, scheme);
			if (!made) continue;
			assert.deepEqual(plain(now), before, "the state before is left as it was");
			assert.deepEqual(plain(applyAll(made.state, made.inverse, scheme).state), before, next.op);
			now = made.state;
			done.push(next);
		}
		assert.ok(done.length > 20);
		const { inverse, state: end } = applyAll(small(), done, scheme);
		assert.deepEqual(plain(end), plain(now));
		assert.deepEqual(plain(applyAll(end, inverse, scheme).state), start);
	});

for (let seed = 1; seed <= 20; seed++)
	test(`what differs is what was touched, or less (dice ${seed})`, () => {
		const thrown = dice(1000 + seed);
		let last = 0;
		let now = small();
		for (let count = 0; count < 40; count++) {
			const made = apply(
				now,
				operation(thrown, now, () => `id${++last}`),
				scheme,
			);
			if (!made) continue;
			for (const id of differing(now, made.state)) assert.ok(made.touched.includes(id), id);
			now = made.state;
		}
	});

for (let seed = 1; seed <= 20; seed++)
	test(`undo leads back to the start and redo forth again (dice ${seed})`, () => {
		const thrown = dice(2000 + seed);
		let last = 0;
		let now = small();
		const history = new ActHistory();
		const turn = (/** @type {import("../../labels/static/labels/canvas/history.js").Act} */ act) => {
			const { state: next, fitting, inverse } = applyAll(now, act.inverse, scheme);
			if (!fitting.length) return null;
			now = next;
			return { inverse, chosen: null };
		};
		const trail = [plain(now)];
		while (trail.length < 15) {
			const made = apply(
				now,
				operation(thrown, now, () => `id${++last}`),
				scheme,
			);
			if (!made) continue;
			history.add({ inverse: made.inverse, chosen: null });
			now = made.state;
			trail.push(plain(now));
		}
		const end = plain(now);
		for (const before of trail.slice(0, -1).reverse()) {
			assert.equal(history.undo(turn), true);
			assert.deepEqual(plain(now), before);
		}
		assert.equal(history.undo(turn), false);
		for (const after of trail.slice(1)) {
			assert.equal(history.redo(turn), true);
			assert.deepEqual(plain(now), after);
		}
		assert.deepEqual(plain(now), end);
	});

test("a span that goes takes its links and the references to it along, and brings them back", () => {
	const without = step(small(), { op: "delete_span", id: "u1" });
	assert.deepEqual(without.state.relations.get("r1")?.attributes, {});
	assert.deepEqual(without.touched, ["u1", "c1", "s1"]);
	assert.deepEqual(plain(applyAll(without.state, without.inverse, scheme).state), plain(small()));
	const bare = step(small(), { op: "delete_span", id: "s1" });
	assert.equal(bare.state.relations.size, 0);
	assert.deepEqual(plain(applyAll(bare.state, bare.inverse, scheme).state), plain(small()));
});

test("a link whose other end is gone by now stays away", () => {
	const first = step(small(), { op: "delete_span", id: "s1" });
	const second = step(first.state, { op: "delete_span", id: "c1" });
	const back = applyAll(second.state, first.inverse, scheme).state;
	assert.deepEqual([...back.spans.keys()].sort(), ["s1", "u1"]);
	assert.equal(back.relations.size, 0);
});

test("another label keeps the attributes that it has, too, with values it knows", () => {
	const source = { ...span("s1", "SOURCE", [0, 4]), attributes: { source_type: "document", role: "participant" } };
	const made = step(state([source]), { op: "relabel_span", id: "s1", label: "ENTITY" });
	assert.deepEqual(made.state.spans.get("s1")?.attributes, {});
	assert.deepEqual(plain(applyAll(made.state, made.inverse, scheme).state), plain(state([source])));
});

test("empty values are no values", () => {
	const made = step(small(), {
		op: "set_attributes",
		id: "c1",
		attributes: { form: "direct", claim_type: [], normalized_text: "" },
	});
	assert.deepEqual(made.state.spans.get("c1")?.attributes, { form: "direct" });
});

test("what does not fit gives nothing, and is left out of a change", () => {
	for (const each of [
		{ op: "move_span", id: "gone", fragments: [] },
		{ op: "add_span", id: "c1", label: "CLAIM", fragments: [] },
		{ op: "add_relation", id: "r2", type: "ABOUT", from: "c1", to: "gone" },
		{ op: "delete_relation", id: "gone" },
		{ op: "restore_span", id: "gone" },
		{ op: "no_such", id: "c1" },
	])
		assert.equal(apply(small(), each, scheme), null, each.op);
	const { fitting } = applyAll(
		small(),
		[
			{ op: "delete_span", id: "gone" },
			{ op: "delete_span", id: "c1" },
		],
		scheme,
	);
	assert.deepEqual(
		fitting.map((each) => each.id),
		["c1"],
	);
});

test("what a restore brings back is for this browser alone", () => {
	const { inverse } = step(small(), { op: "delete_span", id: "s1" });
	assert.deepEqual(inverse.map(wire), [{ op: "restore_span", id: "s1" }]);
});

test("operations put on another base do there what they can", () => {
	const mine = [
		{ op: "set_attributes", id: "c1", attributes: { form: "mixed" } },
		{ op: "add_relation", id: "r9", type: "ABOUT", from: "c1", to: "u1" },
		{ op: "delete_span", id: "u1" },
	];
	const others = fromSet({ spans: [span("c1", "CLAIM", [0, 5])], relations: [] });
	const { state: now, fitting } = applyAll(others, mine, scheme);
	assert.equal(fitting.length, 1);
	assert.deepEqual(now.spans.get("c1")?.attributes, { form: "mixed" });
	assert.equal(now.spans.get("c1")?.fragments[0].end, 5);
});
