/** Spans that the reviewer misses: each is taken, or declined with a word to the reviewer, at one key. */

import { build, keycap } from "../element.js";
import { quoteOf } from "../fragments.js";
import { declining, taking } from "../reviews.js";
import { valueTitle } from "../scheme.js";
import { t } from "../words.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */
/** @typedef {import("../keyboard.js").Keyboard} Keyboard */
/** @typedef {import("../reviews.js").Reviews} Reviews */
/** @typedef {import("../boot.js").Review} Review */
/** @typedef {import("../boot.js").Proposal} Proposal */

/** What is said of a correction that is not followed. */
const LEFT = t("I leave it as it is.");

/** @param {Canvas} canvas @param {Keyboard} keyboard */
export function declineButton(canvas, keyboard) {
	const properties = { type: "button", class: "button small", "data-keep": "decline" };
	const decline = () => keyboard.do({ command: "decline" });
	return build(
		"button",
		{ ...properties, onclick: decline },
		t("Decline"),
		" ",
		keycap(canvas.keymap.keyOf("decline")),
	);
}

/** The list of them. Keys mean the one that has the focus, else the first. @param {Canvas} canvas @param {Keyboard} keyboard @param {Reviews} reviews */
export function proposals(canvas, keyboard, reviews) {
	const found = reviews.proposed;
	if (!found.length) return null;
	const rows = found.map((review, index) => row(canvas, keyboard, review, index === 0));
	return build(
		"section",
		{ class: "proposals", "aria-label": t("Proposed spans") },
		build("h2", {}, t("Proposed in the review")),
		build("ul", {}, ...rows),
	);
}

/** @param {Canvas} canvas @param {Keyboard} keyboard @param {Review} review @param {boolean} first */
function row(canvas, keyboard, review, first) {
	const { label, fragments, attributes } = /** @type {Proposal} */ (review.proposal);
	const values = canvas.scheme.attributes(label).filter((each) => attributes[each.name] !== undefined);
	/** @param {string} command @param {string} title @param {string} look */
	const button = (command, title, look) => {
		const act = () => keyboard.do({ command, argument: review.id });
		const properties = { type: "button", class: `button small ${look}`, "data-keep": `${command} ${review.id}` };
		return build("button", { ...properties, onclick: act }, title, " ", first && keycap(canvas.keymap.keyOf(command)));
	};
	return build(
		"li",
		{ "data-review": review.id },
		build(
			"span",
			{ class: "field-name" },
			t("{label}, says {name}", { label: canvas.scheme.title(label), name: review.reviewer }),
		),
		build(
			"button",
			{ type: "button", class: "quote", dir: "auto", onclick: () => canvas.reveal(fragments[0]) },
			quoteOf(fragments, 200),
		),
		values.length > 0 &&
			build("p", { class: "hint" }, values.map((each) => valueTitle(each, attributes[each.name])).join(" · ")),
		review.comment && build("p", { dir: "auto" }, review.comment),
		canvas.editable &&
			canvas.boot.mode === "label" &&
			build("p", {}, button("take", t("Take it"), "main take"), " ", button("decline", t("Decline"), "")),
	);
}

/** The keys for it. @param {Canvas} canvas @param {Keyboard} keyboard @param {Reviews} reviews */
export function answering(canvas, keyboard, reviews) {
	/** The proposal that is meant where no span is chosen. @param {string} [id] */
	const meant = (id) => {
		const focused = document.activeElement?.closest("[data-review]")?.getAttribute("data-review");
		const wanted = id ?? focused;
		return reviews.proposed.find((each) => each.id === wanted) ?? reviews.proposed[0];
	};

	keyboard.on("take", ({ argument }) => {
		const span = argument ? undefined : canvas.subject;
		const review = span ? reviews.latest.get(span.id) : meant(argument);
		if (!canvas.editable || !review?.proposal) return canvas.say(t("There is no correction to take here."));
		if (span) {
			void canvas.perform(taking(span, review.proposal));
			return canvas.say(t("Taken over."), { command: "undo", title: t("Undo") });
		}
		const operation = { op: "add_span", id: crypto.randomUUID(), ...review.proposal, derived_from: review.id };
		void canvas.perform([operation], { choose: operation.id });
		return canvas.announce(t("Taken."));
	});

	keyboard.on("decline", ({ argument }) => {
		const span = argument ? undefined : canvas.subject;
		const review = span ? undefined : meant(argument);
		if (!canvas.editable || !(span ? reviews.isOpen(span) : review?.proposal))
			return canvas.say(t("There is nothing of the reviewer’s to decline here."));
		const said = review?.proposal ? declining(canvas.scheme, review.proposal) : LEFT;
		void reviews.say(span?.id ?? null, said);
		return canvas.say(t("Declined. The reviewer reads: {said}", { said }));
	});
}
