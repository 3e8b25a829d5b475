/** The scheme's guideline, opened at the label of the chosen span. */

import { build } from "../element.js";
import { t } from "../words.js";
import { paragraphsOf } from "./clauses.js";
import { openDialog } from "./dialog.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */

/** @param {Canvas} canvas @param {string} [label] whose page comes first */
function guideline({ scheme }, label) {
	const { guideline: text } = scheme;
	const paragraphs = (/** @type {string} */ words) => paragraphsOf(words).map((each) => build("p", {}, each));
	if (typeof text === "string")
		return text
			? paragraphs(text)
			: [build("p", {}, t("This scheme has no guideline yet. A manager can write one on the scheme page."))];
	return Object.entries(text).map(([name, words]) => {
		const title = scheme.labels.has(name) ? scheme.title(name) : scheme.relationTitle(name);
		const slot = scheme.slots.get(name);
		return build(
			"section",
			{ class: "guide", "data-current": name === label },
			build("h3", { "data-slot": slot }, title),
			...paragraphs(words),
		);
	});
}

/** @param {Canvas} canvas */
export function openGuideline(canvas) {
	const content = guideline(canvas, canvas.subject?.label);
	const dialog = openDialog(canvas, t("Guideline"), content, canvas.keymap.keyOf("guideline"));
	dialog.classList.add("reading-sheet");
	dialog.querySelector("[data-current]")?.scrollIntoView({ block: "start" });
}
