/** What somebody has begun to write and not sent: it is there again when its field is drawn anew. */

/** @type {Map<string, string>} */
const begun = new Map();

/** @param {HTMLTextAreaElement} entry @param {string} key */
export function keepUnsent(entry, key) {
	entry.value = begun.get(key) ?? "";
	entry.addEventListener("input", () => begun.set(key, entry.value));
}

/** What was written, which is sent now. @param {string} key */
export function takeUnsent(key) {
	const text = begun.get(key)?.trim() ?? "";
	begun.delete(key);
	return text;
}
