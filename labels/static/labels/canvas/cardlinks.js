/** The links of the chosen span on its card: who said it, by which cue, in which attitude. */

import { add, build, keycap } from "./element.js";
import { quoteOf } from "./fragments.js";
import { isLinkable } from "./linking.js";
import { linksOf, naming, ordered } from "./lookup.js";
import { linksLacking } from "./missing.js";
import { isBarred, isEmpty, titleOf } from "./scheme.js";
import { t, within } from "./words.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */
/** @typedef {import("./keyboard.js").Keyboard} Keyboard */
/** @typedef {import("./state.js").Span} Span */
/** @typedef {import("./state.js").Relation} Relation */
/** @typedef {import("./pass.js").Place} Place */

/**
 * @param {Canvas} canvas @param {Keyboard} keyboard @param {Span} span
 * @param {(place: Place) => HTMLElement} field
 */
export function cardLinks(canvas, keyboard, span, field) {
	const links = linksOf(canvas.state, span.id);
	const rows = [
		...links.map((link) => row(canvas, link, span, field)),
		...naming(canvas.state, span.id).map((link) => namedIn(canvas, link, span)),
	];
	const [top] = rows;
	if (top) add(top.querySelector(".field-name") ?? top, [" ", keycap(canvas.keymap.keyOf("follow"))]);
	const due = canvas.editable && !canvas.draft ? linksLacking(canvas.scheme, span, canvas.state) : [];
	const offer =
		canvas.editable && !canvas.draft ? (linkButton(canvas, keyboard, span) ?? first(canvas, span, due)) : null;
	if (!rows.length && !offer && !due.length) return [];
	const needed = due.map(({ message }) => build("p", { class: "due" }, message));
	return [build("section", { class: "links", "aria-label": t("Links") }, ...rows, ...needed, offer)];
}

/** @param {Canvas} canvas @param {Relation} link @param {Span} span @param {(place: Place) => HTMLElement} field */
function row(canvas, link, span, field) {
	const { scheme, state } = canvas;
	const isOut = link.from === span.id;
	const other = state.spans.get(isOut ? link.to : link.from);
	const title = scheme.relationTitle(link.type);
	const name =
		isOut || scheme.relations.get(link.type)?.symmetric
			? title
			: t("{label} {link} this", { label: within(scheme.title(other?.label ?? "")), link: title });
	const drop = () => {
		void canvas.perform([{ op: "delete_relation", id: link.id }]);
		canvas.say(t("Took out the link “{title}”.", { title }), { command: "undo", title: t("Undo") });
	};
	const head = build(
		"div",
		{ class: "attribute" },
		build("span", { class: "field-name" }, name),
		build(
			"div",
			{ class: "linked" },
			goTo(canvas, other, link.id),
			canvas.editable &&
				!canvas.draft &&
				build(
					"button",
					{
						type: "button",
						class: "drop",
						"aria-label": t("Take out the link to “{quote}”", { quote: other ? quoteOf(other.fragments, 60) : "?" }),
						onclick: drop,
					},
					"×",
				),
		),
	);
	return build(
		"div",
		{ class: "link", "data-relation": link.id },
		head,
		...(isOut ? attributes(canvas, link, field) : []),
	);
}

/** To another span. @param {Canvas} canvas @param {Span | undefined} span @param {string} keep */
function goTo(canvas, span, keep) {
	return build(
		"button",
		{
			type: "button",
			class: "goto",
			"data-slot": canvas.scheme.slot(span?.label ?? ""),
			"data-keep": `goto ${keep}`,
			onclick: () => canvas.choose(span?.id ?? null, { reveal: true }),
		},
		span ? quoteOf(span.fragments, 60) : "?",
	);
}

/** The link that a span is named in, by the span at which that begins. @param {Canvas} canvas @param {Relation} link @param {Span} span */
function namedIn(canvas, link, span) {
	const { scheme, state } = canvas;
	const owner = state.spans.get(link.from);
	const attribute = scheme.relationAttributes(link.type).find((each) => link.attributes[each.name] === span.id);
	const label = within(scheme.title(owner?.label ?? ""));
	const name = t("{field} of the {label}", { field: attribute ? titleOf(attribute) : "", label });
	return build(
		"div",
		{ class: "link" },
		build("div", { class: "attribute" }, build("span", { class: "field-name" }, name), goTo(canvas, owner, link.id)),
	);
}

/** @param {Canvas} canvas @param {Relation} link @param {(place: Place) => HTMLElement} field */
function attributes(canvas, link, field) {
	const { attributes: values } = link;
	const all = canvas.scheme
		.relationAttributes(link.type)
		.filter((each) => !isBarred(each, values) || !isEmpty(values[each.name]));
	const isMore = (/** @type {import("./scheme.js").Attribute} */ each) => each.more && isEmpty(values[each.name]);
	const fields = (/** @type {typeof all} */ list) =>
		list.map((attribute) => field({ relation: link.id, attribute, values }));
	const more = fields(all.filter(isMore));
	const open = more.some((each) => each.dataset.armed !== undefined);
	return [
		...fields(all.filter((each) => !isMore(each))),
		canvas.editable && more.length
			? build(
					"details",
					{ class: "more", open },
					build("summary", { "data-keep": `more ${link.id}` }, t("More about this link")),
					...more,
				)
			: null,
	];
}

/** Where nothing is marked yet that it could be linked to: what to mark. @param {Canvas} canvas @param {Span} span @param {unknown[]} due what is said of it already */
function first({ scheme, state }, span, due) {
	if (due.length) return null;
	const types = [...scheme.relations.values()];
	const ends = types.flatMap(({ from, to }) => [
		...(from.includes(span.label) ? to : []),
		...(to.includes(span.label) ? from : []),
	]);
	const labels = [...new Set(ends)].filter((each) => each !== span.label);
	if (!labels.length || ordered(state).some((each) => labels.includes(each.label))) return null;
	const titles = labels.map((each) => scheme.title(each)).join(t(" or "));
	return build("p", { class: "hint" }, t("To link it, mark its {labels} first.", { labels: titles }));
}

/** Starts linking; can be dragged to what is to be linked. @param {Canvas} canvas @param {Keyboard} keyboard @param {Span} span */
function linkButton(canvas, keyboard, span) {
	if (!isLinkable(canvas.state, canvas.scheme, span)) return null;
	return build(
		"button",
		{
			type: "button",
			class: "option handle",
			"data-drag": span.id,
			"data-keep": "link",
			onclick: () => keyboard.do({ command: "link" }),
		},
		build("span", {}, t("Link to other words (or drag)")),
		" ",
		keycap(canvas.keymap.keyOf("link")),
	);
}

/** The span that an attribute of a link names. @param {Canvas} canvas @param {Keyboard} keyboard @param {Place} place @param {() => void} drop */
export function spanValue(canvas, keyboard, { relation, attribute, values }, drop) {
	const named = canvas.state.spans.get(String(values[attribute.name]));
	const keep = `${relation} ${attribute.name}`;
	if (named)
		return build(
			"span",
			{ class: "linked" },
			goTo(canvas, named, keep),
			canvas.editable &&
				build("button", { type: "button", class: "drop", "aria-label": t("Take it out"), onclick: drop }, "×"),
		);
	if (!canvas.editable) return build("p", { class: "value" }, "–");
	const choose = () =>
		keyboard.do({ command: "link", wanted: { relation: relation ?? "", attribute: attribute.name } });
	return build(
		"button",
		{ type: "button", class: "option", "data-keep": keep, onclick: choose },
		t("choose"),
		" ",
		keycap(canvas.keymap.keyOf("link")),
	);
}
