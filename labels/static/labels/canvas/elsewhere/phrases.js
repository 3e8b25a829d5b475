/**
 * What a person wants proposed in their other articles: the words of a span with its label and values, and where
 * these were refused. Pure.
 */

/** @typedef {import("../article.js").Stretch} Stretch */
/**
 * @typedef {object} Phrase
 * @property {string} words
 * @property {string} label
 * @property {Record<string, unknown>} attributes
 * @property {string} from id of the article it comes from
 * @property {Record<string, number[]>} refused where each article has a place that was passed over
 */
/** @typedef {Stretch & {phrase: Phrase}} Suggestion */

/** So many are kept; the oldest go. */
const MOST = 100;

/** @param {Phrase} phrase @param {{words: string, label: string}} like */
const isAlike = (phrase, like) => phrase.words === like.words && phrase.label === like.label;

/** @param {Phrase[]} phrases @param {{words: string, label: string}} like */
export function without(phrases, like) {
	return phrases.filter((each) => !isAlike(each, like));
}

/** @param {Phrase[]} phrases @param {{words: string, label: string}} like */
export function isAmong(phrases, like) {
	return phrases.some((each) => isAlike(each, like));
}

/** With one more, in the place of one that is alike. @param {Phrase[]} phrases @param {Omit<Phrase, "refused">} phrase @returns {Phrase[]} */
export function withPhrase(phrases, phrase) {
	return [...without(phrases, phrase), { ...phrase, refused: {} }].slice(-MOST);
}

/** With a place noted where a phrase is not wanted. @param {Phrase[]} phrases @param {Phrase} like @param {string} article @param {number} start @returns {Phrase[]} */
export function refusing(phrases, like, article, start) {
	return phrases.map((each) => {
		if (!isAlike(each, like)) return each;
		return { ...each, refused: { ...each.refused, [article]: [...(each.refused[article] ?? []), start] } };
	});
}

/**
 * What the phrases propose in an article, in order: nothing in the one they come from, nothing that was refused there,
 * nothing that the scheme has no label for.
 * @param {Phrase[]} phrases @param {string} article @param {(label: string) => boolean} hasLabel
 * @param {(phrase: Phrase) => Stretch[]} places where its words stand without a mark
 * @returns {Suggestion[]}
 */
export function suggested(phrases, article, hasLabel, places) {
	const found = phrases
		.filter((phrase) => phrase.from !== article && hasLabel(phrase.label))
		.flatMap((phrase) => {
			const refused = phrase.refused[article] ?? [];
			const open = places(phrase).filter((each) => !refused.includes(each.start));
			return open.map(({ start, end }) => ({ start, end, phrase }));
		});
	return found.sort((a, b) => a.start - b.start || b.end - a.end);
}
