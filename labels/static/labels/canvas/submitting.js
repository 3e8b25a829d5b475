/** Handing in, taking back, and what comes next. */

import { build, keycap } from "./element.js";
import { leftToDo } from "./reviews.js";
import { t } from "./words.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */
/** @typedef {import("./keyboard.js").Keyboard} Keyboard */
/** @typedef {import("./reviews.js").Reviews} Reviews */

/** @param {Canvas} canvas @param {Keyboard} keyboard @param {Reviews} reviews */
export function submitting(canvas, keyboard, reviews) {
	const banner = build("div", { class: "notice banner", role: "status", hidden: true });
	canvas.root.querySelector("[data-part=notices]")?.prepend(banner);
	keyboard.onDemand("finish", async () => {
		const { attempt } = await import("./moves/attempt.js");
		return () => finish(attempt);
	});
	keyboard.onDemand("reopen", async () => {
		const { attempt } = await import("./moves/attempt.js");
		return () => void attempt(canvas, "reopen");
	});
	canvas.on("set", show);
	canvas.on("reviews", show);
	show();

	/** @param {typeof import("./moves/attempt.js").attempt} attempt */
	function finish(attempt) {
		if (canvas.editable) void attempt(canvas, "submit");
		else if (canvas.session.set.state === "submitted" && canvas.boot.urls.next) location.assign(canvas.boot.urls.next);
		else canvas.say(t("This set is not open."));
	}

	function show() {
		const { state } = canvas.session.set;
		const { urls } = canvas.boot;
		for (const button of document.querySelectorAll("[data-command=finish]"))
			button.toggleAttribute("hidden", !canvas.editable);
		document.querySelector(".queue [aria-current]")?.setAttribute("data-state", state);
		const next = urls.next
			? build(
					"a",
					{ class: "button small main", href: urls.next },
					t("Next article"),
					" ",
					keycap(canvas.keymap.keyOf("finish")),
				)
			: build("a", { class: "button small", href: urls.project }, t("To the project"));
		const back = build(
			"button",
			{ type: "button", class: "button small", onclick: () => keyboard.do({ command: "reopen" }) },
			t("Take back"),
		);
		const words = {
			open: canvas.editable
				? null
				: [build("p", {}, t("You can read this set, but not change it. Ask a manager to assign the article to you."))],
			submitted: [
				build(
					"p",
					{},
					build("b", {}, t("Submitted.")),
					` ${t("A reviewer looks at it next. Until then you can take it back.")}`,
				),
				next,
				" ",
				back,
			],
			returned: [build("p", {}, build("b", {}, t("Returned to you.")), ` ${todo()}`)],
			approved: [build("p", {}, build("b", {}, t("Approved.")), ` ${t("Nothing is left to do here.")}`), next],
		}[state];
		banner.hidden = !words;
		banner.className = `notice banner ${state === "returned" || state === "open" ? "warn" : "ok"}`;
		if (words) banner.replaceChildren(...words);
	}

	/** What the review leaves to do, in a sentence. */
	function todo() {
		const { spans } = canvas.session.view;
		const open = [...spans.values()].filter((each) => reviews.isOpen(each)).length;
		return leftToDo(open, reviews.proposed.length, canvas.keymap.keyOf("nextOpen"));
	}
}
