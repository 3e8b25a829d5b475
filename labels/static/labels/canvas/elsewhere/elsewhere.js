/**
 * The same words in a person's other articles: a span's words, label and values are noted at one key, and in every
 * other article of the project that the person opens they are proposed. Each is a highlight until it is accepted;
 * nothing is marked silently, and no article is looked through but the one that is open.
 */

import { placesOfWords, unmarked } from "../edit/mentions.js";
import { build, keycap } from "../element.js";
import { quoteOf } from "../fragments.js";
import { idle } from "../idle.js";
import { keepPhrases, phrasesOf } from "../phrasebook.js";
import { counted, t, within } from "../words.js";
import { isAmong, suggested, without, withPhrase } from "./phrases.js";
import { Suggesting } from "./suggesting.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */

/** Where words stand in the article, which never changes. @type {Map<string, import("../article.js").Stretch[]>} */
const places = new Map();

/** What is proposed here now. @param {Canvas} canvas */
function suggestionsFor(canvas) {
	const { article, boot, scheme, state } = canvas;
	const spans = [...state.spans.values()];
	return suggested(
		phrasesOf(canvas),
		boot.article.id,
		(label) => scheme.labels.has(label),
		({ words, label }) => {
			const found = places.get(words) ?? placesOfWords(article, words, { anyCase: false, inflected: false });
			places.set(words, found);
			return unmarked(found, spans, label).open;
		},
	);
}

/** Propose the chosen span's words elsewhere, or no longer. @param {Canvas} canvas */
function proposeElsewhere(canvas) {
	const span = canvas.subject;
	if (!span) return canvas.say(t("Choose a span first: its words are then proposed in your other articles."));
	if (span.fragments.length > 1) return canvas.say(t("Its parts lie apart: only words in one piece can be sought."));
	const [{ quote: words }] = span.fragments;
	const { label, attributes } = span;
	const phrases = phrasesOf(canvas);
	const values = { quote: quoteOf(span.fragments, 40), label: within(canvas.scheme.title(label)) };
	if (isAmong(phrases, { words, label })) {
		keepPhrases(canvas, without(phrases, { words, label }));
		return canvas.say(t("“{quote}” is no longer proposed in your other articles.", values));
	}
	keepPhrases(canvas, withPhrase(phrases, { words, label, attributes, from: canvas.boot.article.id }));
	return canvas.say(t("“{quote}” will be proposed as {label} in each other article that you open here.", values));
}

/** Tell how much is proposed in this article, and show it; gives what two keys do. @param {Canvas} canvas */
export function offerSuggestions(canvas) {
	const notice = build("p", { class: "notice suggestions", role: "status", hidden: true });
	canvas.root.querySelector("[data-part=notices]")?.append(notice);
	const review = () => {
		const found = suggestionsFor(canvas);
		if (!canvas.editable || !found.length) return canvas.say(t("Nothing from your other articles is proposed here."));
		return new Suggesting(canvas, () => suggestionsFor(canvas), show).start();
	};
	let waiting = false;
	const soon = () => {
		if (!waiting) idle(show);
		waiting = true;
	};
	for (const event of ["painted", "set"]) canvas.on(event, soon);
	soon();
	return { propose: () => proposeElsewhere(canvas), review };

	function show() {
		waiting = false;
		// What is gone through is shown by its own bar.
		if (canvas.mode) return;
		const found = canvas.editable ? suggestionsFor(canvas) : [];
		notice.hidden = !found.length;
		canvas.highlights.show("suggested", found);
		const look = { type: "button", class: "button small", onclick: review };
		if (found.length)
			notice.replaceChildren(
				counted(found.length, "{n} suggestion from your other articles.", "{n} suggestions from your other articles."),
				" ",
				build("button", look, t("Go through them"), " ", keycap(canvas.keymap.keyOf("suggestions"))),
			);
	}
}
