/** The outbox against a server that answers as ours does, and one by one as a bad day makes it. */

import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, beforeEach, test } from "node:test";
import { dependents, isSoAlready, nextBatch } from "../../labels/static/labels/canvas/batches.js";
import { Drain } from "../../labels/static/labels/canvas/drain.js";
import { Outbox } from "../../labels/static/labels/canvas/outbox.js";
import { MemoryStore, openStore } from "../../labels/static/labels/canvas/store.js";

/** @typedef {import("../../labels/static/labels/canvas/store.js").Row} Row */
/** @typedef {import("node:http").ServerResponse} Response */
/** @typedef {(response: Response, work: () => {status: number, answer: string}) => void} Trouble what goes wrong */

Object.assign(globalThis, { document: { cookie: "csrftoken=t0ken", querySelector: () => null } });

/** One set on a server: versions, keys, refusals. */
const set = {
	version: 0,
	/** @type {any[]} */
	operations: [],
	/** @type {Map<string, string>} */
	stored: new Map(),
	/** Troubles to come, one for each request. @type {Trouble[]} */
	troubles: [],
	requests: 0,
	/** @type {(operation: any) => string} why one is refused, or "" */
	refuse: () => "",
};

/** @param {Response} response @param {number} status @param {unknown} body @param {Record<string, string>} [headers] */
function reply(response, status, body, headers = {}) {
	response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(JSON.stringify(body));
}

/**
 * What our server does with a request: key, version, operations, all or nothing.
 * @param {string} key @param {string | undefined} version @param {string} body
 * @returns {{status: number, answer: string}}
 */
function served(key, version, body) {
	const known = set.stored.get(key);
	if (known) return { status: 200, answer: known };
	const said = (/** @type {number} */ status, /** @type {object} */ details) => ({
		status,
		answer: JSON.stringify(details),
	});
	if (version !== `"${set.version}"`) return said(412, { code: "stale_version", version: set.version, operations: [] });
	/** @type {{operations: any[]}} */
	const { operations } = JSON.parse(body);
	for (const [at, { id, op }] of operations.entries()) {
		if (op === "add_span" && ids().includes(id)) return said(422, { code: "unit_exists", operation: at });
		const why = set.refuse(operations[at]);
		if (why) return said(422, { code: "overlap", detail: why, operation: at });
	}
	set.operations.push(...operations);
	set.version += operations.length;
	const results = operations.map((each) => ({ op: each.op, id: each.id, rev: set.version, also: [] }));
	const answer = JSON.stringify({ version: set.version, results });
	set.stored.set(key, answer);
	return { status: 200, answer };
}

const server = createServer(async (request, response) => {
	set.requests++;
	let body = "";
	for await (const part of request) body += part;
	assert.equal(request.headers["x-csrftoken"], "t0ken");
	const work = () => served(String(request.headers["idempotency-key"]), request.headers["if-match"], body);
	const trouble = set.troubles.shift();
	if (trouble) return trouble(response, work);
	const { status, answer } = work();
	response.writeHead(status, { "Content-Type": "application/json" }).end(answer);
});

/** @type {{operations: string, reviews: string, comments: string}} */
const urls = { operations: "", reviews: "", comments: "" };
/** @type {Outbox[]} */
const opened = [];

before(async () => {
	await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
	const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
	urls.operations = `http://127.0.0.1:${port}/operations/`;
});

after(() => {
	for (const each of opened) each.channel.close();
	server.closeAllConnections();
	server.close();
});

beforeEach((context) => {
	Object.assign(set, { version: 0, operations: [], stored: new Map(), troubles: [], requests: 0, refuse: () => "" });
	scope = context.name;
	for (const each of opened.splice(0)) each.channel.close();
});

let scope = "";

/** A tab: its outbox, what it knows of the set, what it was told. @param {import("../../labels/static/labels/canvas/store.js").Store} store */
function tab(store) {
	/** @type {{version: number, statuses: string[], refused: number, done: Row[]}} */
	const told = { version: 0, statuses: [], refused: 0, done: [] };
	const outbox = new Outbox(store, scope, {
		version: () => told.version,
		arrived: () => {},
		done: (rows, { version }) => {
			told.done.push(...rows);
			told.version = Math.max(told.version, version ?? 0);
		},
		stale: async () => {
			told.version = set.version;
		},
		refused: () => {
			told.refused++;
		},
		status: (status) => {
			told.statuses.push(status);
		},
	});
	opened.push(outbox);
	return { outbox, told, drain: new Drain(outbox, urls, 1) };
}

