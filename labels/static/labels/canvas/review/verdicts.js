/**
 * What the reviewer said, at its span: a mark in the margin, on the card the reason, the comment and the
 * corrected copy beside one's own, which one key takes over; spans that the reviewer misses.
 */

import { build, keycap } from "../element.js";
import { quoteOf } from "../fragments.js";
import { difference, taking } from "../reviews.js";
import { titleOf, valueTitle } from "../scheme.js";
import { thread } from "../thread.js";
import { t, woven } from "../words.js";
import { answering, declineButton, proposals } from "./proposals.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */
/** @typedef {import("../keyboard.js").Keyboard} Keyboard */
/** @typedef {import("../reviews.js").Reviews} Reviews */
/** @typedef {import("../boot.js").Review} Review */
/** @typedef {import("../boot.js").Proposal} Proposal */
/** @typedef {import("../state.js").Span} Span */

/** Yours and the reviewer's, row by row, where they differ. @param {Canvas} canvas @param {Proposal} own @param {Proposal} other @param {string} name whose the other is */
export function comparison(canvas, own, other, name) {
	const { scheme } = canvas;
	const mine = canvas.boot.mode === "label" ? t("yours") : t("original");
	/** @type {[string, string, string][]} */
	const rows = [];
	if (own.label !== other.label) rows.push([t("Label"), scheme.title(own.label), scheme.title(other.label)]);
	if (quoteOf(own.fragments) !== quoteOf(other.fragments) || own.fragments[0].start !== other.fragments[0].start)
		rows.push([t("Words"), quoteOf(own.fragments), quoteOf(other.fragments)]);
	const known = [...scheme.attributes(own.label), ...scheme.attributes(other.label)];
	for (const attribute of Object.keys(difference(own.attributes, other.attributes))) {
		const found = known.find((each) => each.name === attribute) ?? {
			name: attribute,
			type: /** @type {const} */ ("text"),
		};
		const said = (/** @type {Proposal} */ { attributes }) =>
			attributes[attribute] === undefined ? "–" : valueTitle(found, attributes[attribute]);
		rows.push([titleOf(found), said(own), said(other)]);
	}
	if (!rows.length) return null;
	const cells = rows.flatMap(([title, one, two]) => [
		build("dt", {}, title),
		build("dd", { class: "own" }, build("span", { class: "whose" }, mine), build("del", {}, one)),
		build("dd", { class: "other" }, build("span", { class: "whose" }, name), build("ins", {}, two)),
	]);
	return build("dl", { class: "comparison" }, ...cells);
}

/** What was said, and by whom. @param {Review} review */
function saidBy({ verdict, reviewer: name = "" }) {
	return {
		accept: t("accepted by {name}", { name }),
		fix: t("corrected by {name}", { name }),
		reject: t("rejected by {name}", { name }),
		missing: t("missing, says {name}", { name }),
	}[verdict];
}

/** @param {Canvas} canvas @param {Review} review */
export function reasonOf(canvas, { reason }) {
	return canvas.boot.reasons?.[reason ?? ""] ?? reason ?? "";
}

/** @param {Canvas} canvas @param {Reviews} reviews @param {Span} span @param {Keyboard} keyboard */
function verdictOn(canvas, reviews, span, keyboard) {
	const review = reviews.latest.get(span.id);
	// One's own plain yes is seen on its button.
	if (!review || (canvas.boot.mode === "review" && review.verdict === "accept" && !review.comment)) return null;
	const { verdict, proposal, comment, reviewer = "" } = review;
	const operations = proposal ? taking(span, proposal) : [];
	const revision = canvas.session.revisions.get(span.id) ?? 0;
	const later =
		verdict === "fix" && !operations.length
			? t("You have taken this.")
			: revision > (review.rev ?? 0)
				? t("Changed since.")
				: "";
	const take = () => keyboard.do({ command: "take" });
	return build(
		"section",
		{ class: "verdict", "data-verdict": verdict, "data-done": !!later, "aria-label": t("Review") },
		build("h3", {}, saidBy(review)),
		reasonOf(canvas, review) && build("p", {}, reasonOf(canvas, review)),
		comment && build("p", { dir: "auto" }, comment),
		proposal && operations.length ? comparison(canvas, span, proposal, reviewer) : null,
		later && build("p", { class: "hint" }, later),
		proposal && operations.length && canvas.editable && !canvas.draft
			? build(
					"button",
					{ type: "button", class: "button small main", "data-keep": "take", onclick: take },
					t("Take it"),
					" ",
					keycap(canvas.keymap.keyOf("take")),
				)
			: null,
		" ",
		proposal && operations.length && canvas.boot.mode === "label" && reviews.isOpen(span) && canvas.editable
			? declineButton(canvas, keyboard)
			: null,
		verdict === "reject" && !later && canvas.editable && !canvas.draft
			? build(
					"p",
					{ class: "hint" },
					...woven("Change it, delete it {delete}, or answer {reply}.", {
						delete: keycap("Delete"),
						reply: keycap(canvas.keymap.keyOf("reply")),
					}),
				)
			: null,
	);
}

/**
 * Marks in the margin, ghosts of what is missing, and what stands on the card about a span or the set.
 * @param {Canvas} canvas @param {Keyboard} keyboard @param {Reviews} reviews
 */
export function verdicts(canvas, keyboard, reviews) {
	function sign() {
		const shown = [...reviews.latest].filter(
			([id, { verdict }]) => canvas.session.view.spans.has(id) && verdict !== "missing",
		);
		canvas.painter.sign("data-verdict", new Map(shown.map(([id, { verdict }]) => [id, verdict])));
		if (!canvas.draft)
			canvas.highlights.show(
				"proposal",
				reviews.proposed.flatMap((each) => each.proposal?.fragments ?? []),
			);
	}
	canvas.on("reviews", sign);
	canvas.session.addEventListener("changed", sign);
	sign();
	canvas.linkNote = ({ id }) => {
		const review = reviews.latest.get(id);
		if (!review || review.verdict === "accept") return null;
		const why = [reasonOf(canvas, review), review.comment].filter((each) => each).join(" ");
		return build("p", { class: "link-verdict" }, `${saidBy(review)}. ${why}`);
	};
	answering(canvas, keyboard, reviews);
	const isTalked = (/** @type {Span | undefined} */ span) => !span || !reviews.latest.has(span.id);
	return {
		/** Below the words: the verdict, and what is said about it. @type {import("../card.js").Extra} */
		said(span) {
			if (canvas.draft) return [];
			if (!span) return [proposals(canvas, keyboard, reviews)];
			return [verdictOn(canvas, reviews, span, keyboard), isTalked(span) ? null : thread(canvas, reviews, span.id)];
		},
		/** At the end: room to say something, where there is no verdict. @type {import("../card.js").Extra} */
		talk(span) {
			return canvas.draft || !isTalked(span) ? [] : [thread(canvas, reviews, span?.id ?? null)];
		},
	};
}
