/** What reviewers and annotators said of a set: which verdict counts, whether it was followed, how to take it. */

import { isSame, quoteOf } from "./fragments.js";
import { counted, t, within } from "./words.js";

/** @typedef {import("./boot.js").Review} Review */
/** @typedef {import("./boot.js").Comment} Comment */
/** @typedef {import("./boot.js").Proposal} Proposal */
/** @typedef {import("./state.js").Span} Span */
/** @typedef {import("./state.js").Operation} Operation */

/** How a verdict is told. */
export const SAID = { accept: t("accepted"), fix: t("corrected"), reject: t("rejected"), missing: t("missing") };

/** The verdict that is told so. @param {string} said */
export function verdictTold(said) {
	return Object.entries(SAID).find(([, each]) => each === said)?.[0];
}

/** The verdict that counts for each span or relation: the last. @param {Review[]} reviews @returns {Map<string, Review>} */
export function latest(reviews) {
	const found = new Map();
	for (const each of reviews) {
		const unit = each.span ?? each.relation;
		if (unit) found.set(unit, each);
	}
	return found;
}

/** Whether two values say the same. @param {unknown} a @param {unknown} b */
function alike(a, b) {
	return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

/** The attributes that a copy has otherwise; those it lacks are null. @param {Record<string, unknown>} now @param {Record<string, unknown>} then */
export function difference(now, then) {
	const names = [...new Set([...Object.keys(now), ...Object.keys(then)])];
	const other = names.filter((name) => !alike(now[name], then[name]));
	return Object.fromEntries(other.map((name) => [name, then[name] ?? null]));
}

/** What turns a span into its corrected copy. @param {Span} span @param {Proposal} proposal @returns {Operation[]} */
export function taking(span, { label, fragments, attributes }) {
	/** @type {Operation[]} */
	const found = [];
	if (!isSame(span.fragments, fragments)) found.push({ op: "move_span", id: span.id, fragments });
	if (span.label !== label) found.push({ op: "relabel_span", id: span.id, label });
	const change = difference(span.attributes, attributes);
	if (Object.keys(change).length) found.push({ op: "set_attributes", id: span.id, attributes: change });
	return found;
}

/** Whether the annotator has done nothing about a verdict yet. @param {Review} review @param {Span | undefined} span @param {number} revision of the span now */
export function isOpen({ verdict, proposal, rev = 0 }, span, revision) {
	if (!span || (verdict !== "fix" && verdict !== "reject")) return false;
	if (verdict === "fix" && proposal && !taking(span, proposal).length) return false;
	return revision <= rev;
}

/** Proposals of missing spans that are not in the set yet. @param {Review[]} reviews @param {ReadonlyMap<string, Span>} spans */
export function untaken(reviews, spans) {
	const list = [...spans.values()];
	return reviews.filter(
		({ verdict, proposal, id }) =>
			verdict === "missing" &&
			proposal &&
			!list.some(
				(each) =>
					(id && each.derived_from === id) ||
					(each.label === proposal.label && isSame(each.fragments, proposal.fragments)),
			),
	);
}

/** What is said to the reviewer of a proposal that is not taken; by these words it is known again. @param {import("./scheme.js").Scheme} scheme @param {Proposal} proposal */
export function declining(scheme, { label, fragments }) {
	return t("Not taken: {label} “{quote}”.", { label: within(scheme.title(label)), quote: quoteOf(fragments, 200) });
}

/** What a returned set leaves to do, in a sentence. @param {number} open verdicts to follow or to answer @param {number} proposed @param {string} [key] */
export function leftToDo(open, proposed, key) {
	const said = [
		open && counted(open, "{n} span was corrected or rejected", "{n} spans were corrected or rejected"),
		proposed && counted(proposed, "{n} span was proposed", "{n} spans were proposed"),
	]
		.filter((each) => each)
		.join(", ");
	if (open)
		return t("{said}: go to the next with {key}, take the correction or answer, then submit it again.", { said, key });
	if (proposed) return t("{said}: take what you agree with, decline the rest, then submit it again.", { said });
	return t("Nothing the reviewer said is left open. Look it over and submit it again.");
}

/** The verdicts and comments of a set, those on their way included. */
export class Reviews {
	/** @type {Review[]} */
	#onTheWay = [];
	/** @type {Comment[]} */
	#unsent = [];

	/** @param {import("./canvas.js").Canvas} canvas */
	constructor(canvas) {
		this.canvas = canvas;
		this.sent = [...canvas.boot.reviews];
		this.heard = [...canvas.boot.comments];
		canvas.session.addEventListener("sent", (event) => this.#arrived(/** @type {CustomEvent} */ (event).detail));
		canvas.session.addEventListener("kept", () => this.#waiting());
		canvas.session.addEventListener("refused", () => this.#waiting());
	}

	get all() {
		return [...this.sent, ...this.#onTheWay];
	}

	get comments() {
		return [...this.heard, ...this.#unsent];
	}

	get latest() {
		return latest(this.all);
	}

	/** Whether one has said something since a review: of a span, or of the set. @param {Review} review @param {string | null} span @param {string} [words] just that */
	#hasSaid({ created_at }, span, words) {
		const { username } = this.canvas.boot.me;
		const since = Date.parse(created_at ?? "");
		return this.comments.some(
			(each) =>
				(each.span ?? null) === span &&
				each.author === username &&
				(words === undefined || each.text === words) &&
				Date.parse(each.created_at ?? "") > since,
		);
	}

	/** Proposals of missing spans that one has neither taken nor declined. */
	get proposed() {
		const { scheme, session } = this.canvas;
		const open = untaken(this.all, session.view.spans);
		return open.filter((each) => each.proposal && !this.#hasSaid(each, null, declining(scheme, each.proposal)));
	}

	/** Whether something is still to be done about a span: an answer will do. @param {Span} span */
	isOpen(span) {
		const review = this.latest.get(span.id);
		if (!review || !isOpen(review, span, this.canvas.session.revisions.get(span.id) ?? 0)) return false;
		return !this.#hasSaid(review, span.id);
	}

	/** Whether there is a verdict on a span as it is now. @param {Span} span */
	isLookedAt(span) {
		const review = this.latest.get(span.id);
		return !!review && (review.rev ?? 0) >= (this.canvas.session.revisions.get(span.id) ?? 0);
	}

	/** Verdicts that came from the server by another way. @param {Review[]} reviews */
	take(reviews) {
		this.sent.push(...reviews);
		this.canvas.tell("reviews");
	}

	/** @param {{rows: import("./store.js").Row[], data: any}} detail */
	#arrived({ rows, data }) {
		if (rows[0].kind === "review" && data?.id) this.sent.push(data);
		if (rows[0].kind === "comment" && data?.id) this.heard.push(data);
		this.#waiting();
	}

	#waiting() {
		const { outbox, boot } = this.canvas.session;
		const rows = (outbox?.rows ?? []).filter((row) => row.kind !== "operation");
		if (!rows.length && !this.all.length && !this.comments.length) return;
		const { username } = boot.me;
		const at = new Date().toISOString();
		this.#onTheWay = rows
			.filter((row) => row.kind === "review")
			.map(({ data }) => ({
				rev: this.canvas.session.revisions.get(data.span) ?? 0,
				...data,
				reviewer: username,
				created_at: at,
			}));
		this.#unsent = rows
			.filter((row) => row.kind === "comment")
			.map(({ data }) => ({ ...data, author: username, created_at: at }));
		this.canvas.tell("reviews");
	}

	/** @param {Review} review */
	judge(review) {
		return this.canvas.session.keep("review", [review]);
	}

	/** @param {string | null} span @param {string} text @param {boolean} [resolves] */
	say(span, text, resolves) {
		return this.canvas.session.keep("comment", [{ span, text, ...(resolves && { resolves }) }]);
	}
}