/** @param {number} number */
const add = (number) => ({ op: "add_span", id: `span${number}`, label: "CLAIM", fragments: [] });
const ids = () => set.operations.map((each) => each.id);

/** Wait until the outbox is empty. @param {Outbox} outbox */
async function empty(outbox) {
	for (let tries = 0; outbox.rows.length && tries < 2000; tries++)
		await new Promise((resolve) => setTimeout(resolve, 5));
	assert.equal(outbox.rows.length, 0);
}

test("what is kept is sent in one request, and the status tells", async () => {
	const { outbox, told, drain } = tab(await openStore());
	await outbox.add("operation", [add(1), add(2)]);
	await outbox.add("operation", [add(3)]);
	await drain.run();
	assert.deepEqual(ids(), ["span1", "span2", "span3"]);
	assert.equal(set.requests, 1);
	assert.deepEqual(told.statuses, ["saving", "saved"]);
	assert.equal(told.version, 3);
	assert.deepEqual(await (await openStore()).all(scope), []);
});

/** @type {Record<string, Trouble>} */
const TROUBLES = {
	"the answer is lost after the work is done": (response, work) => {
		work();
		response.destroy();
	},
	"the line is cut before": (response) => {
		response.destroy();
	},
	"500 in JSON": (response) => reply(response, 500, { detail: "broken" }),
	"502 as a page": (response) =>
		void response.writeHead(502, { "Content-Type": "text/html" }).end("<h1>Bad gateway</h1>"),
	"503 with a time to wait": (response) => reply(response, 503, { code: "busy" }, { "Retry-After": "0" }),
	413: (response) => reply(response, 413, { code: "too_large" }),
	"a page with 200, after the work is done": (response, work) => {
		work();
		response.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html><p>Welcome to our hotel");
	},
	"half an answer, after the work is done": (response, work) => {
		const { status, answer } = work();
		response.writeHead(status, { "Content-Type": "application/json" }).end(answer.slice(0, answer.length / 2));
	},
	"still running": (response) => reply(response, 409, { code: "still_running" }),
	"others wrote just before": (response, work) => {
		set.version++;
		const { status, answer } = work();
		response.writeHead(status, { "Content-Type": "application/json" }).end(answer);
	},
};

for (const [name, trouble] of Object.entries(TROUBLES))
	test(`everything arrives once and in order though ${name}`, async () => {
		const { outbox, drain } = tab(await openStore());
		await outbox.add("operation", [add(1), add(2), add(3)]);
		set.troubles.push(trouble, trouble);
		await drain.run();
		await outbox.add("operation", [add(4)]);
		void drain.run();
		await empty(outbox);
		assert.deepEqual(ids(), ["span1", "span2", "span3", "span4"]);
	});

test("an answer that never comes is not waited for for ever", async () => {
	const { outbox } = tab(await openStore());
	const drain = new Drain(outbox, urls, 1, 200);
	await outbox.add("operation", [add(1), add(2)]);
	set.troubles.push((_response, work) => void work());
	void drain.run();
	await empty(outbox);
	assert.deepEqual(ids(), ["span1", "span2"]);
});

test("fifty edits on the worst of days arrive once and in order", async () => {
	const { outbox, drain } = tab(await openStore());
	const bad = Object.values(TROUBLES);
	for (let number = 0; number < 50; number++) {
		set.troubles.push(bad[(number * 7) % bad.length]);
		await outbox.add("operation", [add(number)]);
		void drain.run();
		if (number % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 3));
	}
	await empty(outbox);
	assert.deepEqual(
		ids(),
		Array.from({ length: 50 }, (_, number) => `span${number}`),
	);
});

