/** What a person may choose as a key, and what becomes of the others. Pure. */

/** @typedef {import("../ownkeys.js").OwnKeys} OwnKeys */

/**
 * What a person's keys are after one more choice. The command that had the key loses it, and with it goes
 * back to a key that it comes with.
 * @param {OwnKeys} own @param {string} command @param {string} key @returns {OwnKeys}
 */
export function withKey(own, command, key) {
	const others = Object.entries(own).filter(([name, taken]) => name !== command && taken !== key);
	return { ...Object.fromEntries(others), [command]: key };
}

/** Keys that lead out of things, or only go along with others: no command gets them. @param {string} name */
export function isFree(name) {
	return !/^(?:Shift\+)?Tab$|^(?:\w+\+)*(?:Escape|Shift|Control|Alt|AltGraph|Meta|CapsLock|Dead|Unidentified|Process)$/.test(
		name,
	);
}
