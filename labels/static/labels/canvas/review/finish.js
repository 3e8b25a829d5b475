/** The end of a review: what was said in figures, a note, and approve or return; accept all the rest. */

import { Problem, request } from "../api.js";
import { build } from "../element.js";
import { make, Unmoved } from "../moves/moves.js";
import { openDialog } from "../sheets/dialog.js";
import { counted, t } from "../words.js";
import { tally } from "./progress.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */
/** @typedef {import("../keyboard.js").Keyboard} Keyboard */
/** @typedef {import("../reviews.js").Reviews} Reviews */

/** @param {Canvas} canvas @param {Keyboard} keyboard @param {Reviews} reviews @param {() => void} settle leave what is half done */
export function finishing(canvas, keyboard, reviews, settle) {
	const banner = build("div", { class: "notice banner", role: "status", hidden: true });
	canvas.root.querySelector("[data-part=notices]")?.prepend(banner);
	keyboard.on("finish", open);
	// A judgement waits for it: verdicts are only taken while the set is submitted.
	let accepting = Promise.resolve();
	keyboard.on("acceptRest", () => {
		accepting = acceptRest();
	});
	canvas.on("set", show);
	show();

	function open() {
		if (!canvas.may || canvas.session.set.state !== "submitted")
			return canvas.say(t("This set is not open for review."));
		settle();
		const said = tally(canvas, reviews);
		const note = build("textarea", { rows: 4, id: "note", placeholder: t("A note to the annotator (optional)") });
		const error = build("p", { class: "error", role: "alert" });
		const end = (/** @type {"approve" | "return"} */ move) => async () => {
			try {
				await accepting;
				await make(canvas.session, move, note.value.trim() ? { note: note.value.trim() } : {});
				canvas.tell("hush");
				dialog.close();
				scrollTo({ top: 0 });
			} catch (problem) {
				if (!(problem instanceof Unmoved)) throw problem;
				error.textContent = problem.message;
			}
		};
		const isFine = !said.fix && !said.reject && !said.missing;
		const approve = build(
			"button",
			{ type: "button", class: `button${isFine ? " main" : ""}`, onclick: end("approve") },
			t("Approve"),
		);
		const back = build(
			"button",
			{ type: "button", class: `button${isFine ? "" : " main"}`, onclick: end("return") },
			t("Return to {name}", { name: canvas.session.set.annotator }),
		);
		const dialog = openDialog(canvas, t("Finish the review"), [
			build("p", {}, summary(said)),
			build("div", { class: "field" }, build("label", { for: "note" }, t("Note")), note),
			error,
			build("div", { class: "options" }, ...(isFine ? [approve, back] : [back, approve])),
		]);
		(isFine ? approve : back).focus();
	}

	/** @param {ReturnType<typeof tally>} said */
	function summary({ accept, fix, reject, missing, open: left, total }) {
		const parts = [
			accept && t("{n} accepted", { n: accept }),
			fix && t("{n} corrected", { n: fix }),
			reject && t("{n} rejected", { n: reject }),
			missing && t("{n} proposed", { n: missing }),
			left && t("{n} not looked at", { n: left }),
		].filter((each) => each);
		return total || missing
			? counted(total, "Of {n} span: {figures}.", "Of {n} spans: {figures}.", { figures: parts.join(", ") })
			: t("Nothing was marked in this article.");
	}

	async function acceptRest() {
		const { open: left } = tally(canvas, reviews);
		if (!canvas.may || canvas.session.set.state !== "submitted")
			return canvas.say(t("This set is not open for review."));
		if (!left) return canvas.say(t("All spans are looked at."));
		await canvas.session.settle();
		try {
			const { data } = await request("POST", `${canvas.boot.urls.reviews}accept-rest/`, {});
			reviews.take(data.accepted);
			canvas.say(counted(left, "Accepted {n} span.", "Accepted {n} spans."), { command: "finish", title: t("Finish") });
		} catch (problem) {
			canvas.say(
				problem instanceof Problem ? problem.message : t("The server cannot be reached. Try again in a moment."),
			);
		}
	}

	function show() {
		const { state, annotator } = canvas.session.set;
		const { next, project } = canvas.boot.urls;
		// What was handed in is still to do for who reviews it.
		document.querySelector(".queue [aria-current]")?.setAttribute("data-state", state === "submitted" ? "" : state);
		for (const button of document.querySelectorAll("[data-command=finish], [data-command=acceptRest]"))
			button.toggleAttribute("hidden", state !== "submitted" || !canvas.may);
		const on = next
			? build("a", { class: "button small main", href: next }, t("Next review"))
			: build("a", { class: "button small", href: project }, t("To the project"));
		const words = {
			open: [
				build(
					"p",
					{},
					build("b", {}, t("Still open.")),
					` ${t("{name} is working on it: it can be reviewed when it is submitted.", { name: annotator })}`,
				),
			],
			submitted: null,
			returned: [
				build(
					"p",
					{},
					build("b", {}, t("Returned to {name}.", { name: annotator })),
					` ${t("It comes back when it is submitted again.")}`,
				),
				on,
			],
			approved: [build("p", {}, build("b", {}, t("Approved.")), ` ${t("It counts as done.")}`), on],
		}[state];
		banner.hidden = !words;
		banner.className = `notice banner ${state === "approved" ? "ok" : "warn"}`;
		if (words) banner.replaceChildren(...words);
	}
}
