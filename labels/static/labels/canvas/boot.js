/** What the page hands over to its script: the set, the scheme, who is at work and where things are. */

import { withOwnKeys } from "./ownkeys.js";

/** @typedef {import("./state.js").Span} Span */
/** @typedef {import("./state.js").Relation} Relation */
/** @typedef {{label: string, fragments: import("./state.js").Fragment[], attributes: Record<string, unknown>}} Proposal */
/**
 * @typedef {object} SetData
 * @property {string} id
 * @property {"open" | "submitted" | "returned" | "approved"} state
 * @property {number} version
 * @property {number} [scheme_version]
 * @property {string} annotator
 * @property {Span[]} spans
 * @property {Relation[]} relations
 */
/**
 * @typedef {object} Review
 * @property {string} [id]
 * @property {string | null} span
 * @property {string | null} [relation]
 * @property {"accept" | "fix" | "reject" | "missing"} verdict
 * @property {string} [reason]
 * @property {string} [comment]
 * @property {Proposal | null} [proposal]
 * @property {string} [reviewer]
 * @property {number} [rev]
 * @property {string} [created_at]
 */
/** @typedef {{id?: string, span: string | null, relation?: string | null, author: string, text: string, resolves?: boolean, mentions?: string[], created_at?: string}} Comment */
/**
 * @typedef {object} Boot
 * @property {"label" | "review"} mode
 * @property {boolean} writable
 * @property {{id: string, title: string, length: number, has_astral?: boolean, language?: string}} article
 * @property {SetData} set
 * @property {import("./scheme.js").SchemeData} scheme
 * @property {Review[]} reviews
 * @property {Comment[]} comments
 * @property {Record<string, string>} [reasons] what a rejection may say, by code
 * @property {{id: string, username: string}} me
 * @property {import("./ownkeys.js").OwnKeys} keys
 * @property {Record<"set" | "active_time" | "operations" | "submit" | "reopen" | "return" | "approve" | "reviews" | "comments" | "comments_read" | "sign_in" | "me" | "project" | "next", string>} urls
 */

/** @returns {Boot} */
export function readBoot() {
	/** @type {Boot} */
	const boot = JSON.parse(document.getElementById("galley-boot")?.textContent ?? "{}");
	return { ...boot, scheme: withOwnKeys(boot.scheme, boot.keys) };
}
