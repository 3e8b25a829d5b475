/** What was said about a span, or about the whole set, and a line to say something oneself. */

import { build, keycap } from "./element.js";
import { keepUnsent, takeUnsent } from "./unsent.js";
import { t } from "./words.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */
/** @typedef {import("./reviews.js").Reviews} Reviews */

/** "29 Oct, 14:05" in the reader's own way. @param {string | undefined} time */
export function when(time) {
	if (!time) return "";
	const at = new Date(time);
	const today = at.toDateString() === new Date().toDateString();
	return at.toLocaleString(
		document.documentElement.lang || undefined,
		today ? { timeStyle: "short" } : { day: "numeric", month: "short" },
	);
}

/** @param {Canvas} canvas @param {Reviews} reviews @param {string | null} span */
export function thread(canvas, reviews, span) {
	const said = reviews.comments.filter((each) => (each.span ?? null) === span && !each.relation);
	const mayTalk = canvas.may || canvas.boot.mode === "label";
	if (!said.length && !mayTalk) return null;
	const entry = build("textarea", {
		rows: 1,
		"data-keep": `reply ${span}`,
		"aria-label": span ? t("Say something about this span") : t("Say something about the whole set"),
		placeholder:
			canvas.boot.mode === "label" && (said.length || reviews.latest.has(span ?? "")) ? t("Answer") : t("Comment"),
	});
	const key = `reply ${span}`;
	keepUnsent(entry, key);
	const send = () => {
		const text = takeUnsent(key);
		if (!text) return;
		canvas.text.focus({ preventScroll: true });
		void reviews.say(span, text);
		canvas.announce(t("Said."));
	};
	entry.addEventListener("keydown", (event) => {
		if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
		event.preventDefault();
		send();
	});
	return build(
		"section",
		{ class: "thread", "aria-label": t("Comments") },
		...said.map(({ author, text, created_at }) =>
			build(
				"p",
				{},
				build("b", {}, author),
				" ",
				build("time", { datetime: created_at }, when(created_at)),
				build("br"),
				build("span", { dir: "auto" }, text),
			),
		),
		mayTalk &&
			build(
				"div",
				{ class: "reply" },
				entry,
				build(
					"button",
					{ type: "button", class: "option", onclick: send },
					keycap(span ? canvas.keymap.keyOf("reply") : undefined),
					t("Send"),
				),
			),
	);
}

/** The key for it: to the line. @param {Canvas} canvas @param {import("./keyboard.js").Keyboard} keyboard */
export function replying(canvas, keyboard) {
	keyboard.on("reply", () => {
		const entry = canvas.root.querySelector(".reply textarea");
		if (entry instanceof HTMLElement) entry.focus();
		else canvas.say(t("Choose a span first."));
	});
}
