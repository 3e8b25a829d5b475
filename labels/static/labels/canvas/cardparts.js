/** The plain parts of the card: the words of the span, its label, what can be done to it; and the empty card. */

import { build, keycap } from "./element.js";
import { t, within, woven } from "./words.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */
/** @typedef {import("./keyboard.js").Keyboard} Keyboard */
/** @typedef {import("./state.js").Span} Span */

/** The span's words, part by part. @param {Canvas} canvas @param {Span} span */
export function quotation(canvas, span) {
	const several = span.fragments.length > 1 && canvas.editable;
	const parts = span.fragments.flatMap(({ quote }, index) => [
		index > 0 && build("span", { class: "gap" }, " … "),
		build("span", {}, quote),
		several &&
			build(
				"button",
				{
					type: "button",
					class: "drop",
					"aria-label": t("Take out “{quote}”", { quote }),
					onclick: () => canvas.marking.dropFragment(index),
				},
				"×",
			),
	]);
	return [build("blockquote", { dir: "auto" }, ...parts)];
}

/** The label, and the other labels it could have. @param {Canvas} canvas @param {Keyboard} keyboard @param {Span} span */
export function labelRow(canvas, keyboard, span) {
	if (!canvas.editable) return null;
	const { scheme } = canvas;
	const buttons = scheme.offered.map(({ name, key }) =>
		build(
			"button",
			{
				type: "button",
				class: "option",
				"data-slot": scheme.slot(name),
				"data-keep": `label ${name}`,
				"aria-pressed": String(name === span.label),
				"aria-keyshortcuts": name !== span.label && key ? `Shift+${key.toUpperCase()}` : undefined,
				onclick: () => keyboard.do({ command: "relabel", argument: name }),
			},
			name !== span.label && keycap(key && `Shift+${key.toUpperCase()}`),
			scheme.title(name),
		),
	);
	return build(
		"div",
		{ class: "attribute labels", role: "group", "aria-label": t("Label") },
		build("div", { class: "options" }, ...buttons),
	);
}

/** @param {Canvas} canvas @param {Keyboard} keyboard @param {Span} span */
export function foot(canvas, keyboard, span) {
	/** @param {string} command @param {string} title @param {string} [name] */
	const button = (command, title, name) => {
		const key = canvas.keymap.keyOf(command);
		return (
			key &&
			build(
				"button",
				{
					type: "button",
					class: "option",
					"aria-label": name,
					"aria-keyshortcuts": key,
					"aria-pressed": command === "flag" ? String(!!span.flag) : undefined,
					"data-keep": command,
					onclick: () => keyboard.do({ command }),
				},
				title,
				" ",
				keycap(key),
			)
		);
	};
	return build(
		"footer",
		{},
		build(
			"div",
			{ class: "edges", role: "group", "aria-label": t("Move an edge by a word") },
			build("span", { class: "field-name" }, t("Start")),
			button("startLeft", "←", t("Start one word to the left")),
			button("startRight", "→", t("Start one word to the right")),
			build("span", { class: "field-name" }, t("End")),
			button("endLeft", "←", t("End one word to the left")),
			button("endRight", "→", t("End one word to the right")),
		),
		build(
			"div",
			{ class: "options" },
			button("mentions", t("Every mention")),
			button("elsewhere", t("In other articles")),
			button("merge", t("Merge with next")),
			button("split", t("Split")),
			button("flag", span.flag ? t("Flagged") : t("Flag")),
			button("copyLink", t("Copy link")),
			button("guideline", t("Guideline")),
			canvas.boot.mode === "label" && button("delete", t("Delete")),
		),
	);
}

/** What the card says when nothing is chosen. @param {Canvas} canvas */
export function nothingChosen(canvas) {
	const { keymap, scheme } = canvas;
	const key = (/** @type {string} */ command) => keycap(keymap.keyOf(command));
	if (canvas.boot.mode === "review")
		return [
			build("h2", {}, t("No span chosen")),
			build(
				"p",
				{ class: "hint" },
				...woven("Go from span to span with {next} and {previous}, or click one.", {
					next: key("next"),
					previous: key("previous"),
				}),
			),
		];
	if (!canvas.editable)
		return [
			build("h2", {}, t("No span chosen")),
			build(
				"p",
				{ class: "hint" },
				...woven("Click a span to read its card, or go from one to the next with {next}.", { next: key("next") }),
			),
		];
	return [
		build("h2", {}, t("Mark the text")),
		build(
			"ol",
			{ class: "steps" },
			build(
				"li",
				{},
				...woven("Select words with the mouse, or move with {left} {right} and hold {shift} to select.", {
					left: keycap("ArrowLeft"),
					right: keycap("ArrowRight"),
					shift: keycap("Shift"),
				}),
			),
			build(
				"li",
				{},
				t("Press the key of a label:"),
				" ",
				...scheme.offered.flatMap(({ key, name }) => [
					build("span", {}, keycap(key), ` ${within(scheme.title(name))}`),
					" ",
				]),
			),
			build("li", {}, ...woven("Fill in its card with the digits; link it with {link}.", { link: key("link") })),
		),
		build("p", { class: "hint" }, t("All keys:"), " ", key("keys")),
	];
}
