/**
 * Every other mention of the chosen span's words, proposed one after another: each is marked, or passed over, at one
 * key. What is marked in one go is one act to undo, though each mark is kept at once.
 */

import { build } from "../element.js";
import { quoted, quoteOf } from "../fragments.js";
import { t, within } from "../words.js";
import { barButton, eitherButton, openBar, shownAround, surroundings } from "./bar.js";
import { MentionList } from "./mentionlist.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */
/** @typedef {import("./mentionlist.js").Mention} Mention */

class Proposing {
	/** All that is marked in one go is one act. */
	act = crypto.randomUUID();
	#over = new AbortController();

	/** @param {Canvas} canvas @param {import("../state.js").Span} span */
	constructor(canvas, span) {
		this.canvas = canvas;
		this.span = span;
		this.list = new MentionList(canvas.article, span);
		this.title = within(canvas.scheme.title(span.label));
		const { key } = canvas.scheme.labels.get(span.label) ?? {};
		/** The label's own key marks a mention, too, unless it is one of the bar's. */
		this.key = /^[acf]$/.test(key ?? "") ? undefined : key;
	}

	start() {
		const { canvas, span, list } = this;
		canvas.select(null);
		if (!this.#seek() && !list.mayBeMore) return canvas.say(this.#nothing());
		this.bar = openBar(canvas, t("Every mention"));
		canvas.mode = { key: (name) => this.#pressed(name), close: () => this.close() };
		const { signal } = this.#over;
		canvas.addEventListener("chosen", () => canvas.chosen !== span.id && this.close(), { signal });
		canvas.addEventListener("selected", () => canvas.selection && this.close(), { signal });
		return this.#show();
	}

	#nothing() {
		const quote = quoteOf(this.span.fragments, 40);
		if (!this.list.marked) return t("“{quote}” stands nowhere else in the article.", { quote });
		return t("Every other “{quote}” is marked as {label} already: {n}.", {
			quote,
			label: this.title,
			n: this.list.marked,
		});
	}

	#seek() {
		const { canvas, span, list } = this;
		return list.seek(canvas.state.spans.values(), list.now?.start ?? span.fragments[0].end);
	}

	/** A key that is none of the bar's ends this, and does what it does elsewhere. @param {string} name of the key */
	#pressed(name) {
		if (name === "Escape") this.close();
		else if (name === "Enter" || name === this.key) void this.#mark(this.list.now ? [this.list.now] : []);
		else if (name === "Space") this.#pass();
		else if (name === "Backspace" || name === "Mod+z") void this.#back();
		else if (name === "a") void this.#mark(this.list.open);
		else if (name === "c") this.#switch("anyCase");
		else if (name === "f") this.#switch("inflected");
		else {
			if (/^.$/u.test(name)) this.close();
			return false;
		}
		return true;
	}

	/** @param {"anyCase" | "inflected"} what */
	#switch(what) {
		this.list[what] = !this.list[what];
		this.#seek();
		this.#show();
	}

	/** @param {Mention[]} mentions */
	async #mark(mentions) {
		const { canvas, span, act } = this;
		const { label, attributes } = span;
		const operations = mentions.map((each) => {
			each.id = crypto.randomUUID();
			return { op: "add_span", id: each.id, label, fragments: quoted([each], canvas.article), attributes };
		});
		const last = mentions.at(-1);
		if (last) this.#next(last.end);
		await canvas.perform(operations, { act });
	}

	#pass() {
		const mention = this.list.now;
		if (!mention) return;
		mention.passed = true;
		this.#next(mention.end);
	}

	/** @param {number} from */
	#next(from) {
		if (this.list.goOn(from)) this.#show();
		else this.close();
	}

	/** The one before is open again. */
	async #back() {
		const mention = this.list.back();
		if (!mention) return;
		this.#show();
		const { id } = mention;
		if (id) await this.canvas.perform([{ op: "delete_span", id }], { act: this.act });
	}

	#show() {
		const { canvas, bar, list } = this;
		const { mentions, at, now: mention, open: rest, anyCase, inflected } = list;
		canvas.highlights.show(
			"hits",
			rest.filter((each) => each !== mention),
		);
		canvas.highlights.show("hit", mention ? [mention] : []);
		const marked = list.marked ? t("{n} marked already", { n: list.marked }) : "";
		const place = mention ? t("{place} of {all}", { place: at + 1, all: mentions.length }) : t("No other");
		const forOne = mention && [
			barButton("Enter", t("Mark as {label}", { label: this.title }), () => this.#pressed("Enter")),
			barButton("Space", t("Pass over"), () => this.#pressed("Space")),
			barButton("a", t("Mark the rest: {n}", { n: rest.length }), () => this.#pressed("a")),
		];
		bar?.replaceChildren(
			build(
				"p",
				{},
				build("b", {}, place),
				marked && ` · ${marked}`,
				mention && " ",
				mention && shownAround(canvas, mention),
			),
			...(forOne || []),
			eitherButton("c", [t("same case"), t("any case")], anyCase, () => this.#switch("anyCase")),
			eitherButton("f", [t("this form"), t("inflected too")], inflected, () => this.#switch("inflected")),
			barButton("Escape", t("Done"), () => this.close()),
		);
		if (!mention) return canvas.announce(`${place}. ${marked}`);
		canvas.caret.set(mention.start);
		canvas.reveal(mention);
		const { before, words, behind } = surroundings(canvas, mention);
		return canvas.announce(`${place}${marked && `, ${marked}`}: ${before}${words}${behind}`);
	}

	/** Back to where the work was, unless somebody has gone elsewhere. */
	#comeBack() {
		const { canvas, span } = this;
		if (canvas.chosen !== span.id || canvas.selection) return;
		canvas.caret.put(span.fragments[0].start);
		canvas.reveal(span.fragments[0]);
	}

	close() {
		const { canvas } = this;
		const { mentions } = this.list;
		if (this.#over.signal.aborted) return;
		this.#over.abort();
		canvas.mode = null;
		this.bar?.remove();
		for (const name of ["hits", "hit"]) canvas.highlights.show(name, []);
		this.#comeBack();
		const made = mentions.filter((each) => each.id).length;
		const passed = mentions.filter((each) => each.passed).length;
		const more = passed ? ` ${t("{n} passed over.", { n: passed })}` : "";
		if (made)
			canvas.say(t("Marked {n} more as {label}.", { n: made, label: this.title }) + more, {
				command: "undo",
				title: t("Undo"),
			});
		else canvas.announce(t("Nothing more was marked.") + more);
	}
}

/** @param {Canvas} canvas */
export function proposeMentions(canvas) {
	const span = canvas.subject;
	if (!canvas.editable || canvas.draft) return canvas.say(t("This set cannot be changed now."));
	if (!span) return canvas.say(t("Choose a span first: then every other mention of its words is proposed."));
	if (span.fragments.length > 1)
		return canvas.say(
			t("{n} parts that lie apart: only words in one piece can be sought.", { n: span.fragments.length }),
		);
	return new Proposing(canvas, span).start();
}
