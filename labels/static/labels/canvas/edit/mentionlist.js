/** The mentions of a span's words as one goes through them: open, marked, or passed over. Pure. */

import { mentionsOf, unmarked } from "./mentions.js";

/** @typedef {import("../article.js").Article} Article */
/** @typedef {import("../article.js").Stretch} Stretch */
/** @typedef {import("../state.js").Span} Span */
/** @typedef {Stretch & {id?: string, passed?: boolean}} Mention `id`: of the span it was made into */

/** @param {Mention} each */
const isOpen = (each) => !each.id && !each.passed;

export class MentionList {
	anyCase = false;
	inflected = false;
	/** @type {Mention[]} */
	mentions = [];
	/** How many had a mark before. */
	marked = 0;
	/** Which of them is meant; -1 where none is open. */
	at = -1;

	/** @param {Article} article @param {Span} span of one part */
	constructor(article, span) {
		this.article = article;
		this.span = span;
	}

	get now() {
		return /** @type {Mention | undefined} */ (this.mentions[this.at]);
	}

	get open() {
		return this.mentions.filter(isOpen);
	}

	/** Look for them; those that were marked or passed over stay so. @param {Iterable<Span>} spans of the article @param {number} from */
	seek(spans, from) {
		const { article, span, anyCase, inflected } = this;
		const done = this.mentions.filter((each) => !isOpen(each));
		const mine = new Set(done.map((each) => each.id));
		const others = [...spans].filter((each) => !mine.has(each.id));
		const found = mentionsOf(article, span.fragments[0], { anyCase, inflected });
		const { open, marked } = unmarked(found, others, span.label);
		const rest = open.filter((each) => !done.some(({ start, end }) => start === each.start && end === each.end));
		this.marked = marked;
		this.mentions = [...done, ...rest].sort((a, b) => a.start - b.start);
		return this.goOn(from);
	}

	/** To the next that is open, from a place on and round; false where there is none. @param {number} from */
	goOn(from) {
		const next = this.mentions.findIndex((each) => isOpen(each) && each.start >= from);
		this.at = next < 0 ? this.mentions.findIndex(isOpen) : next;
		return this.at >= 0;
	}

	/** Whether another likeness would find some. */
	get mayBeMore() {
		const widest = mentionsOf(this.article, this.span.fragments[0], { anyCase: true, inflected: true });
		return widest.length > this.marked;
	}

	/** The last that is not open, before the one that is meant, is open again: as it was, or null. */
	back() {
		const before = this.at < 0 ? this.mentions.length : this.at;
		const at = this.mentions.findLastIndex((each, index) => index < before && !isOpen(each));
		const mention = this.mentions[at];
		if (!mention) return null;
		this.mentions[at] = { start: mention.start, end: mention.end };
		this.at = at;
		return mention;
	}
}
