/** Which rows go into the next request, and what a refused row drags along. Pure. */

/** @typedef {import("./store.js").Row} Row */

export const MOST = 500;

/**
 * The rows of the next request: those of one that was begun, so that a lost answer is asked for with the same
 * key and body again; else as many operations in a row as fit, or a single verdict or comment.
 * @param {Row[]} rows in order @param {number} limit
 */
export function nextBatch(rows, limit) {
	const [first] = rows;
	if (!first) return [];
	if (first.key) return rows.filter((row) => row.key === first.key);
	if (first.kind !== "operation") return [first];
	const stop = rows.findIndex((row, index) => index >= limit || row.key || row.kind !== "operation");
	return rows.slice(0, stop < 0 ? rows.length : stop);
}

/** Everything an operation speaks of. @param {Row} row */
function mentions({ kind, data }) {
	if (kind !== "operation") return [];
	return [data.id, data.from, data.to, ...Object.values(data.attributes ?? {})];
}

/**
 * Rows that make no sense without a refused one: what is said of a span that was never added.
 * @param {Row} refused @param {Row[]} rows
 */
export function dependents(refused, rows) {
	if (!/^(?:add|restore)_/.test(refused.data.op ?? "")) return [];
	const gone = new Set([refused.data.id]);
	return rows.filter((row) => {
		if (row.n <= refused.n || !mentions(row).some((each) => gone.has(each))) return false;
		if (row.data.op === "add_relation") gone.add(row.data.id);
		return true;
	});
}

/** Whether a refusal only says that it is so already. @param {Row} row @param {string} code */
export function isSoAlready({ data }, code) {
	const op = data.op ?? "";
	return (op.startsWith("add_") && code === "unit_exists") || (op.startsWith("delete_") && code === "unit_deleted");
}
