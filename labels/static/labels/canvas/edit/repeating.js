/** Does the last act again: on the chosen span, or on what is selected. */

import { quoteOf } from "../fragments.js";
import { targets } from "../linking.js";
import { linksOf } from "../lookup.js";
import { titleOf, valueTitle } from "../scheme.js";
import { commandTitle } from "../sheets/titles.js";
import { t, within } from "../words.js";
import { actOf, fittingValues, pickedOf } from "./acts.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */
/** @typedef {import("../keyboard.js").Keyboard} Keyboard */
/** @typedef {import("../state.js").Span} Span */
/** @typedef {import("../links.js").Links} Links */

/** "form direct, certainty emptied" @param {import("../scheme.js").Attribute[]} attributes @param {Record<string, unknown>} values */
function told(attributes, values) {
	const parts = Object.entries(values).map(([name, value]) => {
		const attribute = attributes.find((each) => each.name === name);
		if (!attribute) return titleOf({ name });
		return `${titleOf(attribute)} ${value === null ? t("emptied") : valueTitle(attribute, value)}`;
	});
	return parts.join(", ");
}

/** @param {Canvas} canvas @param {Keyboard} keyboard @param {Links} links */
export async function repeatLast(canvas, keyboard, links) {
	const { done, scheme, subject: span } = canvas;
	const act = done && actOf(done);
	if (!act)
		return canvas.say(done ? t("What was done last cannot be done again elsewhere.") : t("Nothing was done yet."));
	const said = await again(act);
	// Where nothing was done, it has been said why.
	if (canvas.done !== done) canvas.say(t("Again: {act}.", { act: said }), { command: "undo", title: t("Undo") });

	async function again(/** @type {import("./acts.js").Act} */ act) {
		if (act.kind === "mark" || act.kind === "relabel") {
			await keyboard.do({ command: act.kind, argument: act.label });
			return within(scheme.title(act.label));
		}
		if (act.kind === "command") {
			await keyboard.do({ command: act.command });
			return commandTitle(act.command, canvas.boot.mode);
		}
		if (!span && act.kind === "values" && done && canvas.marking.reach) return markLike(canvas, done);
		if (!span) return canvas.say(t("Choose the span first on which to do it again."));
		if (act.kind === "values") return setValues(canvas, span, act.values);
		if (act.kind === "linkValues") return setLinkValues(canvas, span, act);
		if (act.kind === "link") return link(canvas, links, span, act);
		if (!!span.flag === act.flag) return canvas.say(span.flag ? t("It is flagged already.") : t("It is not flagged."));
		await canvas.marking.flag();
		return act.flag ? t("flagged") : t("no longer flagged");
	}
}

/** Where no span is chosen, words are marked as the last one is: its label, and of its values those that were picked. @param {Canvas} canvas @param {import("./acts.js").Done} done */
async function markLike(canvas, { operations }) {
	const { scheme, state } = canvas;
	const like = state.spans.get(operations[operations.length - 1].id);
	if (!like) return canvas.say(t("Choose the span first on which to do it again."));
	const attributes = scheme.attributes(like.label);
	const values = pickedOf(attributes, like.attributes);
	await canvas.marking.mark(like.label, values);
	return [within(scheme.title(like.label)), told(attributes, values)].filter((each) => each).join(", ");
}

/** @param {Canvas} canvas @param {Span} span @param {Record<string, unknown>} change */
async function setValues(canvas, span, change) {
	const attributes = canvas.scheme.attributes(span.label);
	const fitting = fittingValues(attributes, change);
	if (!Object.keys(fitting).length)
		return canvas.say(
			t("{values} does not fit: its label is {label}.", {
				values: told([], change),
				label: within(canvas.scheme.title(span.label)),
			}),
		);
	await canvas.marking.setAttributes(fitting);
	return told(attributes, fitting);
}

/** On its link of that type, the first that has other values. @param {Canvas} canvas @param {Span} span @param {{type: string, values: Record<string, unknown>}} act */
async function setLinkValues(canvas, span, { type, values }) {
	const attributes = canvas.scheme.relationAttributes(type);
	const fitting = fittingValues(attributes, values);
	const isOther = (/** @type {import("../state.js").Relation} */ { attributes: now }) =>
		Object.entries(fitting).some(([name, value]) => JSON.stringify(now[name] ?? null) !== JSON.stringify(value));
	const mine = linksOf(canvas.state, span.id).filter((each) => each.from === span.id && each.type === type);
	const found = mine.find(isOther);
	const title = canvas.scheme.relationTitle(type);
	if (!found)
		return canvas.say(
			mine.length
				? t("It has no other link “{title}” to set it on.", { title })
				: t("It has no link “{title}” to set it on.", { title }),
		);
	await canvas.marking.setRelationAttributes(found.id, fitting);
	return told(attributes, fitting);
}

/** The same kind of link, to the nearest span of the same label. @param {Canvas} canvas @param {Links} links @param {Span} span @param {{type: string, label: string, outward: boolean}} act */
async function link(canvas, links, span, { type, label, outward }) {
	const { scheme, state } = canvas;
	const isMeant = (/** @type {import("../linking.js").Way} */ way) =>
		!way.relation && way.type === type && (way.from === span.id) === outward;
	const found = targets(state, scheme, span, canvas.article.sentenceOf(span));
	const target = found.find((each) => each.span.label === label && each.ways.some(isMeant));
	const way = target?.ways.find(isMeant);
	const title = scheme.relationTitle(type);
	if (!target || !way)
		return canvas.say(
			t("There is no {label} left to link it with by “{title}”.", { label: within(scheme.title(label)), title }),
		);
	await links.link(target, way);
	return `${title} ${quoteOf(target.span.fragments, 40)}`;
}
