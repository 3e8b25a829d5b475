/** Keys of one's own: what a person has chosen in place of the keys that the page and the scheme come with. Pure. */

/** @typedef {import("./scheme.js").SchemeData} SchemeData */
/** @typedef {Record<string, string>} OwnKeys by command: "link", "label CLAIM", "attribute form" */

/** The scheme with these keys. A key of its own that now does something else is gone. @param {SchemeData} scheme @param {OwnKeys} own @returns {SchemeData} */
export function withOwnKeys(scheme, own) {
	const chosen = new Set(Object.values(own));
	/** @template {{name: string, key?: string}} One @param {string} kind @param {One} one @returns {One} */
	const rekeyed = (kind, one) => {
		const kept = one.key && !chosen.has(one.key) ? one.key : undefined;
		return { ...one, key: own[`${kind} ${one.name}`] ?? kept };
	};
	/** @template {{attributes?: import("./scheme.js").Attribute[]}} One @param {One} one @returns {One} */
	const inside = (one) => ({ ...one, attributes: one.attributes?.map((each) => rekeyed("attribute", each)) });
	return {
		...scheme,
		labels: scheme.labels.map((each) => inside(rekeyed("label", each))),
		relations: scheme.relations?.map(inside),
	};
}
