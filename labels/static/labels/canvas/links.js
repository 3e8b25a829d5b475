/**
 * Linking the chosen span: a letter at every span it can be linked with, the nearest at Enter or at the key
 * once more; where the scheme allows several kinds of link, a digit says which. Or drag to the words.
 */

import { build, keycap } from "./element.js";
import { quoteOf } from "./fragments.js";
import { HINTS, operationsOf, targets } from "./linking.js";
import { t, within } from "./words.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */
/** @typedef {import("./keyboard.js").Keyboard} Keyboard */
/** @typedef {import("./linking.js").Target} Target */
/** @typedef {import("./linking.js").Way} Way */

export class Links {
	/** @type {Map<string, Target>} */
	#hints = new Map();
	/** @type {Target | null} */
	#undecided = null;
	/** The span that is being linked. @type {string | null} */
	#from = null;

	/** @param {Canvas} canvas @param {Keyboard} keyboard */
	constructor(canvas, keyboard) {
		this.canvas = canvas;
		this.key = canvas.keymap.keyOf("link") ?? "r";
		this.bar = build("div", { class: "linking", role: "group", "aria-label": t("Link"), hidden: true });
		canvas.root.append(this.bar);
		keyboard.on("link", ({ wanted }) => this.start(wanted));
		canvas.on("chosen", () => canvas.chosen !== this.#from && this.close());
		canvas.text.addEventListener("click", (event) => this.#clicked(event), { capture: true });
	}

	/** Offer everything the chosen span can be linked with, or what is asked for. @param {import("./linking.js").Wanted} [wanted] */
	start(wanted) {
		const { canvas } = this;
		const { subject, state, scheme } = canvas;
		if (!canvas.editable || canvas.draft) return;
		if (!subject) return canvas.say(t("Choose the span that is to be linked first."));
		const found = targets(state, scheme, subject, canvas.article.sentenceOf(subject), wanted);
		if (!found.length) return canvas.say(this.#nothing(wanted));
		const letters = HINTS.filter((each) => each !== this.key);
		this.#hints = new Map(found.slice(0, letters.length).map((target, index) => [letters[index], target]));
		this.#undecided = null;
		this.#from = subject.id;
		canvas.mode = { key: (name) => this.#pressed(name), close: () => this.close() };
		canvas.painter.sign("data-hint", new Map([...this.#hints].map(([letter, { span }]) => [span.id, letter])));
		canvas.root.classList.add("is-linking");
		this.#say();
	}

	/** Why there is nothing to link with. @param {import("./linking.js").Wanted} [wanted] */
	#nothing(wanted) {
		const { scheme, state, subject } = this.canvas;
		const link = state.relations.get(wanted?.relation ?? "");
		const type = scheme.relations.get(wanted?.type ?? "");
		const field = link && scheme.relationAttributes(link.type).find((each) => each.name === wanted?.attribute);
		const labels = field?.labels ?? (type && (type.from.includes(subject?.label ?? "") ? type.to : type.from)) ?? [];
		const what = labels.map((each) => within(scheme.title(each))).join(t(" or "));
		return what
			? t("There is no other {label} to link it with: mark one first.", { label: what })
			: t("There is nothing to link it with: mark the other words first.");
	}

	close() {
		if (!this.#hints.size && !this.#undecided) return;
		this.#hints.clear();
		this.#undecided = null;
		this.canvas.mode = null;
		this.canvas.painter.sign("data-hint", new Map());
		this.canvas.root.classList.remove("is-linking");
		this.bar.hidden = true;
	}

	#say() {
		const { canvas } = this;
		const list = [...this.#hints];
		const buttons = list.slice(0, 6).map(([letter, target], index) =>
			build(
				"button",
				{
					type: "button",
					class: "option",
					"data-slot": canvas.scheme.slot(target.span.label),
					onclick: () => void this.take(target),
				},
				keycap(index ? letter : "Enter"),
				quoteOf(target.span.fragments, 26),
			),
		);
		const cancel = build(
			"button",
			{ type: "button", class: "option", onclick: () => this.close() },
			t("Cancel"),
			" ",
			keycap("Escape"),
		);
		this.bar.replaceChildren(build("span", {}, t("Link with")), ...buttons, cancel);
		this.bar.hidden = false;
		const spoken = list.slice(0, 6).map(([letter, { span }]) => `${letter} ${quoteOf(span.fragments, 40)}`);
		canvas.announce(
			t("Link with: Enter for {nearest}, or {others}", {
				nearest: quoteOf(list[0][1].span.fragments, 40),
				others: spoken.join("; "),
			}),
		);
	}

	/** @param {string} name of the key */
	#pressed(name) {
		if (this.#undecided) {
			const way = this.#undecided.ways[Number(name) - 1];
			if (way) void this.link(this.#undecided, way);
			else if (name === "Escape") this.close();
			return true;
		}
		const [nearest] = this.#hints.values();
		const target = name === "Enter" || name === this.key ? nearest : this.#hints.get(name.toLowerCase());
		if (target) void this.take(target);
		else if (name === "Escape") this.close();
		return target !== undefined || name === "Escape" || /^.$/u.test(name);
	}

	/** @param {MouseEvent} event */
	#clicked(event) {
		if (!this.#hints.size) return;
		const target = this.under(/** @type {Element} */ (event.target));
		if (!target) return;
		event.stopPropagation();
		void this.take(target);
	}

	/** What an element of the text can be linked as. @param {Element | null} element */
	under(element) {
		const mark = element?.closest(".run");
		const ids = mark ? this.canvas.painter.covers(mark) : [];
		return [...this.#hints.values()].find((each) => ids.includes(each.span.id));
	}

	/** Link, or ask which kind is meant. @param {Target} target */
	async take(target) {
		if (target.ways.length === 1) return this.link(target, target.ways[0]);
		this.#undecided = target;
		this.canvas.painter.sign("data-hint", new Map());
		const buttons = target.ways.map((way, index) =>
			build(
				"button",
				{ type: "button", class: "option", onclick: () => void this.link(target, way) },
				keycap(String(index + 1)),
				way.title,
			),
		);
		this.bar.replaceChildren(build("q", {}, quoteOf(target.span.fragments, 40)), ...buttons);
		this.canvas.announce(target.ways.map((way, index) => `${index + 1} ${way.title}`).join("; "));
	}

	/** @param {Target} target @param {Way} way */
	async link(target, way) {
		const { canvas } = this;
		const { state, scheme, article, subject } = canvas;
		const value = way.relation && subject?.id !== way.from ? subject : target.span;
		const around = (/** @type {import("./state.js").Span} */ span) => article.sentenceOf(span);
		this.close();
		if (!value) return;
		const operations = operationsOf(state, scheme, way, value, around);
		canvas.tell("linking");
		// The first end carries the link: go on with its values.
		await canvas.perform(operations, { choose: way.from });
		canvas.announce(t("Linked: {link} {quote}.", { link: way.title, quote: quoteOf(target.span.fragments, 60) }));
	}
}
