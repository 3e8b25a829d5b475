/** Values and maps with something merged in; what there was stays as it is. Pure. */

import { isEmpty } from "./scheme.js";

/** Values merged in; an empty one takes one away. @param {Record<string, unknown>} now @param {Record<string, unknown>} change */
export function merged(now, change) {
	const all = Object.entries({ ...now, ...change });
	return Object.fromEntries(all.filter(([, value]) => !isEmpty(value)));
}

/** The change that takes a change back. @param {Record<string, unknown>} now @param {Record<string, unknown>} change */
export function unmerged(now, change) {
	return Object.fromEntries(Object.keys(change).map((name) => [name, now[name] ?? null]));
}

/** A map with one entry set, or taken out by null. @template T @param {ReadonlyMap<string, T>} map @param {string} id @param {T | null} value */
export function changed(map, id, value) {
	const copy = new Map(map);
	if (value === null) copy.delete(id);
	else copy.set(id, value);
	return copy;
}
