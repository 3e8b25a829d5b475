/**
 * The outbox: whatever is done is kept here first and leaves when the server has it. It is the same for all
 * tabs of one person on one set; each tells the others what it kept and what was taken.
 */

import { dependents } from "./batches.js";
import { MemoryStore } from "./store.js";

/** @typedef {import("./store.js").Row} Row */
/** @typedef {import("./sender.js").Outcome} Outcome */
/** @typedef {"saved" | "saving" | "kept" | "signed_out" | "forbidden" | "closed"} Status */
/**
 * @typedef {object} Hooks
 * @property {() => number} version of the set, for If-Match
 * @property {(rows: Row[]) => void} arrived rows of another tab
 * @property {(rows: Row[], outcome: Outcome) => Promise<void> | void} done
 * @property {() => Promise<void>} stale fetch the set again
 * @property {() => void} refused some rows were refused, or struck off the list
 * @property {(status: Status, why: string) => void} status
 */

export class Outbox {
	/** @type {Row[]} */
	rows = [];
	/** @type {Row[]} */
	refused = [];
	/** Work on the store, one after another: what is read never misses what is being added. @type {Promise<any>} */
	#turn = Promise.resolve();
	/** The disk that failed; what it holds is in memory, too. @type {import("./store.js").Store | null} */
	#left = null;

	/** @param {import("./store.js").Store} store @param {string} scope @param {Hooks} hooks */
	constructor(store, scope, hooks) {
		this.store = store;
		this.scope = scope;
		this.hooks = hooks;
		this.channel = new BroadcastChannel(`galley ${scope}`);
		this.channel.onmessage = ({ data }) => void this.#heard(data);
	}

	/** @template T @param {() => Promise<T>} work @returns {Promise<T>} */
	#next(work) {
		const turn = this.#turn.then(work).catch((problem) => this.#inMemory(work, problem));
		this.#turn = turn.catch(() => {});
		return turn;
	}

	/** Read what is kept; what was kept before comes back. */
	read() {
		return this.#next(() => this.#readNow());
	}

	async #readNow() {
		const rows = await this.store.all(this.scope);
		this.rows = rows.filter((row) => row.refused === undefined);
		this.refused = rows.filter((row) => row.refused !== undefined);
		return this.rows;
	}

	/**
	 * Keep something.
	 * @param {Row["kind"]} kind @param {any[]} data
	 * @param {() => void} [handed] called as soon as the store has it, a few milliseconds before that is certain
	 */
	add(kind, data, handed = () => {}) {
		const fresh = data.map((each) => ({ scope: this.scope, kind, data: each }));
		return this.#next(async () => {
			const kept = this.store.add(fresh);
			// A fault in what is done then is none of the store's.
			queueMicrotask(handed);
			const rows = await kept;
			this.rows.push(...rows);
			this.channel.postMessage({ type: "added", rows });
		});
	}

	/**
	 * The disk is full or gone: go on without it, with all that is known here.
	 * @template T @param {() => Promise<T>} work @param {unknown} problem @returns {Promise<T>}
	 */
	async #inMemory(work, problem) {
		if (!this.store.lasting) throw problem;
		this.#left = this.store;
		const memory = new MemoryStore();
		memory.last = Date.now();
		await memory.put([...this.rows, ...this.refused]);
		this.store = memory;
		return work();
	}

	/** Write rows over. @param {Row[]} rows */
	put(rows) {
		return this.#next(() => this.store.put(rows));
	}

	/** The server has these. @param {Row[]} rows @param {Outcome} outcome */
	async done(rows, outcome) {
		const numbers = rows.map((row) => row.n);
		await this.#next(() => this.store.remove(numbers));
		// What it still holds would go out again when the page comes back.
		await this.#left?.remove(numbers).catch(() => {});
		this.#drop(rows);
		await this.hooks.done(rows, outcome);
		this.channel.postMessage({ type: "done", rows, outcome });
	}

	/** @param {Row[]} gone */
	#drop(gone) {
		const numbers = new Set(gone.map((row) => row.n));
		this.rows = this.rows.filter((row) => !numbers.has(row.n));
	}

	/** The server does not take this one; what hangs on it goes too. @param {Row} row @param {string} why */
	refuse(row, why) {
		return this.#change(async () => {
			await this.store.remove(dependents(row, this.rows).map((each) => each.n));
			await this.store.put([{ ...row, refused: why }]);
		});
	}

	/** Strike a refused row off the list. @param {Row} row */
	dismiss(row) {
		return this.#change(() => this.store.remove([row.n]));
	}

	/** @param {() => Promise<void>} work */
	async #change(work) {
		await this.#next(async () => {
			await work();
			await this.#readNow();
		});
		this.hooks.refused();
		this.channel.postMessage({ type: "refused" });
	}

	/** Tell the other tabs that the set is in another state now. */
	moved() {
		this.channel.postMessage({ type: "moved" });
	}

	/** @param {{type: string, rows: Row[], outcome: Outcome}} message from another tab */
	async #heard({ type, rows, outcome }) {
		if (type === "added") {
			this.rows = [...this.rows, ...rows].sort((a, b) => a.n - b.n);
			this.hooks.arrived(rows);
		} else if (type === "done") {
			this.#drop(rows);
			await this.hooks.done(rows, outcome);
		} else if (type === "moved") {
			await this.hooks.stale();
		} else {
			await this.read();
			this.hooks.refused();
		}
	}
}
