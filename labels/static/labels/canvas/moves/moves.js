/** Moves a set from state to state: once all changes are with the server, and at the version that is shown. */

import { Problem, request } from "../api.js";
import { t } from "../words.js";
import { countAnew } from "./counting.js";

/** @typedef {import("../session.js").Session} Session */
/** @typedef {"submit" | "reopen" | "return" | "approve"} Move */

/** Why a move was not made: in words, and what is missing where that is why. */
export class Unmoved extends Error {
	/** @param {string} message @param {import("../missing.js").Lack[]} [lacks] */
	constructor(message, lacks = []) {
		super(message);
		this.lacks = lacks;
	}
}

/** @param {Session} session @param {Move} move @param {Record<string, unknown>} [body] */
export async function make(session, move, body = {}) {
	await session.settle();
	// What the set did not take because it was handed in can only go out when it is taken back.
	if (session.waiting && move !== "reopen")
		throw new Unmoved(t("Some changes are not saved yet. Try again when they are."));
	for (const isLast of [false, true]) {
		try {
			const { data } = await request("POST", session.boot.urls[move], body, { "If-Match": `"${session.version}"` });
			session.take(data);
			session.outbox?.moved();
			void countAnew();
			return void session.drain?.run();
		} catch (problem) {
			if (!(problem instanceof Problem)) throw new Unmoved(t("The server cannot be reached. Try again in a moment."));
			if (problem.status === 412 && !isLast) await session.refresh();
			else if (problem.code === "incomplete")
				throw new Unmoved(problem.message, /** @type {import("../missing.js").Lack[]} */ (problem.details.errors));
			else if (problem.status === 401) {
				session.tell("status", { status: "signed_out", why: "" });
				throw new Unmoved(t("You are no longer signed in. Sign in above, then try again."));
			} else throw new Unmoved(problem.message);
		}
	}
}
