/** What an act was, apart from where it was done: a label given, values set, a kind of link. Pure. */

import { isEmpty } from "../scheme.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../state.js").Operation} Operation */
/** @typedef {import("../scheme.js").Scheme} Scheme */
/** @typedef {import("../scheme.js").Attribute} Attribute */
/**
 * Operations as they were carried out: on which state, with which span chosen; for those that depend on what is
 * selected the command.
 * @typedef {{operations: Operation[], state: State, chosen: string | null, command?: string}} Done
 */
/**
 * @typedef {{kind: "mark", label: string}
 *   | {kind: "relabel", label: string}
 *   | {kind: "values", values: Record<string, unknown>}
 *   | {kind: "flag", flag: boolean}
 *   | {kind: "linkValues", type: string, values: Record<string, unknown>}
 *   | {kind: "link", type: string, label: string, outward: boolean}
 *   | {kind: "command", command: string}} Act
 */

/** What would be done again; null where that means nothing elsewhere. @param {Done} done @returns {Act | null} */
export function actOf({ operations, state, chosen, command }) {
	if (command) return { kind: "command", command };
	// What goes along, such as links that no longer fit, comes before what was meant.
	const operation = operations[operations.length - 1];
	const { op, id, label = "", type = "", attributes = {} } = operation ?? { op: "", id: "" };
	if (op === "add_span") return { kind: "mark", label };
	if (op === "relabel_span") return { kind: "relabel", label };
	if (op === "delete_span") return { kind: "command", command: "delete" };
	if (op === "set_attributes" && operation.flag !== undefined) return { kind: "flag", flag: operation.flag };
	if (op === "set_attributes") return { kind: "values", values: attributes };
	if (op === "set_relation_attributes")
		return { kind: "linkValues", type: state.relations.get(id)?.type ?? "", values: attributes };
	if (op !== "add_relation") return null;
	const outward = operation.from === chosen;
	const end = state.spans.get((outward ? operation.to : operation.from) ?? "");
	return end ? { kind: "link", type, label: end.label, outward } : null;
}

/** The values that were picked, not written. @param {Attribute[]} attributes @param {Record<string, unknown>} values */
export function pickedOf(attributes, values) {
	const picked = attributes.filter(({ name, type, values: offered }) => {
		const isPicked = offered?.length || type === "boolean";
		return isPicked && !isEmpty(values[name]);
	});
	return Object.fromEntries(picked.map(({ name }) => [name, values[name]]));
}

/** The values that can be set among some attributes; the words of a span are its own. @param {Attribute[]} attributes @param {Record<string, unknown>} values */
export function fittingValues(attributes, values) {
	const fits = ([name, value] = /** @type {[string, unknown]} */ (["", null])) => {
		const found = attributes.find((each) => each.name === name && each.type !== "span");
		if (!found) return false;
		return (
			isEmpty(value) || !found.values?.length || [value].flat().every((each) => found.values?.includes(String(each)))
		);
	};
	return Object.fromEntries(Object.entries(values).filter(fits));
}
