/** Several operations as one change, and what differs between two states. Pure. */

import { apply } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Operation} Operation */

/** Operations on a state, those that do not fit left out. @param {State} state @param {Operation[]} operations @param {import("./scheme.js").Scheme} scheme */
export function applyAll(state, operations, scheme) {
	/** @type {Operation[][]} */
	const inverse = [];
	/** @type {Set<string>} */
	const touched = new Set();
	const fitting = [];
	for (const operation of operations) {
		const step = apply(state, operation, scheme);
		if (!step) continue;
		state = step.state;
		inverse.push(step.inverse);
		fitting.push(operation);
		for (const id of step.touched) touched.add(id);
	}
	return { state, fitting, touched, inverse: inverse.reverse().flat() };
}

/** The ids whose span or links differ between two states. @param {State} a @param {State} b */
export function differing(a, b) {
	/** @type {Set<string>} */
	const found = new Set();
	const unlike = (/** @type {unknown} */ one, /** @type {unknown} */ other) =>
		one !== other && JSON.stringify(one) !== JSON.stringify(other);
	for (const id of new Set([...a.spans.keys(), ...b.spans.keys()]))
		if (unlike(a.spans.get(id), b.spans.get(id))) found.add(id);
	for (const id of new Set([...a.relations.keys(), ...b.relations.keys()]))
		if (unlike(a.relations.get(id), b.relations.get(id)))
			for (const link of [a.relations.get(id), b.relations.get(id)]) if (link) found.add(link.from).add(link.to);
	return found;
}
