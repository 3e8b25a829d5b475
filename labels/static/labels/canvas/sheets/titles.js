/** How commands are called on the sheet of keys, group by group; some otherwise on each page. Pure. */

import { t } from "../words.js";

/** @typedef {import("../keys.js").Mode} Mode */

/** @type {[group: string, titles: Record<string, string | Record<Mode, string>>][]} */
export const GROUPS = [
	[
		t("Move"),
		{
			left: t("by word"),
			right: t("by word"),
			up: t("by line"),
			down: t("by line"),
			sentenceLeft: t("by sentence"),
			sentenceRight: t("by sentence"),
			paragraphUp: t("by paragraph"),
			paragraphDown: t("by paragraph"),
			lineStart: t("to the ends of the sentence"),
			lineEnd: t("to the ends of the sentence"),
			search: t("search the text"),
			extend: t("select while moving, on and off (or hold ⇧)"),
			next: t("next span, span before"),
			previous: t("next span, span before"),
			nextOpen: t("next thing to do"),
			previousOpen: t("next thing to do"),
			pick: t("choose the span here; again for the one around it"),
			follow: t("to what it is linked with, and back"),
			list: t("from the text to the list, and back"),
			filter: t("list only some: then a label’s key or a digit"),
			escape: t("leave, one step at a time"),
		},
	],
	[
		t("Mark"),
		{
			addFragment: t("add the selected words to the span"),
			cut: t("cut the selected words out of the span"),
			replace: t("make the span just the selected words"),
			startLeft: t("move its start (with Alt by character)"),
			startRight: t("move its start (with Alt by character)"),
			endLeft: t("move its end"),
			endRight: t("move its end"),
			field: t("next field: what is needed first"),
			link: t("link it: then a letter, or again for the nearest"),
			mentions: t("mark every other mention of its words"),
			elsewhere: t("propose its words in your other articles"),
			suggestions: t("go through what your other articles propose"),
			merge: t("merge it with the next of its label"),
			split: t("split it at the caret, or into its parts"),
			flag: t("flag it for discussion"),
			confidence: t("say how sure you are: then a digit"),
			delete: t("delete it, with its links"),
			repeat: t("the last act again, here"),
			undo: t("undo, redo"),
			redo: t("undo, redo"),
		},
	],
	[
		t("Review"),
		{
			accept: t("accept it"),
			fix: t("propose a corrected copy"),
			reject: t("reject it, with a reason"),
			missing: t("propose a span that is missing"),
			take: t("take the reviewer’s correction"),
			decline: t("decline it"),
			reply: { label: t("answer the reviewer"), review: t("comment on it") },
			acceptRest: t("accept all the rest"),
		},
	],
	[
		t("Page"),
		{
			finish: { label: t("submit"), review: t("approve or return") },
			nextArticle: t("next article, article before"),
			previousArticle: t("next article, article before"),
			copyLink: t("copy the link to the span or paragraph"),
			guideline: t("guideline beside the text"),
			keys: t("keys"),
		},
	],
];

/** Commands of a group with their titles on a page. @param {(typeof GROUPS)[number]} group @param {Mode} mode @returns {[command: string, title: string][]} */
export function titlesOf([, titles], mode) {
	return Object.entries(titles).map(([name, title]) => [name, typeof title === "string" ? title : title[mode]]);
}

/** What a command is called on a page. @param {string} command @param {Mode} mode */
export function commandTitle(command, mode) {
	return GROUPS.flatMap((each) => titlesOf(each, mode)).find(([name]) => name === command)?.[1];
}
