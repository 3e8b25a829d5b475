/**
 * What the page says, in its language. English, the source, stands where it is said; a page in another language
 * brings a script with its words (the tag `words` of labels/templatetags/assets.py).
 */

/** @typedef {Record<string, unknown>} Values */

/** @type {Record<string, string | string[]>} what is said in English, and what for it; several where it has a plural */
const words = /** @type {any} */ (globalThis).galleyWords ?? {};
const language = globalThis.document?.documentElement.lang || "en";
const plurals = new Intl.PluralRules(language);

/** `t("Back in “{title}”.", {title})` @param {string} text @param {Values} [values] */
export function t(text, values) {
	const said = words[text] ?? text;
	return filled(Array.isArray(said) ? said[0] : said, values);
}

/** `counted(3, "{n} span", "{n} spans")` @param {number} n @param {string} one @param {string} many @param {Values} [values] */
export function counted(n, one, many, values) {
	const forms = [words[one] ?? [one, many]].flat();
	return filled(forms[plurals.select(n) === "one" ? 0 : forms.length - 1], { n, ...values });
}

/**
 * A sentence with elements in it: `woven("Press {key}.", {key: keycap("a")})`.
 * @param {string} text @param {Record<string, import("./element.js").Child>} children
 * @returns {import("./element.js").Child[]}
 */
export function woven(text, children) {
	return t(text)
		.split(/\{(\w+)\}/)
		.map((part, at) => (at % 2 ? children[part] : part));
}

/** The name of a label inside a sentence: German has capitals there, too. @param {string} title */
export function within(title) {
	return language === "de" ? title : title.toLowerCase();
}

/** @param {string} text @param {Values} [values] */
function filled(text, values) {
	return values ? text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole)) : text;
}
