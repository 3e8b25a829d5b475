/** Why something is rejected: a reason at one digit, or in one's own words. */

import { build, keycap } from "../element.js";
import { keepUnsent } from "../unsent.js";
import { t } from "../words.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */

/** @param {Canvas} canvas @param {(reason: string) => void} reject */
export function reasons(canvas, reject) {
	const codes = Object.entries(canvas.boot.reasons ?? {});
	const entry = build("textarea", {
		rows: 2,
		"data-keep": "reason",
		"aria-label": t("More about it"),
		placeholder: codes.length ? t("More about it (optional), then a reason") : t("The reason, then Enter"),
	});
	keepUnsent(entry, `reason ${canvas.chosen}`);
	entry.addEventListener("keydown", (event) => {
		if (event.key !== "Enter" || event.shiftKey || event.isComposing || !entry.value.trim()) return;
		event.preventDefault();
		reject(codes.some(([code]) => code === "other") ? "other" : entry.value.trim().slice(0, 200));
	});
	return build(
		"section",
		{ class: "verdict reasons", "data-verdict": "reject", "aria-label": t("Reason") },
		build("h3", {}, t("Why is it rejected?")),
		build(
			"div",
			{ class: "options column" },
			...codes.map(([code, title], index) =>
				build(
					"button",
					{ type: "button", class: "option", onclick: () => reject(code) },
					keycap(String(index + 1)),
					title,
				),
			),
		),
		entry,
	);
}
