/** How sure somebody is of a span: a number from 0 to 1, chosen and shown as one of a few plain steps. Pure. */

import { t } from "./words.js";

/** @typedef {import("./scheme.js").Attribute} Attribute */

/** The steps, and from which number on a confidence reads as one. @type {{title: string, value: number, from: number}[]} */
export const STEPS = [
	{ title: t("sure"), value: 1, from: 0.85 },
	{ title: t("fairly sure"), value: 0.7, from: 0.5 },
	{ title: t("unsure"), value: 0.3, from: 0 },
];

/** As an attribute, so that it is filled in like any other. @type {Attribute} */
export const CONFIDENCE = {
	name: "confidence",
	title: t("How sure are you?"),
	type: "choice",
	values: STEPS.map((each) => each.title),
};

/** How a confidence reads, or null where none was given. @param {number | null | undefined} confidence */
export function stepOf(confidence) {
	if (confidence === null || confidence === undefined) return null;
	return STEPS.find((each) => confidence >= each.from)?.title ?? null;
}

/** The number of a step. @param {unknown} title */
export function numberOf(title) {
	return STEPS.find((each) => each.title === title)?.value ?? null;
}
