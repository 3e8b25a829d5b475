/** Why the key of a label marks nothing while a span is chosen, and what does. */

import { keyText } from "./element.js";

/**
 * Typed by mistake, it would leave a mark on the caret's word; whoever wants another label, or that word, says so
 * with one key more.
 * @param {import("./canvas.js").Canvas} canvas with a span chosen and no words selected
 * @param {string} label @param {{start: number, end: number}} word
 */
export function whyUnmarked({ subject, scheme, article }, label, word) {
	const key = scheme.labels.get(label)?.key;
	const title = scheme.title(label).toLowerCase();
	const rename =
		label === subject?.label || !key ? "" : ` ${keyText(`Shift+${key.toUpperCase()}`)} makes it: ${title}.`;
	const alone = `Select words, or Esc and ${key ?? title} for “${article.slice(word.start, word.end)}”.`;
	return `Nothing was marked: a span is chosen.${rename} ${alone}`;
}
