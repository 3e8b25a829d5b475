/**
 * The address names a place: `#p12` a paragraph, `#span-<id>` a span. Opening it goes there; choosing a span
 * puts it into the address, without an entry in the history; and a key copies the link.
 */

import { t } from "../words.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */
/** @typedef {{paragraph: number} | {span: string}} Named paragraphs are counted from 1 */

/** Browsers refuse an address that changes more than a hundred times in half a minute: it waits until one rests. */
const SETTLED = 350;

/** What a hash names, if anything of ours. @param {string} hash @returns {Named | null} */
export function namedBy(hash) {
	const [, number] = /^#p([1-9]\d{0,6})$/.exec(hash) ?? [];
	if (number) return { paragraph: Number(number) };
	const [, span] = /^#span-([\w-]+)$/.exec(hash) ?? [];
	return span ? { span } : null;
}

/** @param {Named} named */
export function hashOf(named) {
	return "span" in named ? `#span-${named.span}` : `#p${named.paragraph}`;
}

/** @param {string} text */
async function copied(text) {
	try {
		await navigator.clipboard.writeText(text);
		return true;
	} catch {
		return false; // not allowed, or the page did not come by https
	}
}

/** @param {Canvas} canvas @param {import("../keyboard.js").Keyboard} keyboard */
export function addressing(canvas, keyboard) {
	go();
	addEventListener("hashchange", go);
	let timer = 0;
	canvas.on("chosen", () => {
		clearTimeout(timer);
		timer = Number(setTimeout(show, SETTLED));
	});
	keyboard.on("copyLink", copy);

	function go() {
		const named = namedBy(location.hash);
		if (!named) return;
		if ("paragraph" in named) toParagraph(named.paragraph);
		else if (canvas.state.spans.has(named.span)) canvas.choose(named.span, { reveal: true });
		else
			canvas.say(
				t("The span that this link names is not in your set. It may have been deleted, or be somebody else’s."),
			);
	}

	/** @param {number} number */
	function toParagraph(number) {
		const { starts } = canvas.article;
		const start = starts[number - 1];
		if (start === undefined)
			return canvas.say(
				t("This link names paragraph {number}, but the text has {all}.", { number, all: starts.length }),
			);
		canvas.choose(null);
		canvas.caret.show(start);
		canvas.reveal(canvas.caret.word ?? { start, end: start + 1 });
	}

	/** The chosen span in the address; none, and the address is the page's own. */
	function show() {
		const { chosen } = canvas;
		if (!chosen && !location.hash.startsWith("#span-")) return;
		const { pathname, search } = location;
		history.replaceState(history.state, "", chosen ? hashOf({ span: chosen }) : pathname + search);
	}

	async function copy() {
		const { chosen, article, caret } = canvas;
		const paragraph = article.paragraphAt(caret.word?.start ?? 0) + 1;
		const link = new URL(hashOf(chosen ? { span: chosen } : { paragraph }), location.href).href;
		const isCopied = await copied(link);
		if (chosen) canvas.say(isCopied ? t("Copied the link to the span.") : t("The link to the span: {link}", { link }));
		else
			canvas.say(
				isCopied
					? t("Copied the link to paragraph {number}.", { number: paragraph })
					: t("The link to paragraph {number}: {link}", { number: paragraph, link }),
			);
	}
}
