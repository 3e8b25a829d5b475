/** Two spans of one label as one: their words, values and links, and what of it could not be kept. Pure. */

import { joined, quoted } from "../fragments.js";
import { distance, linksOf, ordered } from "../lookup.js";
import { isBarred, isEmpty, titleOf } from "../scheme.js";
import { t } from "../words.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../state.js").Span} Span */
/** @typedef {import("../state.js").Relation} Relation */
/** @typedef {import("../state.js").Operation} Operation */
/** @typedef {import("../scheme.js").Scheme} Scheme */
/** @typedef {import("../scheme.js").Attribute} Attribute */
/** @typedef {import("../scheme.js").RelationType} RelationType */
/** @typedef {Record<string, unknown>} Values */

/** The span that another is merged with: one of its label that it touches, else the next. @param {State} state @param {Span} span */
export function partnerOf(state, span) {
	const same = ordered(state).filter((each) => each.label === span.label);
	const others = same.filter((each) => each !== span);
	return others.find((each) => distance(span, each) === 0) ?? same[same.indexOf(span) + 1] ?? null;
}

/**
 * The values that one set of values takes over from another, and the titles of those that contradict: there the first
 * keeps its own.
 * @param {Attribute[]} attributes @param {Values} mine @param {Values} theirs
 */
export function takenOver(attributes, mine, theirs) {
	/** @type {Values} */
	const change = {};
	/** @type {string[]} */
	const lost = [];
	const barred = (/** @type {Values} */ values) =>
		attributes.filter((each) => !isEmpty(values[each.name]) && isBarred(each, values)).length;
	for (const attribute of attributes) {
		const { name, type, values = [] } = attribute;
		const [own, other] = [mine[name], theirs[name]];
		if (isEmpty(other) || JSON.stringify(own) === JSON.stringify(other)) continue;
		const both = [own, other].flat();
		const next = type === "choices" ? values.filter((each) => both.includes(each)) : other;
		const now = { ...mine, ...change };
		const fits = (isEmpty(own) || type === "choices") && barred({ ...now, [name]: next }) <= barred(now);
		if (!fits) lost.push(titleOf(attribute));
		else if (JSON.stringify(own) !== JSON.stringify(next)) change[name] = next;
	}
	return { change, lost };
}

/** @param {Relation} link @param {string} id @param {string} next @returns {Relation} with one span in another's place */
function replaced(link, id, next) {
	const put = (/** @type {unknown} */ value) => (value === id ? next : value);
	const attributes = Object.fromEntries(Object.entries(link.attributes).map(([name, value]) => [name, put(value)]));
	return { ...link, from: String(put(link.from)), to: String(put(link.to)), attributes };
}

/** The link there is already between the same ends. @param {Relation[]} links @param {Relation} link @param {RelationType | undefined} type */
function twin(links, { type: name, from, to }, type) {
	return links.find(
		(each) =>
			each.type === name &&
			((each.from === from && each.to === to) || (type?.symmetric && each.from === to && each.to === from)),
	);
}

/** Whether one more link of a type may begin at a span. @param {Relation[]} links @param {RelationType | undefined} type @param {string} from */
export function hasRoom(links, type, from) {
	return (type?.max ?? Infinity) > links.filter((each) => each.type === type?.name && each.from === from).length;
}

/**
 * The links of one span as links of another: added, or their values put into those that stand.
 * @param {State} state @param {Scheme} scheme @param {Span} span that keeps its id, with its values then @param {string} gone
 */
function linksTakenOver(state, scheme, span, gone) {
	/** @type {Operation[]} */
	const operations = [];
	/** @type {string[]} */
	const lost = [];
	const links = linksOf(state, span.id).filter((each) => each.from !== gone && each.to !== gone);
	for (const old of linksOf(state, gone)) {
		const type = scheme.relations.get(old.type);
		const { from, to, attributes } = replaced(old, gone, span.id);
		if (from === to) continue;
		const link = { id: crypto.randomUUID(), type: old.type, from, to, attributes };
		const same = twin(links, link, type);
		if (same) {
			const taken = takenOver(scheme.relationAttributes(old.type), same.attributes, attributes);
			lost.push(...taken.lost);
			if (Object.keys(taken.change).length)
				operations.push({ op: "set_relation_attributes", id: same.id, attributes: taken.change });
		} else if (!hasRoom(links, type, from) || (from === span.id && type && isBarred(type, span.attributes)))
			lost.push(t("link “{title}”", { title: scheme.relationTitle(old.type) }));
		else {
			links.push(link);
			operations.push({ op: "add_relation", ...link });
		}
	}
	return { operations, lost };
}

/** Values of other links that name the span that goes. @param {State} state @param {string} gone @param {string} next @returns {Operation[]} */
function named(state, gone, next) {
	const others = [...state.relations.values()].filter((each) => each.from !== gone && each.to !== gone);
	return others.flatMap(({ id, attributes }) => {
		const names = Object.keys(attributes).filter((name) => attributes[name] === gone);
		const change = Object.fromEntries(names.map((name) => [name, next]));
		return names.length ? [{ op: "set_relation_attributes", id, attributes: change }] : [];
	});
}

/**
 * What makes one span of two, and what of the second is lost, by title.
 * @param {State} state @param {Scheme} scheme @param {import("../fragments.js").Text} text @param {Span} span that stays @param {Span} gone
 */
export function merging(state, scheme, text, span, gone) {
	const { id } = span;
	const { change, lost } = takenOver(scheme.attributes(span.label), span.attributes, gone.attributes);
	const after = { ...span, attributes: { ...span.attributes, ...change } };
	const links = linksTakenOver(state, scheme, after, gone.id);
	const flag = gone.flag && !span.flag ? { flag: true } : {};
	/** @type {Operation[]} */
	const operations = [
		{ op: "delete_span", id: gone.id },
		{ op: "move_span", id, fragments: quoted(joined([...span.fragments, ...gone.fragments], text), text) },
	];
	if (Object.keys({ ...change, ...flag }).length)
		operations.push({ op: "set_attributes", id, attributes: change, ...flag });
	operations.push(...links.operations, ...named(state, gone.id, id));
	return { operations, lost: [...new Set([...lost, ...links.lost])] };
}
