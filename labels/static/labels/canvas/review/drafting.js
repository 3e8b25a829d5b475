/** Proposing: a corrected copy of the chosen span, or a span that is missing, changed like any span and then sent. */

import { build, keycap } from "../element.js";
import { quoted, quoteOf } from "../fragments.js";
import { keepUnsent, takeUnsent } from "../unsent.js";
import { t, within } from "../words.js";
import { Draft } from "./draft.js";
import { comparison } from "./verdicts.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */
/** @typedef {import("./judging.js").Judging} Judging */

export class Drafting {
	/** @param {Canvas} canvas @param {import("../keyboard.js").Keyboard} keyboard @param {Judging} judging */
	constructor(canvas, keyboard, judging) {
		this.canvas = canvas;
		this.judging = judging;
		keyboard.on("fix", () => this.#fix());
		keyboard.on("missing", ({ argument }) => this.#missing(argument));
	}

	#fix() {
		const span = this.judging.span;
		if (!span) return;
		const { canvas } = this;
		const before = this.judging.reviews.latest.get(span.id)?.proposal;
		canvas.draft = new Draft(canvas, { ...span, ...before }, false);
		this.#edit();
	}

	#edit() {
		const { canvas } = this;
		canvas.mode = {
			key: (name) => {
				if (name !== "Enter" && name !== "Escape") return false;
				if (name === "Enter") this.#send();
				else this.close();
				return true;
			},
			close: () => this.close(),
		};
		canvas.draft?.show();
		canvas.announce(t("Your copy: change it, then press Enter to send it or Escape to leave it."));
	}

	#send() {
		const { canvas } = this;
		const { draft } = canvas;
		if (!draft) return;
		const comment = takeUnsent(`draft ${draft.id}`);
		const { proposal, missing } = draft;
		this.close();
		if (missing) this.judging.judge({ verdict: "missing", span: null, comment, proposal });
		else this.judging.judge({ verdict: "fix", comment, proposal });
	}

	/** Leave the copy. */
	close() {
		const { canvas } = this;
		canvas.mode = null;
		canvas.draft?.drop();
	}

	/** Propose what is missing: the words first, then a label, by its key if it is not named. @param {string} [named] */
	#missing(named) {
		const { canvas } = this;
		if (!this.judging.mayJudge) return;
		const reach = canvas.marking.reach;
		if (!reach) return canvas.say(t("Select the words that should be marked, then press the key again."));
		if (named) return this.#propose(named, reach);
		canvas.select(reach, { byKey: true });
		const labels = canvas.scheme.offered;
		canvas.say(
			t("Which label? {labels}", {
				labels: labels.map((each) => `${each.key} ${within(canvas.scheme.title(each.name))}`).join(" · "),
			}),
		);
		canvas.mode = {
			key: (name) => {
				const label = labels.find((each) => each.key === name);
				canvas.tell("hush");
				if (label) this.#propose(label.name, reach);
				else canvas.mode = null;
				return !!label || name === "Escape";
			},
			close: () => (canvas.mode = null),
		};
	}

	/** @param {string} label @param {import("../canvas.js").Stretch} reach */
	#propose(label, reach) {
		const { canvas } = this;
		const span = {
			id: crypto.randomUUID(),
			label,
			fragments: quoted([reach], canvas.article),
			attributes: canvas.scheme.defaults(label),
		};
		canvas.select(null);
		canvas.draft = new Draft(canvas, span, true);
		canvas.choose(span.id);
		this.#edit();
	}

	/** The card while a copy is made. */
	card() {
		const { canvas } = this;
		if (!canvas.draft) return [];
		const { id, missing, proposal } = canvas.draft;
		const original = canvas.session.view.spans.get(id);
		const why = build("textarea", {
			rows: 2,
			"data-keep": "draft",
			"aria-label": t("Why"),
			placeholder: t("Why (optional)"),
		});
		keepUnsent(why, `draft ${id}`);
		const content = build(
			"section",
			{ class: "verdict draft", "data-verdict": missing ? "missing" : "fix", "aria-label": t("Your copy") },
			build("h3", {}, missing ? t("A span you propose") : t("Your corrected copy")),
			original &&
				(comparison(canvas, original, proposal, t("yours")) ??
					build(
						"p",
						{ class: "hint" },
						t(
							"So far the same as “{quote}”. Change its edges, label or values; select words and press = to take just these.",
							{ quote: quoteOf(original.fragments, 60) },
						),
					)),
			why,
			build(
				"div",
				{ class: "options" },
				build(
					"button",
					{ type: "button", class: "button small main", onclick: () => this.#send() },
					t("Send"),
					" ",
					keycap("Enter"),
				),
				build(
					"button",
					{ type: "button", class: "button small", onclick: () => this.close() },
					t("Leave"),
					" ",
					keycap("Escape"),
				),
			),
		);
		return [content];
	}
}
