/** Judging the chosen span: accepted at one key, rejected with a reason at two, and on to the next. */

import { build, keycap } from "../element.js";
import { stepTo } from "../stepping.js";
import { takeUnsent } from "../unsent.js";
import { t } from "../words.js";
import { reasons } from "./reasons.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */
/** @typedef {import("../keyboard.js").Keyboard} Keyboard */
/** @typedef {import("../reviews.js").Reviews} Reviews */
/** @typedef {import("../boot.js").Review} Review */
/** @typedef {import("../state.js").Span} Span */

export class Judging {
	/** Whether the reason for a rejection is being asked for. */
	#rejecting = false;

	/** @param {Canvas} canvas @param {Keyboard} keyboard @param {Reviews} reviews */
	constructor(canvas, keyboard, reviews) {
		this.canvas = canvas;
		this.keyboard = keyboard;
		this.reviews = reviews;
		keyboard.on("accept", () => this.span && this.judge({ verdict: "accept" }));
		keyboard.on("reject", () => this.#ask());
		canvas.on("chosen", () => this.#stopAsking());
		canvas.linkNote = (link) =>
			canvas.may && canvas.session.set.state === "submitted" ? this.#linkButton(link) : null;
	}

	/** A link is right unless it is rejected: one button turns that over. @param {import("../state.js").Relation} link */
	#linkButton({ id }) {
		const isRejected = this.reviews.latest.get(id)?.verdict === "reject";
		const turn = () => {
			if (!this.mayJudge) return;
			const said = isRejected
				? { verdict: /** @type {const} */ ("accept") }
				: { verdict: /** @type {const} */ ("reject"), reason: "link" };
			void this.reviews.judge({ span: null, relation: id, ...said });
		};
		const properties = {
			type: "button",
			class: "option",
			"aria-pressed": String(isRejected),
			"data-keep": `link ${id}`,
			onclick: turn,
		};
		return build("button", properties, isRejected ? t("Link rejected") : t("Reject this link"));
	}

	get mayJudge() {
		if (this.canvas.may && this.canvas.session.set.state === "submitted") return true;
		this.canvas.say(t("This set is not open for review."));
		return false;
	}

	/** The span to judge. */
	get span() {
		const { subject } = this.canvas;
		if (!subject) this.canvas.say(t("Choose a span first."));
		return subject && this.mayJudge ? subject : null;
	}

	/** Say it, and go on to the next. @param {Omit<Review, "span"> & {span?: null}} said */
	judge(said) {
		const { canvas } = this;
		const { chosen } = canvas;
		this.#stopAsking();
		void this.reviews.judge({ span: chosen, ...said });
		canvas.announce(
			{ accept: t("Accepted."), fix: t("Correction sent."), reject: t("Rejected."), missing: t("Proposed.") }[
				said.verdict
			],
		);
		// What was just judged counts as looked at before the server has said so.
		const isNext = (/** @type {Span} */ span) => span.id !== chosen && !this.reviews.isLookedAt(span);
		if (said.verdict !== "missing" && !stepTo(canvas, 1, isNext))
			canvas.say(t("All spans are looked at."), { command: "finish", title: t("Finish") });
	}

	#ask() {
		if (!this.span) return;
		this.#rejecting = true;
		const codes = Object.keys(this.canvas.boot.reasons ?? {});
		this.canvas.mode = {
			key: (name) => {
				const code = codes[Number(name) - 1];
				if (name === "Escape") this.#stopAsking();
				else if (code) this.#reject(code);
				return name === "Escape" || code !== undefined;
			},
			close: () => this.#stopAsking(),
		};
		this.canvas.tell("reviews");
		/** @type {HTMLElement | null} */ (this.canvas.root.querySelector(".reasons textarea"))?.focus({
			preventScroll: codes.length > 0,
		});
		if (codes.length) this.canvas.text.focus({ preventScroll: true });
	}

	#stopAsking() {
		if (!this.#rejecting) return;
		this.#rejecting = false;
		this.canvas.mode = null;
		this.canvas.tell("reviews");
	}

	/** @param {string} reason */
	#reject(reason) {
		const comment = takeUnsent(`reason ${this.canvas.chosen}`);
		this.judge({ verdict: "reject", reason, comment });
	}

	/** What the card says of judging. @param {Span | undefined} span */
	card(span) {
		const { canvas } = this;
		if (canvas.draft || !span || !canvas.may || canvas.session.set.state !== "submitted") return [];
		const verdict = this.reviews.isLookedAt(span) ? this.reviews.latest.get(span.id)?.verdict : "";
		const button = (/** @type {"accept" | "fix" | "reject"} */ name, /** @type {string} */ title) =>
			build(
				"button",
				{
					type: "button",
					class: "option",
					"data-keep": name,
					"data-verdict": name,
					"aria-pressed": String(verdict === name),
					onclick: () => this.keyboard.do({ command: name }),
				},
				keycap(canvas.keymap.keyOf(name)),
				title,
			);
		return [
			build(
				"div",
				{ class: "judge options", role: "group", "aria-label": t("Verdict") },
				button("accept", t("Accept")),
				button("fix", t("Fix")),
				button("reject", t("Reject")),
			),
			this.#rejecting ? reasons(canvas, (reason) => this.#reject(reason)) : null,
		];
	}
}
