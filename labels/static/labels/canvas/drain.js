/**
 * Empties the outbox: one request at a time for a set, across all tabs (a Web Lock), again and again with
 * growing pauses while the server cannot be reached.
 */

import { MOST, nextBatch } from "./batches.js";
import { send } from "./sender.js";

/** @typedef {import("./outbox.js").Outbox} Outbox */
/** @typedef {import("./outbox.js").Status} Status */
/** @typedef {import("./store.js").Row} Row */
/** @typedef {import("./sender.js").Outcome} Outcome */

const FIRST_PAUSE = 500;
/** How long an answer may take, in milliseconds: on a line that is up and carries nothing, none would ever come. */
const ANSWERED_BY = 60_000;
/** How many first pauses the longest one is. */
const LONGEST = 60;
/** How often a single change is too large before that is believed. */
const PATIENCE = 5;

export class Drain {
	/** @type {Status} */
	status = "saved";
	#limit = MOST;
	#failures = 0;
	/** How often in a row a single change was too large. */
	#large = 0;
	/** @type {Promise<void> | null} */
	#going = null;
	#again = false;
	#timer = 0;

	/**
	 * @param {Outbox} outbox @param {import("./sender.js").Urls} urls
	 * @param {number} [pause] the first, in milliseconds @param {number} [answeredBy] milliseconds
	 */
	constructor(outbox, urls, pause = FIRST_PAUSE, answeredBy = ANSWERED_BY) {
		this.pause = pause;
		this.answeredBy = answeredBy;
		this.outbox = outbox;
		this.urls = urls;
	}

	/** Send all there is; where that is going on, once more when it is done. Ends when there is no more to try. */
	run() {
		this.#again = true;
		this.#going ??= this.#goOn();
		return this.#going;
	}

	/** Send what was just kept, unless a pause is on: who asked for patience is not asked again by every change. */
	async soon() {
		if (!this.#timer) await this.run();
	}

	async #goOn() {
		try {
			while (this.#again) {
				this.#again = false;
				clearTimeout(this.#timer);
				this.#timer = 0;
				await this.#alone(() => this.#sendAll());
			}
		} finally {
			this.#going = null;
		}
	}

	/** @param {() => Promise<void>} work */
	#alone(work) {
		const { locks } = globalThis.navigator ?? {};
		return locks ? locks.request(`galley ${this.outbox.scope}`, work) : work();
	}

	async #sendAll() {
		let goesOn = true;
		while (goesOn) {
			const batch = nextBatch(await this.outbox.read(), this.#limit);
			if (!batch.length) {
				this.#say("saved");
				return;
			}
			this.#say("saving");
			if (!batch[0].key) {
				const [key, version] = [crypto.randomUUID(), this.outbox.hooks.version()];
				for (const row of batch) Object.assign(row, { key, version });
				await this.outbox.put(batch);
			}
			goesOn = await this.#take(await send(batch, this.urls, this.answeredBy), batch);
		}
	}

	/**
	 * What an answer means; false where nothing more can be done for now.
	 * @param {Outcome} outcome @param {Row[]} batch @returns {Promise<boolean>}
	 */
	async #take(outcome, batch) {
		switch (outcome.kind) {
			case "done":
				this.#failures = this.#large = 0;
				this.#limit = Math.min(MOST, this.#limit * 2);
				await this.outbox.done(batch, outcome);
				return true;
			case "smaller":
				this.#limit = Math.max(1, batch.length >> 1);
				await this.#unbound(batch);
				return true;
			case "large":
				if (batch.length > 1) return this.#take({ ...outcome, kind: "smaller" }, batch);
				// Somebody on the way may have said so, and not the server.
				return this.#take({ ...outcome, kind: this.#large++ < PATIENCE ? "later" : "refused" }, batch);
			case "stale":
				await this.#unbound(batch);
				return this.#caughtUp();
			case "refused":
			case "already":
				await this.#strike(batch, outcome);
				return true;
			case "later":
				this.#later(outcome);
				return false;
			default:
				this.#say(outcome.kind, outcome.why);
				return false;
		}
	}

	/** These go out in another request, under another key. @param {Row[]} batch */
	#unbound(batch) {
		return this.outbox.put(batch.map(({ key, version, ...row }) => row));
	}

	/** One of them cannot be, or need not; the others go out again without it. @param {Row[]} batch @param {Outcome} outcome */
	async #strike(batch, { kind, at = 0, why = "" }) {
		if (batch.length > 1) await this.#unbound(batch);
		const { key, version, ...row } = batch[at];
		if (kind === "refused") await this.outbox.refuse(row, why);
		else await this.outbox.done([row], { kind: "done" });
	}

	async #caughtUp() {
		try {
			await this.outbox.hooks.stale();
			return true;
		} catch {
			this.#later({ kind: "later" });
			return false;
		}
	}

	/** @param {Outcome} outcome */
	#later({ after = 0, why }) {
		const pause = this.pause * Math.min(LONGEST, 2 ** this.#failures++) * (0.75 + Math.random() / 2);
		this.#timer = Number(setTimeout(() => void this.run(), Math.max(pause, after * 1000)));
		this.#say("kept", why);
	}

	/** @param {Status} status @param {string} [why] */
	#say(status, why = "") {
		this.status = status;
		this.outbox.hooks.status(status, why);
	}
}
