/**
 * The guideline beside the text: of the chosen span's label, or of the one under the caret, with the clause on
 * the attribute that is asked for. One key opens and closes it; whether it is open is remembered.
 */

import { build, keycap } from "../element.js";
import { covering } from "../lookup.js";
import { NARROW } from "../reveal.js";
import { titleOf } from "../scheme.js";
import { t } from "../words.js";
import { clauseOn, guidanceOn } from "./clauses.js";
import { openGuideline } from "./guideline.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */
/** @typedef {import("../pass.js").Place} Place */

export class Guide {
	/** What is shown, so that it is not drawn again. */
	#shown = "";

	/** @param {Canvas} canvas @param {string} memory where it is kept that it is open */
	constructor(canvas, memory) {
		this.canvas = canvas;
		this.memory = memory;
		this.panel = build("aside", { class: "guide-panel", "aria-label": t("Guideline"), tabindex: 0, hidden: true });
		canvas.root.append(this.panel);
		for (const event of ["asked", "chosen", "caret", "painted"]) canvas.on(event, () => this.#show());
		this.#open(localStorage.getItem(this.memory) !== null);
	}

	/** Open it, or close it. */
	turn() {
		const { canvas, panel } = this;
		if (matchMedia(NARROW).matches) return openGuideline(canvas);
		if (panel.hidden) localStorage.setItem(this.memory, "open");
		else localStorage.removeItem(this.memory);
		if (panel.contains(document.activeElement)) canvas.text.focus({ preventScroll: true });
		this.#open(panel.hidden === true);
		canvas.announce(
			panel.hidden ? t("The guideline is closed.") : t("The guideline is open: {words}", { words: this.#words() }),
		);
		return undefined;
	}

	/** @param {boolean} open */
	#open(open) {
		this.panel.hidden = !open;
		this.canvas.root.classList.toggle("guided", open);
		for (const button of document.querySelectorAll("[data-command=guideline]"))
			button.setAttribute("aria-expanded", String(open));
		this.#shown = "";
		this.#show();
	}

	#words() {
		return this.panel.querySelector(".clause, p")?.textContent ?? "";
	}

	/** The label that is meant: the chosen span's, else that of the words at the caret. */
	get #label() {
		const { subject, state, caret } = this.canvas;
		return subject?.label ?? (caret.word && covering(state, caret.word.start)[0]?.label) ?? null;
	}

	/** Whose guideline has the clause: the label's, or that of a kind of link. @param {string} label */
	#owner(label) {
		const { relation } = this.canvas.asked ?? {};
		return this.canvas.state.relations.get(relation ?? "")?.type ?? label;
	}

	#show() {
		const { canvas, panel } = this;
		if (panel.hidden) return;
		const label = this.#label;
		const asked = canvas.subject ? canvas.asked : undefined;
		const shown = `${label} ${asked?.relation} ${asked?.attribute.name}`;
		if (shown === this.#shown) return;
		this.#shown = shown;
		panel.replaceChildren(...(label ? this.#on(label, asked) : this.#all()));
		panel.scrollTop = 0;
	}

	/** @param {string} title @param {number} [slot] */
	#head(title, slot) {
		const close = build(
			"button",
			{ type: "button", class: "close", "aria-label": t("Close the guideline"), onclick: () => this.turn() },
			"×",
		);
		const words = build("h2", { "data-slot": slot }, `${t("Guideline")} · ${title}`);
		return build("header", {}, words, keycap(this.canvas.keymap.keyOf("guideline")), close);
	}

	/** @param {string} label @param {Place | undefined} asked */
	#on(label, asked) {
		const { scheme } = this.canvas;
		const owner = this.#owner(label);
		const all = guidanceOn(scheme, owner);
		const { attribute } = asked ?? {};
		const clause = attribute ? clauseOn(all, { title: titleOf(attribute), help: attribute.help }) : [];
		const rest = [...(owner === label ? [] : all), ...guidanceOn(scheme, label)].filter(
			(each) => !clause.includes(each),
		);
		const said = clause.map((each) => build("p", { class: "clause" }, each));
		const none = !clause.length && !rest.length && build("p", {}, t("The guideline says nothing on this label yet."));
		return [
			this.#head(scheme.title(label), scheme.slot(label)),
			...said,
			...rest.map((each) => build("p", {}, each)),
			none || "",
		];
	}

	/** Nothing is chosen: what the guideline says of each label. */
	#all() {
		const { scheme } = this.canvas;
		const parts = [...scheme.labels.keys()].flatMap((name) => [
			build("h3", { "data-slot": scheme.slot(name) }, scheme.title(name)),
			...guidanceOn(scheme, name).map((each) => build("p", {}, each)),
		]);
		const isOneText = typeof scheme.guideline === "string";
		const whole = isOneText ? guidanceOn(scheme, "").map((each) => build("p", {}, each)) : parts;
		return [this.#head(t("all labels")), ...whole];
	}
}
