/** Merges the chosen span with another of its label, and splits it. */

import { quoteOf } from "../fragments.js";
import { counted, t, within } from "../words.js";
import { merging, partnerOf } from "./merging.js";
import { cutAt, splitting } from "./splitting.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */

const UNDO = { command: "undo", title: t("Undo") };

/** @param {Canvas} canvas */
export async function mergeSpans(canvas) {
	const { subject: span, state, scheme, article } = canvas;
	if (!span) return canvas.say(t("Choose a span first: then it is merged with the next of its label."));
	const title = within(scheme.title(span.label));
	const other = partnerOf(state, span);
	if (!other) return canvas.say(t("There is no {label} behind this one to merge it with.", { label: title }));
	const { operations, lost } = merging(state, scheme, article, span, other);
	await canvas.perform(operations, { command: "merge" });
	const kept = lost.length ? ` ${t("{values}: the first one’s stays.", { values: lost.join(", ") })}` : "";
	return canvas.say(t("Merged with “{quote}”.", { quote: quoteOf(other.fragments, 40) }) + kept, UNDO);
}

/** At the words that are selected or the caret is on, where these lie within it; else into its parts. @param {Canvas} canvas */
export async function splitSpan(canvas) {
	const { subject, state, scheme, article, marking } = canvas;
	const span = marking.object;
	if (!span) return canvas.say(t("Choose a span first, then go to the word where the second part begins."));
	const snap = (/** @type {import("../fragments.js").Stretch} */ stretch) => article.snap(stretch);
	// A span that is chosen has been left by no caret: its parts are meant, if it has any.
	const isWhole = subject && !canvas.selection && span.fragments.length > 1;
	const at = isWhole ? undefined : marking.reach?.start;
	const cut = at === undefined ? null : cutAt(span.fragments, at, snap);
	const parts = isWhole ? span.fragments.map((each) => [each]) : cut;
	if (!parts) return canvas.say(t("Go to the word where the second part begins, then split it."));
	const { operations, lost } = splitting(state, scheme, article, span, parts);
	canvas.select(null);
	await canvas.perform(operations, { choose: span.id, command: "split" });
	const said = operations.filter((each) => each.fragments).map((each) => `“${quoteOf(each.fragments ?? [], 30)}”`);
	const gone = lost ? ` ${counted(lost, "{n} link could not be had twice.", "{n} links could not be had twice.")}` : "";
	return canvas.say(t("Split into {parts}.", { parts: said.join(t(" and ")) }) + gone, UNDO);
}
