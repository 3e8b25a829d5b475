/** One request of the outbox, and what its answer means for the rows in it. */

import { NoAnswer, Problem, request } from "./api.js";
import { isSoAlready } from "./batches.js";
import { wire } from "./state.js";
import { t } from "./words.js";

/** @typedef {import("./store.js").Row} Row */
/**
 * done: the server has it. stale: others wrote before. refused: the one at that place cannot be; already: it
 * is so already. large: it is too much at once. smaller: one of these cannot be, nobody says which. later: ask again. signed_out, forbidden, closed: ask again when that
 * has changed.
 * @typedef {{kind: "done" | "stale" | "refused" | "already" | "large" | "smaller" | "later" | "signed_out" | "forbidden" | "closed",
 *   data?: any, version?: number, at?: number, why?: string, after?: number}} Outcome
 */
/** @typedef {{operations: string, reviews: string, comments: string}} Urls */

/** @param {Row[]} batch @param {Urls} urls @param {number} by when an answer has to be there, in milliseconds @returns {Promise<Outcome>} */
export async function send(batch, urls, by) {
	try {
		const { data, etag } = await posted(batch, urls, { signal: AbortSignal.timeout(by) });
		if (batch[0].kind !== "operation") return { kind: "done", data };
		const version = Number(data.version ?? etag?.replaceAll('"', ""));
		return Number.isInteger(version) && version > 0
			? { kind: "done", data, version }
			: { kind: "later", why: t("The answer could not be read.") };
	} catch (problem) {
		if (problem instanceof Problem) return meaning(problem, batch);
		if (problem instanceof NoAnswer) return { kind: "later", why: problem.message };
		throw problem;
	}
}

/** @param {Row[]} batch @param {Urls} urls @param {RequestInit} how */
function posted(batch, urls, how) {
	const [{ kind, data, key = "", version }] = batch;
	const headers = { "Idempotency-Key": key };
	if (kind === "review") return request("POST", urls.reviews, data, headers, how);
	if (kind === "comment") return request("POST", urls.comments, data, headers, how);
	const operations = batch.map((row) => wire(row.data));
	return request("POST", urls.operations, { operations }, { ...headers, "If-Match": `"${version}"` }, how);
}

/** @param {Problem} problem @param {Row[]} batch @returns {Outcome} */
function meaning({ status, code, message: why, after, details }, batch) {
	if (status === 401) return { kind: "signed_out", why };
	if (status === 403 || status === 404) return { kind: "forbidden", why };
	if (status === 412) return { kind: "stale" };
	if (status === 409 && code !== "still_running") return { kind: "closed", why };
	if (code === "idempotency_key_reused") return { kind: "smaller" };
	if (status === 413) return { kind: "large", at: 0, why };
	if (status === 400 || status === 422) {
		const at = batch.length > 1 ? details.operation : 0;
		if (at === undefined || !batch[at]) return { kind: "smaller" };
		return { kind: isSoAlready(batch[at], code) ? "already" : "refused", at, why };
	}
	return { kind: "later", why, after };
}
