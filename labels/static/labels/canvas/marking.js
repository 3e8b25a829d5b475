/** What can be done to spans: made, named, given other edges, flagged, deleted. Each is a few operations. */

import { byCharacter, byWord } from "./edges.js";
import { isSame, joined, moved, quoted, quoteOf, without } from "./fragments.js";
import { linksOf, ordered } from "./lookup.js";
import { settled } from "./scheme.js";
import { whyUnmarked } from "./stray.js";
import { counted, t, within } from "./words.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */
/** @typedef {import("./state.js").Operation} Operation */
/** @typedef {import("./state.js").Span} Span */
/** @typedef {import("./fragments.js").Stretch} Stretch */

export class Marking {
	/** The span that was chosen last. @type {string | null} */
	#last = null;

	/** @param {Canvas} canvas */
	constructor(canvas) {
		this.canvas = canvas;
		canvas.on("chosen", () => (this.#last = canvas.chosen ?? this.#last));
	}

	/** What selected words are added to or cut out of: a caret that moves on leaves the span it comes from. */
	get object() {
		const { subject, state } = this.canvas;
		return subject ?? (this.#last ? state.spans.get(this.#last) : undefined);
	}

	/** The selected words, else the word the caret is on. */
	get reach() {
		return this.canvas.selection ?? this.canvas.caret.word;
	}

	/** A new span on what is selected; one that is there already is chosen instead. @param {string} label @param {Record<string, unknown>} [values] */
	async mark(label, values) {
		const { canvas, reach } = this;
		if (!reach) return canvas.say(t("Select some words first, or move to a word with the arrow keys."));
		if (canvas.subject && !canvas.selection) return canvas.say(whyUnmarked(canvas, label, reach));
		const fragments = quoted([reach], canvas.article);
		const same = ordered(canvas.state).find((each) => each.label === label && isSame(each.fragments, fragments));
		if (same) {
			canvas.select(null);
			canvas.choose(same.id);
			return canvas.say(t("This is marked as {label} already.", { label: within(canvas.scheme.title(label)) }));
		}
		const id = crypto.randomUUID();
		const unseen = !canvas.selection && !canvas.caret.seen;
		const attributes = { ...canvas.scheme.defaults(label), ...values };
		// What comes next may come before this is kept: it finds all in its place, and only the picture waits.
		this.#last = id;
		canvas.selection = null;
		canvas.caret.set(canvas.article.beside("words", reach.end, -1)?.start ?? reach.start);
		await canvas.perform([{ op: "add_span", id, label, fragments, attributes }], { choose: id });
		if (!canvas.selection) canvas.select(null);
		// A word that was only clicked bears no sign of it: whoever did not mean it sees how to take it back.
		if (unseen)
			canvas.say(t("Marked “{quote}”.", { quote: quoteOf(fragments, 40) }), { command: "undo", title: t("Undo") });
	}

	/** Another label for the chosen span. Links that do not fit it go, and that is said. @param {string} label */
	async relabel(label) {
		const { canvas } = this;
		const span = canvas.subject;
		if (!span) return this.mark(label);
		if (span.label === label) return;
		const { state, scheme } = canvas;
		const misfits = linksOf(state, span.id).filter((link) => {
			const type = scheme.relations.get(link.type);
			const from = link.from === span.id ? label : (state.spans.get(link.from)?.label ?? "");
			const to = link.to === span.id ? label : (state.spans.get(link.to)?.label ?? "");
			return !type || !(scheme.joins(type, from, to) || (type.symmetric && scheme.joins(type, to, from)));
		});
		const gone = misfits.map(({ id }) => ({ op: "delete_relation", id }));
		await canvas.perform([...gone, { op: "relabel_span", id: span.id, label }]);
		const links = counted(misfits.length, " {n} link did not fit and went.", " {n} links did not fit and went.");
		canvas.say(t("Its label is now {label}.", { label: within(scheme.title(label)) }) + (misfits.length ? links : ""));
	}

	/** @param {Stretch[]} stretches @param {string} [command] what does it to another span */
	async #move(stretches, command) {
		const span = this.canvas.subject;
		if (!span || isSame(span.fragments, stretches)) return;
		const fragments = quoted(stretches, this.canvas.article);
		await this.canvas.perform([{ op: "move_span", id: span.id, fragments }], { command });
		this.canvas.announce(t("Now: {quote}", { quote: quoteOf(fragments, 80) }));
	}

	/** The span that is meant, chosen now, and the selection, or a word of what is missing. */
	#both() {
		const { canvas, object: span } = this;
		const { selection } = canvas;
		if (span && selection) {
			canvas.choose(span.id);
			return { span, selection };
		}
		canvas.say(span ? t("Select the words first.") : t("Choose a span first."));
		return null;
	}

	/** The selected words become a further part of the span. */
	async addFragment() {
		const both = this.#both();
		if (!both) return;
		this.canvas.select(null);
		await this.#move(joined([...both.span.fragments, both.selection], this.canvas.article), "addFragment");
	}

	/** The selected words are no longer part of it: what is left may be two parts. */
	async cut() {
		const both = this.#both();
		if (!both) return;
		const left = without(both.span.fragments, both.selection, this.canvas.article);
		if (!left.length) return this.canvas.say(t("Nothing would be left. Delete the span instead."));
		this.canvas.select(null);
		await this.#move(left, "cut");
	}

	/** The span is just the selected words. */
	async replace() {
		const both = this.#both();
		if (!both) return;
		this.canvas.select(null);
		await this.#move([both.selection], "replace");
	}

	/** One part of a span goes. @param {number} index */
	async dropFragment(index) {
		const span = this.canvas.subject;
		if (span && span.fragments.length > 1) await this.#move(span.fragments.filter((_, at) => at !== index));
	}

	/** An edge moves by a word, or by a character. @param {"start" | "end"} edge @param {1 | -1} step @param {boolean} fine */
	async nudge(edge, step, fine) {
		const { canvas } = this;
		const span = canvas.subject;
		if (!span) return canvas.say(t("Choose a span first."));
		const at = edge === "start" ? span.fragments[0].start : span.fragments[span.fragments.length - 1].end;
		const to = (fine ? byCharacter : byWord)(canvas.article, at, edge, step);
		const done = this.moveEdge(edge, to, `${edge}${step < 0 ? "Left" : "Right"}`);
		// Who goes on by words goes on from where the span now ends.
		if (edge === "end") canvas.caret.put(canvas.article.beside("words", to, -1)?.start ?? to);
		await done;
	}

	/** An edge goes to a position. @param {"start" | "end"} edge @param {number} position @param {string} [command] */
	async moveEdge(edge, position, command) {
		const { subject, article } = this.canvas;
		const stretches = subject && moved(subject.fragments, edge, position);
		const kept = stretches?.map((each) => article.trim(each)).filter((each) => each !== null);
		if (kept?.length) await this.#move(kept, command);
	}

	/** Values of the chosen span; those that no longer go with them are taken out. @param {Record<string, unknown>} change */
	setAttributes(change) {
		const span = this.canvas.subject;
		if (!span) return;
		const attributes = settled(this.canvas.scheme.attributes(span.label), span.attributes, change);
		return this.canvas.perform([{ op: "set_attributes", id: span.id, attributes }]);
	}

	/** @param {string} id of a relation @param {Record<string, unknown>} change */
	setRelationAttributes(id, change) {
		const link = this.canvas.state.relations.get(id);
		if (!link) return;
		const attributes = settled(this.canvas.scheme.relationAttributes(link.type), link.attributes, change);
		return this.canvas.perform([{ op: "set_relation_attributes", id, attributes }]);
	}

	/** How sure one is of the chosen span; null takes it out. @param {number | null} confidence */
	setConfidence(confidence) {
		const span = this.canvas.subject;
		return span && this.canvas.perform([{ op: "set_attributes", id: span.id, attributes: {}, confidence }]);
	}

	flag() {
		const span = this.canvas.subject;
		if (!span) return this.canvas.say(t("Choose a span first."));
		this.canvas.announce(span.flag ? t("No longer flagged.") : t("Flagged for discussion."));
		return this.canvas.perform([{ op: "set_attributes", id: span.id, attributes: {}, flag: !span.flag }]);
	}

	/** The chosen span goes, with its links. */
	async delete() {
		const { canvas } = this;
		const span = canvas.subject;
		if (!span) return canvas.say(t("Choose a span first."));
		const links = linksOf(canvas.state, span.id).length;
		const label = within(canvas.scheme.title(span.label));
		canvas.caret.put(span.fragments[0].start);
		canvas.choose(null);
		await canvas.perform([{ op: "delete_span", id: span.id }], { chosen: span.id });
		const said = links
			? counted(links, "Deleted the {label} and {n} link.", "Deleted the {label} and {n} links.", { label })
			: t("Deleted the {label}.", { label });
		canvas.say(said, { command: "undo", title: t("Undo") });
	}
}
