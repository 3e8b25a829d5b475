/**
 * The scheme, ready to be asked: which labels and relations there are, what their attributes are called,
 * and which of them are due. What is allowed is the server's to say; this only shows what to ask for next.
 */

import { t } from "./words.js";

/** @typedef {{when: Record<string, unknown[]>}} Condition */
/**
 * @typedef {object} Attribute
 * @property {string} name
 * @property {string} [title]
 * @property {"choice"|"choices"|"ordinal"|"boolean"|"integer"|"text"|"identifier"|"span"} type
 * @property {string[]} [values]
 * @property {Record<string, string>} [titles]
 * @property {string[]} [labels] for a span: the labels it may have
 * @property {string} [pattern]
 * @property {number} [min]
 * @property {number} [max]
 * @property {boolean|Condition} [required]
 * @property {Condition} [forbidden]
 * @property {boolean} [more] shown only when asked for
 * @property {string} [key]
 * @property {string} [help]
 * @property {unknown} [default]
 */
/** @typedef {{name: string, title?: string, key?: string, help?: string, retired?: boolean, attributes?: Attribute[]}} Label */
/**
 * @typedef {object} RelationType
 * @property {string} name
 * @property {string} [title]
 * @property {string[]} from
 * @property {string[]} to
 * @property {boolean} [symmetric]
 * @property {boolean} [same_label]
 * @property {number} [min]
 * @property {number} [to_min]
 * @property {number} [max]
 * @property {Condition} [required]
 * @property {Condition} [forbidden]
 * @property {Attribute[]} [attributes]
 * @property {string} [help]
 */
/** @typedef {{labels: Label[], relations?: RelationType[], guideline?: string | Record<string, string>}} SchemeData */
/** @typedef {Record<string, unknown>} Values */

const ANY = "*";

/** @param {unknown} value @param {unknown[]} values */
function matches(value, values) {
	if (isEmpty(value)) return values.includes(null);
	if (values.includes(ANY)) return true;
	return [value].flat().some((each) => values.includes(each));
}

/** @param {unknown} value */
export function isEmpty(value) {
	return value === undefined || value === null || value === "" || (Array.isArray(value) && !value.length);
}

/** Whether the values meet a condition. @param {Condition} condition @param {Values} values */
export function holds(condition, values) {
	return Object.entries(condition.when).every(([name, wanted]) => matches(values[name], wanted));
}

/** Whether a value does not go with the others. @param {Attribute | RelationType} one @param {Values} values */
export function isBarred(one, values) {
	return one.forbidden !== undefined && one.forbidden !== null && holds(one.forbidden, values);
}

/** Whether a value is asked for. @param {Attribute} attribute @param {Values} values */
export function isDue(attribute, values) {
	const { required } = attribute;
	if (!required || isBarred(attribute, values)) return false;
	return required === true || holds(required, values);
}

/** The attributes still asked for. @param {Attribute[]} attributes @param {Values} values */
export function lacking(attributes, values) {
	return attributes.filter((each) => isDue(each, values) && isEmpty(values[each.name]));
}

/**
 * A change together with the values that it makes impossible: they go in the same step.
 * @param {Attribute[]} attributes @param {Values} now @param {Values} change @returns {Values}
 */
export function settled(attributes, now, change) {
	const after = { ...now, ...change };
	const gone = attributes.filter((each) => !(each.name in change) && !isEmpty(now[each.name]) && isBarred(each, after));
	return { ...change, ...Object.fromEntries(gone.map((each) => [each.name, null])) };
}

/** How people read a value. @param {Attribute} attribute @param {unknown} value @returns {string} */
export function valueTitle(attribute, value) {
	if (Array.isArray(value)) return value.map((each) => valueTitle(attribute, each)).join(", ");
	if (typeof value === "boolean") return value ? t("yes") : t("no");
	return attribute.titles?.[String(value)] ?? String(value).replaceAll("_", " ");
}

/** @param {{name: string, title?: string}} one */
export function titleOf(one) {
	return one.title || one.name.replaceAll("_", " ").toLowerCase();
}

export class Scheme {
	/** @param {SchemeData} data */
	constructor(data) {
		this.labels = new Map(data.labels.map((each) => [each.name, each]));
		this.relations = new Map((data.relations ?? []).map((each) => [each.name, each]));
		this.slots = new Map(data.labels.map((each, index) => [each.name, (index % 8) + 1]));
		this.guideline = data.guideline ?? "";
	}

	/** The labels that a span may be given: those that are retired stay where they are. */
	get offered() {
		return [...this.labels.values()].filter((each) => !each.retired);
	}

	/** Place of a label among the colours and forms, 1 to 8. @param {string} label */
	slot(label) {
		return this.slots.get(label) ?? 8;
	}

	/** @param {string} label */
	title(label) {
		return titleOf(this.labels.get(label) ?? { name: label });
	}

	/** @param {string} type */
	relationTitle(type) {
		return titleOf(this.relations.get(type) ?? { name: type });
	}

	/** @param {string} label @returns {Attribute[]} */
	attributes(label) {
		return this.labels.get(label)?.attributes ?? [];
	}

	/** @param {string} type @returns {Attribute[]} */
	relationAttributes(type) {
		return this.relations.get(type)?.attributes ?? [];
	}

	/** What a new span of this label starts with. @param {string} label @returns {Values} */
	defaults(label) {
		const given = this.attributes(label).filter((each) => !isEmpty(each.default));
		return Object.fromEntries(given.map((each) => [each.name, each.default]));
	}

	/** Whether a relation type leads from one label to another. @param {RelationType} type @param {string} from @param {string} to */
	joins(type, from, to) {
		if (type.same_label && from !== to) return false;
		return type.from.includes(from) && type.to.includes(to);
	}
}
