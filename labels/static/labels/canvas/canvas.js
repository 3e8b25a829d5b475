/** The text and what stands beside it: what is chosen and selected; each part is handed what it needs, and works. */

import { Article } from "./article.js";
import { Caret } from "./caret.js";
import { introduce, spoken } from "./chips.js";
import { part } from "./element.js";
import { Highlights } from "./highlights.js";
import { Keymap } from "./keys.js";
import { Marking } from "./marking.js";
import { mirror } from "./mirror.js";
import { Painter } from "./paint.js";
import { Positions } from "./positions.js";
import { NARROW, reveal } from "./reveal.js";
import { Scheme } from "./scheme.js";
import { Session } from "./session.js";
import { t } from "./words.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Span} Span */
/** @typedef {import("./state.js").Operation} Operation */
/** @typedef {{start: number, end: number}} Stretch */
/** @typedef {{byKey?: boolean, byTouch?: boolean, exact?: boolean}} How */
/** @typedef {{command: string, title: string}} Action what a message offers to do */

export class Canvas extends EventTarget {
	/** @type {string | null} */
	chosen = null;
	/** @type {Stretch | null} */
	selection = null;
	/** A reviewer's corrected copy while it is being made. @type {import("./review/draft.js").Draft | null} */
	draft = null;
	/** What is open over the text, linking for one. It takes keys first. @type {{key: (name: string) => boolean, close: () => void} | null} */
	mode = null;
	/** The field that the card asks for. @type {import("./pass.js").Place | undefined} */
	asked;
	/** What was done last. @type {import("./edit/acts.js").Done | null} */
	done = null;
	/** Who holds the button down over the text. @type {import("./selection.js").Selecting | null} */
	drawing = null;
	/** Whether a finger was used last. */
	byTouch = false;
	/** What is said of a link on the card, besides what it is. @type {(link: import("./state.js").Relation) => Node | null} */
	linkNote = () => null;

	/** @param {HTMLElement} root the element around the text and its columns @param {import("./boot.js").Boot} boot */
	constructor(root, boot) {
		super();
		this.root = root;
		this.boot = boot;
		// One's own submitted set is not writable now, but is when it is taken back.
		this.may = boot.writable || (boot.mode === "label" && boot.set.state === "submitted");
		this.scheme = new Scheme(boot.scheme);
		this.session = new Session(boot, this.scheme);
		this.text = part(root, "[data-part=text]");
		/** @type {HTMLElement[]} */
		const paragraphs = [...this.text.querySelectorAll("p")];
		const blocks = paragraphs.map((each) => ({ start: Number(each.dataset.start), text: each.textContent ?? "" }));
		this.article = new Article(blocks, boot.article.length, boot.article.language);
		this.positions = new Positions(paragraphs, this.article);
		this.highlights = new Highlights(this.positions, part(root, "[data-part=layer]"));
		this.painter = new Painter(this.positions, this.scheme, spoken(this), () => this.#replaced());
		this.keymap = new Keymap(this.scheme, boot.mode, boot.keys);
		this.caret = new Caret(this);
		this.marking = new Marking(this);
		this.session.addEventListener("changed", (event) =>
			this.#changed(/** @type {CustomEvent} */ (event).detail.touched),
		);
		this.session.addEventListener("set", () => this.tell("set"));
		this.painter.start(this.state);
	}

	/** @type {State} */
	get state() {
		return this.draft?.state ?? this.session.view;
	}

	/** Whether marks can be made: in one's own open set, or in a copy. */
	get editable() {
		const { state } = this.session.set;
		return (
			this.draft !== null || (this.may && this.boot.mode === "label" && (state === "open" || state === "returned"))
		);
	}

	/** The chosen span. @returns {Span | undefined} */
	get subject() {
		return this.chosen ? this.state.spans.get(this.chosen) : undefined;
	}

	/** @param {string} type "chosen", "selected", "painted", "set", "reviews", "say", "hush", "aimed", "caret", "asked", "here" @param {unknown} [detail] */
	tell(type, detail) {
		this.dispatchEvent(new CustomEvent(type, { detail }));
	}

	/** @param {string} type @param {(detail: any) => void} heard */
	on(type, heard) {
		this.addEventListener(type, (event) => heard(/** @type {CustomEvent} */ (event).detail));
	}

	/** Say it to everybody, for a moment, with something to do about it. @param {string} text @param {Action} [action] */
	say(text, action) {
		this.tell("say", { text, action, seen: true });
	}

	/** Say it to those who listen. @param {string} text */
	announce(text) {
		this.tell("say", { text });
	}

	/**
	 * @param {Operation[]} operations
	 * @param {{choose?: string, chosen?: string | null, act?: string, command?: string}} [how] what to choose then; what was chosen before; what it is part of; what does it again
	 */
	async perform(operations, { choose, chosen = this.chosen, act, command } = {}) {
		if (!this.editable) return this.say(t("This set cannot be changed now."));
		if (this.draft) return this.draft.perform(operations);
		if (operations.length) this.done = { operations, state: this.state, chosen, command };
		// What was offered to be undone is no longer what would be.
		this.tell("hush");
		const kept = this.session.perform(operations, chosen, act);
		// Keys that follow mean the new span at once; to show it now would cost a picture before the one with it.
		if (choose) this.chosen = choose;
		await kept;
		if (choose && this.chosen === choose) this.#chose();
	}

	/** @param {Set<string>} touched */
	#changed(touched) {
		const putBack = this.drawing?.hold();
		this.painter.paint(this.session.view, touched);
		putBack?.();
		if (this.chosen && !this.state.spans.has(this.chosen)) this.choose(null);
		this.repainted(touched);
	}

	/** @param {Set<string>} touched */
	repainted(touched) {
		this.#replaced();
		this.tell("painted", touched);
	}

	/** Words that were painted anew are no longer selected, nor highlighted. */
	#replaced() {
		this.highlights.redraw();
		if (this.selection && getSelection()?.isCollapsed) mirror(this, true);
	}

	/** @param {string | null} id @param {{reveal?: boolean}} [how] */
	choose(id, { reveal = false } = {}) {
		if (this.draft && id !== this.draft.id) return this.say(t("Send your copy first, or leave it with Esc."));
		const span = id ? this.state.spans.get(id) : undefined;
		const next = span ? id : null;
		if (span && reveal) {
			this.reveal({ start: span.fragments[0].start, end: span.fragments[0].end });
			this.caret.put(span.fragments[0].start);
		}
		if (next === this.chosen) return;
		this.chosen = next;
		this.#chose();
	}

	/** Show and say which span is chosen. */
	#chose() {
		const span = this.subject;
		this.painter.choose(this.chosen);
		this.tell("chosen");
		// The card comes from below with what is told now: only then is it known what it covers.
		if (span && matchMedia(NARROW).matches) queueMicrotask(() => this.reveal(span.fragments[0]));
		if (span) this.announce(introduce(this.state, this.scheme, span));
	}

	/** Select words of the text, or nothing. @param {Stretch | null} stretch @param {How} [how] */
	select(stretch, how = {}) {
		this.selection = stretch;
		mirror(this, !how.byTouch);
		if (!stretch) this.caret.rest();
		this.highlights.show("selection", stretch && how.byTouch ? [stretch] : []);
		this.caret.draw();
		this.tell("selected", how);
		if (stretch && how.byKey) this.announce(this.article.slice(stretch.start, stretch.end));
	}

	/** Bring a place into view. @param {Stretch} stretch */
	reveal(stretch) {
		reveal(this, stretch);
	}
}