test("a page that is killed leaves its request to the next one, with the same key", async () => {
	const store = await openStore();
	const first = tab(store);
	await first.outbox.add("operation", [add(1), add(2)]);
	set.troubles.push(TROUBLES["the answer is lost after the work is done"]);
	await first.drain.run();
	first.drain.run = async () => {}; // it is gone, and asks no more
	const [key] = set.stored.keys();
	const next = tab(await openStore());
	next.told.version = set.version;
	assert.equal((await next.outbox.read()).length, 2);
	await next.outbox.add("operation", [add(3)]);
	await next.drain.run();
	await empty(next.outbox);
	assert.deepEqual(ids(), ["span1", "span2", "span3"]);
	assert.equal([...set.stored.keys()][0], key);
	assert.equal(set.stored.size, 2);
});

test("a refused operation goes to the list with what hangs on it; the others go on", async () => {
	const { outbox, told, drain } = tab(await openStore());
	set.refuse = ({ id }) => (id === "span2" ? "There is a claim here already." : "");
	await outbox.add("operation", [
		add(1),
		add(2),
		{ op: "set_attributes", id: "span2", attributes: {} },
		{ op: "add_relation", id: "link", type: "ABOUT", from: "span1", to: "span2" },
		{ op: "set_relation_attributes", id: "link", attributes: {} },
		add(3),
	]);
	await drain.run();
	assert.deepEqual(ids(), ["span1", "span3"]);
	assert.deepEqual(
		outbox.refused.map((row) => [row.data.id, row.refused]),
		[["span2", "There is a claim here already."]],
	);
	assert.ok(told.refused > 0);
	assert.equal(told.statuses.at(-1), "saved");
	const [row] = outbox.refused;
	await outbox.dismiss(row);
	assert.deepEqual(outbox.refused, []);
});

test("signed out, forbidden or closed: all is kept, and goes when asked again", async () => {
	for (const [status, body, said] of /** @type {[number, object, string][]} */ ([
		[401, { code: "not_signed_in" }, "signed_out"],
		[403, { code: "forbidden" }, "forbidden"],
		[404, { code: "not_found" }, "forbidden"],
		[409, { code: "set_locked", detail: "This set is submitted." }, "closed"],
	])) {
		const { outbox, told, drain } = tab(new MemoryStore());
		told.version = set.version;
		await outbox.add("operation", [add(status)]);
		set.troubles.push((response) => reply(response, status, body));
		await drain.run();
		assert.equal(drain.status, said);
		assert.equal(outbox.rows.length, 1);
		await drain.run();
		assert.equal(drain.status, "saved");
	}
	assert.deepEqual(ids(), ["span401", "span403", "span404", "span409"]);
});

test("others wrote meanwhile: the set is fetched and the rest goes out on top", async () => {
	const { outbox, drain, told } = tab(await openStore());
	set.version = 7;
	await outbox.add("operation", [add(1)]);
	await drain.run();
	assert.deepEqual(ids(), ["span1"]);
	assert.equal(told.version, 8);
});

test("one tab tells the other what it kept and what was taken", async () => {
	const [one, other] = [tab(await openStore()), tab(await openStore())];
	await one.outbox.add("operation", [add(1)]);
	await new Promise((resolve) => setTimeout(resolve, 20));
	assert.deepEqual(
		other.outbox.rows.map((row) => row.data.id),
		["span1"],
	);
	await one.drain.run();
	await new Promise((resolve) => setTimeout(resolve, 20));
	assert.equal(other.outbox.rows.length, 0);
	assert.equal(other.told.version, 1);
	assert.deepEqual(
		other.told.done.map((row) => row.data.id),
		["span1"],
	);
});

test("a single change that is too large every time is refused, the rest goes on", async () => {
	const { outbox, drain } = tab(await openStore());
	await outbox.add("operation", [add(1)]);
	for (let count = 0; count < 6; count++) set.troubles.push(TROUBLES["413"]);
	await drain.run();
	await outbox.add("operation", [add(2)]);
	void drain.run();
	await empty(outbox);
	assert.deepEqual(ids(), ["span2"]);
	assert.equal(outbox.refused.length, 1);
});

test("who is asked to wait is not asked again by the next change, but is by hand", async () => {
	const { outbox, drain } = tab(await openStore());
	await outbox.add("operation", [add(1)]);
	set.troubles.push((response) => reply(response, 503, { code: "busy" }, { "Retry-After": "60" }));
	await drain.run();
	await outbox.add("operation", [add(2)]);
	await drain.soon();
	assert.deepEqual([set.requests, drain.status], [1, "kept"]);
	await drain.run();
	assert.deepEqual(ids(), ["span1", "span2"]);
	await outbox.add("operation", [add(3)]);
	await drain.soon();
	assert.deepEqual(ids(), ["span1", "span2", "span3"]);
});

