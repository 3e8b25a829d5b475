/**
 * Marks that come in pairs: which opening quotation mark or bracket belongs to which closing one.
 *
 * An apostrophe is no mark, German „…“ and »…« open and close the other way round, and straight marks are told
 * apart by what stands beside them. A mark without a partner belongs to no pair.
 */

/** @typedef {{open: number, close: number}} Pair UTF-16 offsets of two marks */

const MARK = /["'“”„‟‘’‚«»‹›「」『』《》〈〉〝〟()[\]（）［］【】]/g;

/** What each closing mark may close; a mark that is in no row only opens. @type {Record<string, string>} */
const CLOSES = {
	")": "(",
	"]": "[",
	"）": "（",
	"］": "［",
	"】": "【",
	"」": "「",
	"』": "『",
	"》": "《",
	"〉": "〈",
	"〟": "〝",
	"“": "„",
	"”": "“„‟”",
	"‘": "‚",
	"’": "‘‚",
	"«": "»",
	"»": "«",
	"‹": "›",
	"›": "‹",
	'"': '"',
	"'": "'",
};

/** Opens only before a word and after none: elsewhere it closes, or is an apostrophe or an inch. */
const OPENS_BEFORE_WORDS = /["'”»›]/;
const NEVER_OPENS = /[)\]）］】」』》〉〟’]/;
const WORD = /[\p{L}\p{N}\p{M}]/u;
const BEFORE_OPENING = /[\s\p{Ps}\p{Pi}\p{Pd}"']/u;

/**
 * @param {string} text
 * @returns {Pair[]} in the order of their closing marks
 */
export function pairs(text) {
	/** @type {{mark: string, at: number}[]} */
	const open = [];
	/** @type {Pair[]} */
	const found = [];
	for (const { 0: mark, index: at } of text.matchAll(MARK)) {
		const partner = open.findLastIndex((other) => CLOSES[mark]?.includes(other.mark));
		if (partner >= 0 && mayClose(text, mark, at)) {
			found.push({ open: open[partner].at, close: at });
			open.length = partner;
		} else if (mayOpen(text, mark, at)) {
			open.push({ mark, at });
		}
	}
	return found;
}

/**
 * @param {string} text
 * @param {string} mark
 * @param {number} at
 */
function mayClose(text, mark, at) {
	if (mark === '"') return !/\s/.test(text[at - 1]);
	if (mark !== "'" && mark !== "’") return true;
	return !/\s/.test(text[at - 1]) && !WORD.test(text[at + 1] ?? "");
}

/**
 * @param {string} text
 * @param {string} mark
 * @param {number} at
 */
function mayOpen(text, mark, at) {
	if (NEVER_OPENS.test(mark)) return false;
	if (!OPENS_BEFORE_WORDS.test(mark)) return true;
	const opensHere = at === 0 || BEFORE_OPENING.test(text[at - 1]);
	return opensHere && at + 1 < text.length && !/\s/.test(text[at + 1]);
}
