/**
 * What somebody has begun to write and not sent: it is there again when its field is drawn anew, and when the page
 * was left meanwhile. Kept on this device, apart for each person and set.
 */

let scope = "";
/** All there is where the browser keeps nothing. @type {Map<string, string>} */
const begun = new Map();

/** Whose it is, and where. @param {string} person @param {string} set */
export function unsentOf(person, set) {
	scope = `galley-unsent ${person} ${set}`;
}

/** @param {string} key */
export function unsent(key) {
	try {
		return localStorage.getItem(`${scope} ${key}`) ?? begun.get(key);
	} catch {
		return begun.get(key);
	}
}

/** @param {string} key @param {string} text */
export function keep(key, text) {
	begun.set(key, text);
	try {
		localStorage.setItem(`${scope} ${key}`, text);
	} catch {
		// Full, or forbidden: it lasts as long as the page.
	}
}

/** @param {string} key */
export function forget(key) {
	begun.delete(key);
	try {
		localStorage.removeItem(`${scope} ${key}`);
	} catch {
		// There is nothing to remove.
	}
}

/** @param {HTMLTextAreaElement} entry @param {string} key */
export function keepUnsent(entry, key) {
	entry.value = unsent(key) ?? "";
	entry.addEventListener("input", () => (entry.value ? keep(key, entry.value) : forget(key)));
}

/** What was written, which is sent now. @param {string} key */
export function takeUnsent(key) {
	const text = unsent(key)?.trim() ?? "";
	forget(key);
	return text;
}
