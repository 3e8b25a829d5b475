/** What was said about a span, or about the whole set, and a line to say something oneself. */

import { request } from "./api.js";
import { build, keycap } from "./element.js";
import { keepUnsent, takeUnsent } from "./unsent.js";
import { t } from "./words.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */
/** @typedef {import("./reviews.js").Reviews} Reviews */

/** "29 Oct, 14:05" in the reader's own way. @param {string | undefined} time */
export function timeOf(time) {
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
	const about = span ? t("Comments on this span") : t("Comments on the whole set");
	const entry = build("textarea", {
		rows: 1,
		"data-keep": `reply ${span}`,
		"aria-label": span ? t("Say something about this span") : t("Say something about the whole set"),
		placeholder:
			canvas.boot.mode === "label" && (said.length || reviews.latest.has(span ?? "")) ? t("Answer") : t("Comment"),
	});
	const key = `reply ${span}`;
	keepUnsent(entry, key);
	const send = (resolves = false) => {
		const text = takeUnsent(key);
		if (!text && !resolves) return;
		canvas.text.focus({ preventScroll: true });
		void reviews.say(span, text, resolves);
		canvas.announce(resolves ? t("Resolved.") : t("Said."));
	};
	entry.addEventListener("keydown", (event) => {
		if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
		event.preventDefault();
		send();
	});
	return build(
		"section",
		{ class: "thread", "aria-label": about },
		build("h3", { class: "field-name" }, about),
		...said.map(remark),
		build(
			"div",
			{ class: "reply" },
			entry,
			build(
				"button",
				{ type: "button", class: "option", onclick: () => send() },
				keycap(span ? canvas.keymap.keyOf("reply") : undefined),
				t("Send"),
			),
			said.length > 0 &&
				!said.at(-1)?.resolves &&
				build("button", { type: "button", class: "option", onclick: () => send(true) }, t("Resolve")),
		),
	);
}

/** @param {import("./boot.js").Comment} comment */
function remark({ author, text, created_at, resolves, mentions = [] }) {
	return build(
		"p",
		{ class: resolves && "resolves" },
		build("b", {}, author),
		" ",
		build("time", { datetime: created_at }, timeOf(created_at)),
		resolves && build("span", { class: "resolved" }, t("resolved")),
		text && build("br"),
		build("span", { dir: "auto" }, ...naming(text, mentions)),
	);
}

/** Pieces of a text, those that name somebody set off. @param {string} text @param {string[]} mentions */
function naming(text, mentions) {
	return text.split(/(@[\p{L}\p{N}_.@+-]+)/u).map((piece) => {
		const name = mentions.find((each) => piece.startsWith(`@${each}`));
		return name ? build("b", { class: "named" }, piece) : piece;
	});
}

/** Tell the server that what others said is read now. @param {Canvas} canvas */
export function reading({ boot }) {
	const others = boot.comments.some((each) => each.author !== boot.me.username);
	// Where it cannot be told, it is told the next time.
	if (others) void request("POST", boot.urls.comments_read).catch(() => {});
}

/** The key for it: to the line. @param {Canvas} canvas @param {import("./keyboard.js").Keyboard} keyboard */
export function replying(canvas, keyboard) {
	keyboard.on("reply", () => {
		const entry = canvas.root.querySelector(".reply textarea");
		if (entry instanceof HTMLElement) entry.focus();
		else canvas.say(t("Choose a span first."));
	});
}
