/** What the guideline says of a label, and of the attribute that is asked for. Pure. */

/** @typedef {import("../scheme.js").Scheme} Scheme */

/** @param {string} text */
export function paragraphsOf(text) {
	return text.split(/\n{2,}/).filter((each) => each.trim());
}

/**
 * The paragraphs on a label or a kind of link; those of the whole guideline where it is one text.
 * @param {Scheme} scheme @param {string} name
 */
export function guidanceOn({ guideline }, name) {
	return paragraphsOf(typeof guideline === "string" ? guideline : (guideline[name] ?? ""));
}

/** The clause on an attribute: paragraphs that begin with its title, else its help. @param {string[]} paragraphs @param {{title: string, help?: string}} attribute */
export function clauseOn(paragraphs, { title, help }) {
	const wanted = title.toLowerCase();
	const found = paragraphs.filter((each) => {
		const begin = each.slice(0, title.length).toLowerCase();
		return begin === wanted && !/^[\p{L}\p{N}]/u.test(each.slice(title.length));
	});
	return found.length ? found : help ? [help] : [];
}
