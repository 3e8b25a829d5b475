/** What is still missing at submitting, a row for each span, leading to the very field. */

import { build } from "../element.js";
import { quoteOf } from "../fragments.js";
import { rowsOf } from "../missing.js";
import { openDialog } from "./dialog.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */
/** @typedef {import("../missing.js").Lack} Lack */

/** @param {Canvas} canvas @param {string} message @param {Lack[]} lacks */
export function showLacks(canvas, message, lacks) {
	const { spans } = canvas.session.view;
	const rows = rowsOf(lacks).map((each) => {
		const [lack] = each;
		const found = spans.get(lack.span ?? "");
		const go = () => {
			// Behind the dialog's own listener, which gives the focus back to the text.
			dialog.addEventListener("close", () => {
				canvas.choose(lack.span, { reveal: true });
				canvas.tell("lack", lack);
			});
			dialog.close();
		};
		return build(
			"li",
			{},
			build(
				"button",
				{ type: "button", class: "lack", onclick: go },
				found &&
					build(
						"span",
						{ class: "field-name", "data-slot": canvas.scheme.slot(found.label) },
						canvas.scheme.title(found.label),
					),
				build("q", { dir: "auto" }, quoteOf(found?.fragments ?? [], 60)),
				build("span", {}, each.map(({ message }) => message).join(" ")),
			),
		);
	});
	const dialog = openDialog(canvas, message, [build("ul", { class: "lacks" }, ...rows)]);
	/** @type {HTMLElement | null} */ (dialog.querySelector("li button"))?.focus();
}
