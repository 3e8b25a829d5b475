/**
 * Counts the time that somebody is at work: from one input to the next as long as the page is in view, and at most
 * a while after the last. What the server was not told of yet is kept on this device, so that closing the page or
 * a day without network loses none of it.
 */

import { Problem, request } from "../api.js";

/** Milliseconds after the last input for which somebody reads, and then is away. */
const READING = 45_000;
/** Milliseconds of work that are told at once. */
const TOLD = 60_000;
/** Milliseconds of work that a crash may take. */
const UNKEPT = 5000;
const INPUTS = ["keydown", "pointerdown", "pointermove", "wheel", "scroll"];
/** The server will never want it. */
const UNWANTED = [403, 404, 422];

export class Clock {
	/** When the last input was; 0 while nobody is there. */
	#last = 0;
	#unkept = 0;

	/** @param {Pick<Storage, "getItem" | "setItem" | "removeItem">} store @param {string} name */
	constructor(store, name) {
		this.store = store;
		this.name = name;
	}

	/** Milliseconds that are kept and not told yet. */
	get kept() {
		return Number(this.store.getItem(this.name)) || 0;
	}

	/** @param {number} now in milliseconds @param {boolean} [leaves] */
	input(now, leaves = false) {
		if (this.#last) this.#unkept += Math.min(Math.max(now - this.#last, 0), READING);
		this.#last = leaves ? 0 : now;
		if (leaves || this.#unkept >= UNKEPT) this.keep();
	}

	/** Another tab may keep time of the same set: what is there is added to. @param {number} [more] milliseconds */
	keep(more = 0) {
		const whole = this.kept + this.#unkept + more;
		this.#unkept = 0;
		if (whole > 0) this.store.setItem(this.name, String(whole));
		else this.store.removeItem(this.name);
	}

	/**
	 * Tell the server what is kept, unless it wants none of it. It is taken off first: an answer that a closing
	 * page does not wait for would else be told twice.
	 * @param {(seconds: number) => Promise<unknown>} tell
	 */
	async hand(tell) {
		const seconds = Math.min(Math.floor(this.kept / 1000), 86_400);
		if (!seconds) return;
		this.keep(-seconds * 1000);
		try {
			await tell(seconds);
		} catch (problem) {
			if (!(problem instanceof Problem && UNWANTED.includes(problem.status))) this.keep(seconds * 1000);
		}
	}
}

/** @param {string} url */
const teller = (url) => (/** @type {number} */ seconds) => request("POST", url, { seconds }, {}, { keepalive: true });

/** Count on this page, and tell what earlier pages have left. @param {import("../boot.js").Boot} boot */
export function timing({ me, urls }) {
	const mine = `galley-active ${me.id} `;
	for (const name of Object.keys(localStorage).filter((each) => each.startsWith(mine)))
		void new Clock(localStorage, name).hand(teller(name.slice(mine.length)));
	const clock = new Clock(localStorage, mine + urls.active_time);
	const tell = () => void clock.hand(teller(urls.active_time));
	const input = () => {
		clock.input(Date.now());
		if (clock.kept >= TOLD) tell();
	};
	for (const each of INPUTS) addEventListener(each, input, { passive: true, capture: true });
	const leave = () => {
		clock.input(Date.now(), true);
		tell();
	};
	addEventListener("pagehide", leave);
	document.addEventListener("visibilitychange", () => (document.hidden ? leave() : input()));
	input();
}