test("too large is not believed sooner because the server was away before", async () => {
	const { outbox, drain } = tab(await openStore());
	await outbox.add("operation", [add(1)]);
	for (let count = 0; count < 6; count++) set.troubles.push(TROUBLES["502 as a page"]);
	set.troubles.push(TROUBLES["413"]);
	await drain.run();
	await empty(outbox);
	assert.deepEqual([ids(), outbox.refused], [["span1"], []]);
});

test("what one person kept is not another's, nor another set's", async () => {
	const { outbox } = tab(await openStore());
	await outbox.add("operation", [add(1)]);
	scope = "someone else";
	const theirs = tab(await openStore());
	assert.deepEqual(await theirs.outbox.read(), []);
});

test("a disk that fails: it goes on in memory, and says so", async () => {
	const store = await openStore();
	const { outbox, drain } = tab(store);
	await outbox.add("operation", [add(1)]);
	store.add = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
	await outbox.add("operation", [add(2)]);
	assert.equal(outbox.store.lasting, false);
	await drain.run();
	await empty(outbox);
	assert.deepEqual(ids(), ["span1", "span2"]);
});

test("a disk that fails when a request is noted: what is on it goes out, and does not come back", async () => {
	const store = await openStore();
	const { outbox, told, drain } = tab(store);
	await outbox.add("operation", [add(1), add(2)]);
	store.put = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
	await drain.run();
	assert.deepEqual([ids(), told.statuses.at(-1)], [["span1", "span2"], "saved"]);
	assert.equal(outbox.store.lasting, false);
	assert.deepEqual(await (await openStore()).all(scope), []);
});

test("a disk that is taken away: what this page knows goes out", async () => {
	const store = await openStore();
	const { outbox, drain } = tab(store);
	await outbox.add("operation", [add(1)]);
	assert.ok("database" in store);
	store.database.close();
	await drain.run();
	assert.deepEqual(ids(), ["span1"]);
});

const row = (/** @type {number} */ n, /** @type {any} */ data, /** @type {Partial<Row>} */ more = {}) =>
	/** @type {Row} */ ({ n, scope: "", kind: "operation", data, ...more });

test("a batch is one begun before, else operations in a row, else a single verdict", () => {
	const numbers = (/** @type {Row[]} */ rows, limit = 500) => nextBatch(rows, limit).map((each) => each.n);
	assert.deepEqual(numbers([]), []);
	assert.deepEqual(numbers([row(1, {}), row(2, {}), row(3, {}, { kind: "review" }), row(4, {})]), [1, 2]);
	assert.deepEqual(numbers([row(3, {}, { kind: "review" }), row(4, {}, { kind: "review" })]), [3]);
	assert.deepEqual(numbers([row(1, {}), row(2, {}), row(3, {})], 2), [1, 2]);
	const begun = [row(1, {}, { key: "k" }), row(2, {}, { key: "k" }), row(3, {})];
	assert.deepEqual(numbers(begun, 1), [1, 2]);
	assert.deepEqual(numbers([row(1, {}), row(2, {}, { key: "k" })]), [1]);
});

test("what hangs on a refused row is what speaks of it later", () => {
	const rows = [
		row(1, { op: "set_attributes", id: "a", attributes: {} }),
		row(2, { op: "add_span", id: "a" }),
		row(3, { op: "set_relation_attributes", id: "r", attributes: { cue: "a" } }),
		row(4, { op: "delete_span", id: "b" }),
	];
	assert.deepEqual(
		dependents(rows[1], rows).map((each) => each.n),
		[3],
	);
	assert.deepEqual(dependents(rows[0], rows), []);
});

test("some refusals only say that it is so already", () => {
	assert.ok(isSoAlready(row(1, { op: "add_span" }), "unit_exists"));
	assert.ok(isSoAlready(row(1, { op: "delete_relation" }), "unit_deleted"));
	assert.ok(!isSoAlready(row(1, { op: "move_span" }), "unit_deleted"));
	assert.ok(!isSoAlready(row(1, { op: "add_span" }), "overlap"));
});
