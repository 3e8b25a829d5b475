/** Going through what is proposed: each is accepted, or passed over for good, at one key. All of it is one act to undo. */

import { barButton, openBar, shownAround, surroundings } from "../edit/bar.js";
import { build } from "../element.js";
import { quoted, quoteOf } from "../fragments.js";
import { keepPhrases, phrasesOf } from "../phrasebook.js";
import { counted, t, within } from "../words.js";
import { refusing, without } from "./phrases.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */
/** @typedef {import("./phrases.js").Suggestion} Suggestion */

export class Suggesting {
	#act = crypto.randomUUID();
	#made = 0;
	/** @type {Suggestion[]} */
	#open = [];

	/** @param {Canvas} canvas @param {() => Suggestion[]} found @param {() => void} done */
	constructor(canvas, found, done) {
		this.canvas = canvas;
		this.found = found;
		this.done = done;
	}

	start() {
		const { canvas } = this;
		canvas.select(null);
		canvas.choose(null);
		this.bar = openBar(canvas, t("From your other articles"));
		canvas.mode = { key: (name) => this.#pressed(name), close: () => this.close() };
		this.#show();
	}

	/** A key that is none of the bar's ends this, and does what it does elsewhere. @param {string} name of the key */
	#pressed(name) {
		const [suggestion] = this.#open;
		if (name === "Escape") this.close();
		else if (name === "Enter") void this.#accept([suggestion]);
		else if (name === "a") void this.#accept(this.#open);
		else if (name === "Space") this.#refuse(suggestion);
		else if (name === "x") this.#forget(suggestion);
		else {
			if (/^.$/u.test(name)) this.close();
			return false;
		}
		return true;
	}

	/** @param {Suggestion[]} suggestions */
	async #accept(suggestions) {
		const { canvas } = this;
		const operations = suggestions.map(({ start, end, phrase: { label, attributes } }) => {
			const fragments = quoted([{ start, end }], canvas.article);
			return { op: "add_span", id: crypto.randomUUID(), label, fragments, attributes, origin: "suggestion" };
		});
		this.#made += operations.length;
		const kept = canvas.perform(operations, { act: this.#act });
		this.#show();
		await kept;
	}

	/** @param {Suggestion} suggestion */
	#refuse({ phrase, start }) {
		const { canvas } = this;
		keepPhrases(canvas, refusing(phrasesOf(canvas), phrase, canvas.boot.article.id, start));
		this.#show();
	}

	/** Neither here nor elsewhere. @param {Suggestion} suggestion */
	#forget({ phrase }) {
		keepPhrases(this.canvas, without(phrasesOf(this.canvas), phrase));
		this.#show();
	}

	#show() {
		const { canvas, bar } = this;
		this.#open = this.found();
		const [now, ...rest] = this.#open;
		if (!now || !bar) return this.close();
		canvas.highlights.show("suggested", rest);
		canvas.highlights.show("hit", [now]);
		const { phrase } = now;
		const label = within(canvas.scheme.title(phrase.label));
		const left = counted(this.#open.length, "{n} suggestion", "{n} suggestions");
		const words = quoteOf([{ quote: phrase.words }], 24);
		bar.replaceChildren(
			build("p", {}, build("b", {}, left), " ", shownAround(canvas, now)),
			barButton("Enter", t("Mark as {label}", { label }), () => this.#pressed("Enter")),
			barButton("Space", t("Pass over"), () => this.#pressed("Space")),
			barButton("a", t("Mark the rest: {n}", { n: this.#open.length }), () => this.#pressed("a")),
			barButton("x", t("No longer propose “{words}”", { words }), () => this.#pressed("x")),
			barButton("Escape", t("Done"), () => this.close()),
		);
		canvas.caret.set(now.start);
		canvas.reveal(now);
		const { before, words: said, behind } = surroundings(canvas, now);
		return canvas.announce(`${left}. ${t("Mark as {label}", { label })}: ${before}${said}${behind}`);
	}

	close() {
		const { canvas } = this;
		if (!this.bar?.isConnected) return;
		canvas.mode = null;
		this.bar.remove();
		canvas.highlights.show("hit", []);
		this.done();
		if (this.#made)
			canvas.say(counted(this.#made, "Marked {n} from your other articles.", "Marked {n} from your other articles."), {
				command: "undo",
				title: t("Undo"),
			});
		else canvas.announce(t("Nothing more was marked."));
	}
}
