/** Why the key of a label marks nothing while a span is chosen, and what does. */

import { keyText } from "./element.js";
import { t, within } from "./words.js";

/**
 * Typed by mistake, it would leave a mark on the caret's word; whoever wants another label, or that word, says so
 * with one key more.
 * @param {import("./canvas.js").Canvas} canvas with a span chosen and no words selected
 * @param {string} label @param {{start: number, end: number}} word
 */
export function whyUnmarked({ subject, scheme, article }, label, word) {
	const key = scheme.labels.get(label)?.key;
	const title = within(scheme.title(label));
	const words = article.slice(word.start, word.end);
	const parts = [
		t("Nothing was marked: a span is chosen."),
		label !== subject?.label &&
			key &&
			t("{key} makes it: {label}.", { key: keyText(`Shift+${key.toUpperCase()}`), label: title }),
		t("Select words, or Esc and {key} for “{words}”.", { key: key ?? title, words }),
	];
	return parts.filter((each) => each).join(" ");
}
