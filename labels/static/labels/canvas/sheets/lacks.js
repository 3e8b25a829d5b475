/** What is still missing at submitting: one thing is led to at once, of several a row for each span leads there. */

import { build } from "../element.js";
import { quoteOf } from "../fragments.js";
import { lacks, rowsOf } from "../missing.js";
import { t } from "../words.js";
import { openDialog } from "./dialog.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */
/** @typedef {import("../missing.js").Lack} Lack */

/** @param {Canvas} canvas @param {Lack} lack */
function lead(canvas, lack) {
	canvas.choose(lack.span, { reveal: true });
	canvas.text.focus({ preventScroll: true });
	canvas.tell("lack", lack);
}

/** Ends the watch for when nothing is missing any more. */
let watch = new AbortController();

/** The way back: whoever has filled in the last of it can submit at once. @param {Canvas} canvas */
function offerAgain(canvas) {
	watch.abort();
	watch = new AbortController();
	const look = () => {
		if (canvas.editable && lacks(canvas.scheme, canvas.session.view).length) return;
		watch.abort();
		if (canvas.editable) canvas.say(t("Nothing is missing now."), { command: "finish", title: t("Submit") });
	};
	canvas.addEventListener("painted", look, { signal: watch.signal });
	canvas.addEventListener("set", () => watch.abort(), { signal: watch.signal });
}

/** @param {Canvas} canvas @param {string} message @param {Lack[]} found */
export function showLacks(canvas, message, found) {
	const { spans } = canvas.session.view;
	const rows = rowsOf(found);
	offerAgain(canvas);
	const [first] = rows;
	if (rows.length === 1 && spans.has(first[0].span ?? "")) {
		lead(canvas, first[0]);
		return canvas.say(t("Not submitted yet: {what}", { what: first.map((each) => each.message).join(" ") }));
	}
	const buttons = rows.map((each) => {
		const [lack] = each;
		const span = spans.get(lack.span ?? "");
		const go = () => {
			// Behind the dialog's own listener, which gives the focus back to the text.
			dialog.addEventListener("close", () => lead(canvas, lack));
			dialog.close();
		};
		return build(
			"li",
			{},
			build(
				"button",
				{ type: "button", class: "lack", onclick: go },
				span &&
					build(
						"span",
						{ class: "field-name", "data-slot": canvas.scheme.slot(span.label) },
						canvas.scheme.title(span.label),
					),
				build("q", { dir: "auto" }, quoteOf(span?.fragments ?? [], 60)),
				build("span", {}, each.map(({ message }) => message).join(" ")),
			),
		);
	});
	const dialog = openDialog(canvas, message, [build("ul", { class: "lacks" }, ...buttons)]);
	/** @type {HTMLElement | null} */ (dialog.querySelector("li button"))?.focus();
}
