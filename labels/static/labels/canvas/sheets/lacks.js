/** What is still missing at submitting, each line leading to its spot. */

import { build } from "../element.js";
import { quoteOf } from "../fragments.js";
import { openDialog } from "./dialog.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */
/** @typedef {import("../missing.js").Lack} Lack */

/** @param {Canvas} canvas @param {string} message @param {Lack[]} lacks */
export function showLacks(canvas, message, lacks) {
	const { spans } = canvas.session.view;
	const rows = lacks.map(({ span, message: what }) => {
		const found = spans.get(span ?? "");
		const go = () => {
			dialog.close();
			canvas.choose(span, { reveal: true });
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
				build("span", {}, what),
			),
		);
	});
	const dialog = openDialog(canvas, message, [build("ul", { class: "lacks" }, ...rows)]);
	/** @type {HTMLElement | null} */ (dialog.querySelector("li button"))?.focus();
}
