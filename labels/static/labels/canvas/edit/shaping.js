/** Merges the chosen span with another of its label, and splits it. */

import { quoteOf } from "../fragments.js";
import { counted } from "../marking.js";
import { merging, partnerOf } from "./merging.js";
import { cutAt, splitting } from "./splitting.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */

const UNDO = { command: "undo", title: "Undo" };

/** @param {Canvas} canvas */
export async function mergeSpans(canvas) {
	const { subject: span, state, scheme, article } = canvas;
	if (!span) return canvas.say("Choose a span first: then it is merged with the next of its label.");
	const title = scheme.title(span.label).toLowerCase();
	const other = partnerOf(state, span);
	if (!other) return canvas.say(`There is no ${title} behind this one to merge it with.`);
	const { operations, lost } = merging(state, scheme, article, span, other);
	await canvas.perform(operations, { command: "merge" });
	const kept = lost.length ? ` ${lost.join(", ")}: the first one’s stays.` : "";
	return canvas.say(`Merged with “${quoteOf(other.fragments, 40)}”.${kept}`, UNDO);
}

/** At the words that are selected or the caret is on, where these lie within it; else into its parts. @param {Canvas} canvas */
export async function splitSpan(canvas) {
	const { subject, state, scheme, article, marking } = canvas;
	const span = marking.object;
	if (!span) return canvas.say("Choose a span first, then go to the word where the second part begins.");
	const snap = (/** @type {import("../fragments.js").Stretch} */ stretch) => article.snap(stretch);
	// A span that is chosen has been left by no caret: its parts are meant, if it has any.
	const isWhole = subject && !canvas.selection && span.fragments.length > 1;
	const at = isWhole ? undefined : marking.reach?.start;
	const cut = at === undefined ? null : cutAt(span.fragments, at, snap);
	const parts = isWhole ? span.fragments.map((each) => [each]) : cut;
	if (!parts) return canvas.say("Go to the word where the second part begins, then split it.");
	const { operations, lost } = splitting(state, scheme, article, span, parts);
	canvas.select(null);
	await canvas.perform(operations, { choose: span.id, command: "split" });
	const said = operations.filter((each) => each.fragments).map((each) => `“${quoteOf(each.fragments ?? [], 30)}”`);
	const gone = lost ? ` ${counted(lost, "link")} could not be had twice.` : "";
	return canvas.say(`Split into ${said.join(" and ")}.${gone}`, UNDO);
}
