/**
 * What this browser keeps until the server has it: rows in IndexedDB, in order, apart for each person and
 * set. Where the browser gives no database the rows live as long as the page, and `lasting` says so.
 */

/**
 * @typedef {object} Row
 * @property {number} n its place in the order, given by the store
 * @property {string} scope person and set
 * @property {"operation" | "review" | "comment"} kind
 * @property {any} data
 * @property {string} [key] Idempotency-Key of the request it was sent with
 * @property {number} [version] If-Match of that request
 * @property {string} [refused] why the server did not take it
 */
/** @typedef {Omit<Row, "n">} NewRow */

const TABLE = "rows";

/** @template T @param {IDBRequest<T>} asked @returns {Promise<T>} */
function answered(asked) {
	return new Promise((resolve, reject) => {
		asked.onsuccess = () => resolve(asked.result);
		asked.onerror = () => reject(asked.error);
	});
}

/** Nothing more comes: told so, the database commits without asking back. @param {IDBTransaction} transaction @returns {Promise<void>} */
function finished(transaction) {
	transaction.commit();
	return new Promise((resolve, reject) => {
		transaction.oncomplete = () => resolve();
		transaction.onabort = () => reject(transaction.error);
		transaction.onerror = () => reject(transaction.error);
	});
}

/** Rows in IndexedDB. */
class DiskStore {
	lasting = true;

	/** @param {IDBDatabase} database */
	constructor(database) {
		this.database = database;
	}

	/** @param {IDBTransactionMode} mode */
	#begin(mode) {
		const transaction = this.database.transaction(TABLE, mode, { durability: "relaxed" });
		return { transaction, table: transaction.objectStore(TABLE) };
	}

	/**
	 * Keep new rows; they come back with their numbers. When this returns its promise the database has them and
	 * is told to commit.
	 * @param {NewRow[]} rows @returns {Promise<Row[]>}
	 */
	async add(rows) {
		const { transaction, table } = this.#begin("readwrite");
		const asked = rows.map((row) => table.add(row));
		await finished(transaction);
		return rows.map((row, index) => ({ ...row, n: Number(asked[index].result) }));
	}

	/** @param {string} scope @returns {Promise<Row[]>} */
	async all(scope) {
		const { table } = this.#begin("readonly");
		return answered(table.index("scope").getAll(scope));
	}

	/** Write rows over. @param {Row[]} rows */
	async put(rows) {
		const { transaction, table } = this.#begin("readwrite");
		for (const row of rows) table.put(row);
		await finished(transaction);
	}

	/** @param {number[]} numbers */
	async remove(numbers) {
		const { transaction, table } = this.#begin("readwrite");
		for (const n of numbers) table.delete(n);
		await finished(transaction);
	}
}

/** Rows in memory. */
export class MemoryStore {
	lasting = false;

	constructor() {
		/** @type {Map<number, Row>} */
		this.rows = new Map();
		this.last = 0;
	}

	/** @param {NewRow[]} rows @returns {Promise<Row[]>} */
	async add(rows) {
		const added = rows.map((row) => ({ ...row, n: ++this.last }));
		await this.put(added);
		return added;
	}

	/** @param {string} scope @returns {Promise<Row[]>} */
	async all(scope) {
		const mine = [...this.rows.values()].filter((row) => row.scope === scope);
		return mine.sort((a, b) => a.n - b.n);
	}

	/** @param {Row[]} rows */
	async put(rows) {
		for (const row of rows) this.rows.set(row.n, structuredClone(row));
	}

	/** @param {number[]} numbers */
	async remove(numbers) {
		for (const n of numbers) this.rows.delete(n);
	}
}

/** @typedef {DiskStore | MemoryStore} Store */

/** @param {string} [name] @returns {Promise<Store>} */
export async function openStore(name = "galley") {
	try {
		const asked = indexedDB.open(name, 1);
		asked.onupgradeneeded = () => {
			const table = asked.result.createObjectStore(TABLE, { keyPath: "n", autoIncrement: true });
			table.createIndex("scope", "scope");
		};
		return new DiskStore(await answered(asked));
	} catch {
		return new MemoryStore();
	}
}
