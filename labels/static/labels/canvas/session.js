/**
 * One sitting on one annotation set: what the server has, what is on the way, and so what is shown. An
 * operation is foreseen at once, handed to the outbox, then painted, and sent when the outbox has kept it;
 * when others wrote meanwhile the set is fetched and what is on the way is put on top again.
 */

import { request, speakFor } from "./api.js";
import { applyAll, differing } from "./changes.js";
import { Drain } from "./drain.js";
import { ActHistory } from "./history.js";
import { Outbox } from "./outbox.js";
import { fromSet } from "./state.js";
import { openStore } from "./store.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Operation} Operation */
/** @typedef {import("./store.js").Row} Row */
/** @typedef {import("./sender.js").Outcome} Outcome */
/** @typedef {import("./boot.js").Boot} Boot */
/** @typedef {import("./boot.js").SetData} SetData */

/** Tells "foreseen", "changed" ({touched}), "kept", "sent" ({rows, data}), "refused", "status" ({status, why}), "set" and "scheme". */
export class Session extends EventTarget {
	history = new ActHistory();
	/** Foreseen, but not yet in the outbox. @type {Operation[]} */
	#unkept = [];
	/** Ends when all of it is. @type {Promise<unknown>} */
	#keeping = Promise.resolve();
	/** What is done before the disk answers waits for it. @type {PromiseWithResolvers<Outbox>} */
	#opening = Promise.withResolvers();

	/** @param {Boot} boot @param {import("./scheme.js").Scheme} scheme */
	constructor(boot, scheme) {
		super();
		this.boot = boot;
		this.scheme = scheme;
		this.set = boot.set;
		this.base = fromSet(boot.set);
		this.view = this.base;
		this.version = boot.set.version;
		/** @type {Map<string, number>} */
		this.revisions = new Map(boot.set.spans.map((each) => [each.id, each.rev ?? 0]));
	}

	/** @param {string} type @param {unknown} [detail] */
	tell(type, detail) {
		this.dispatchEvent(new CustomEvent(type, { detail }));
	}

	/** Take up what an earlier page left in the outbox, and send it. */
	async open() {
		const { me, set, urls } = this.boot;
		speakFor(me.id);
		this.outbox = new Outbox(await openStore(), `${me.id} ${set.id}`, {
			version: () => this.version,
			arrived: () => this.#arrived(),
			done: (rows, outcome) => this.#done(rows, outcome),
			stale: () => this.refresh(),
			refused: () => this.#refused(),
			status: (status, why) => this.#status(status, why),
		});
		this.drain = new Drain(this.outbox, urls);
		await this.outbox.read();
		this.#opening.resolve(this.outbox);
		this.#refused();
		for (const event of ["online", "focus"]) addEventListener(event, () => void this.drain?.run());
		// Gone back to: others may have written since, and so may another tab.
		addEventListener("pageshow", ({ persisted }) => persisted && void this.refresh().catch(() => this.drain?.run()));
		await this.drain.run();
	}

	#arrived() {
		this.#show();
		void this.drain?.soon();
	}

	/** How many changes are kept and not sent yet. */
	get waiting() {
		return this.outbox?.rows.length ?? 0;
	}

	/** Something was done that is not kept yet. */
	get isKeeping() {
		return this.#unkept.length > 0;
	}

	/** What is shown: what the server has, and all that is on the way. */
	#show() {
		const kept = this.outbox?.rows.filter((row) => row.kind === "operation").map((row) => row.data) ?? [];
		const { state } = applyAll(this.base, [...kept, ...this.#unkept], this.scheme);
		const touched = differing(this.view, state);
		this.view = state;
		if (touched.size) this.tell("changed", { touched });
	}

	/**
	 * Do something. Ends when what it touches is painted: with the picture that comes next, unless the outbox is
	 * still at something else. To wait until the disk says that it has it would cost a picture.
	 * @param {ReturnType<typeof applyAll>} applied
	 */
	#carryOut({ state, fitting, touched }) {
		this.view = state;
		this.#unkept.push(...fitting);
		this.tell("foreseen");
		return new Promise((painted, failed) => {
			const paint = () => painted(this.tell("changed", { touched }));
			const kept = this.keep("operation", fitting, paint).catch(failed);
			this.#keeping = Promise.allSettled([this.#keeping, kept]);
		});
	}

	/** Put something into the outbox and send it. @param {Row["kind"]} kind @param {any[]} data @param {() => void} [handed] */
	async keep(kind, data, handed) {
		await (this.outbox ?? (await this.#opening.promise)).add(kind, data, handed);
		this.#unkept = this.#unkept.filter((each) => !data.includes(each));
		this.tell("kept");
		void this.drain?.soon();
	}

	/** Ends when what was done so far is kept. */
	get kept() {
		return this.#keeping;
	}

	/** Ends when what was done so far is kept and was sent, or could not be. */
	async settle() {
		await this.#keeping;
		await this.drain?.run();
	}

	/** @param {Operation[]} operations @param {string | null} [chosen] @param {string} [name] of the act that it is part of */
	async perform(operations, chosen = null, name) {
		const applied = applyAll(this.view, operations, this.scheme);
		if (!applied.fitting.length) return;
		this.history.add({ inverse: applied.inverse, chosen, name });
		await this.#carryOut(applied);
	}

	/** Take the last act back, or do it again; null where there is none. @param {"undo" | "redo"} which @param {string | null} chosen */
	turnBack(which, chosen) {
		/** @type {{applied: ReturnType<typeof applyAll>, chosen: string | null}[]} */
		const found = [];
		this.history[which]((act) => {
			const applied = applyAll(this.view, act.inverse, this.scheme);
			if (!applied.fitting.length) return null;
			found.push({ applied, chosen: act.chosen });
			return { inverse: applied.inverse, chosen };
		});
		const [act] = found;
		return act ? { ...act.applied, chosen: act.chosen, kept: this.#carryOut(act.applied) } : null;
	}

	/** @param {Row[]} rows @param {Outcome} outcome */
	async #done(rows, outcome) {
		if (rows[0]?.kind === "operation" && outcome.version) await this.#advance(rows, outcome.version);
		for (const { id, rev, also } of outcome.data?.results ?? [])
			for (const each of [id, ...also]) this.revisions.set(each, rev);
		this.tell("sent", { rows, data: outcome.data });
	}

	/** @param {Row[]} rows @param {number} version */
	async #advance(rows, version) {
		if (version <= this.version) return this.#show();
		if (version !== this.version + rows.length) return this.refresh();
		const operations = rows.map((row) => row.data);
		this.base = applyAll(this.base, operations, this.scheme).state;
		this.version = version;
	}

	/** @param {import("./outbox.js").Status} status @param {string} why */
	#status(status, why) {
		this.tell("status", { status, why });
		// Submitted elsewhere, say: show how it stands. What is on the way stays kept.
		if (status === "closed") void this.refresh().catch(() => {});
	}

	#refused() {
		this.#show();
		this.tell("refused");
	}

	/** Fetch the set and put what is on the way on top of it. */
	async refresh() {
		const { data } = await request("GET", this.boot.urls.set);
		this.take(data);
	}

	/** Another state of the set, from the server. @param {SetData} set */
	take(set) {
		this.set = set;
		this.base = fromSet(set);
		this.version = set.version;
		for (const each of set.spans) this.revisions.set(each.id, each.rev ?? 0);
		this.#show();
		this.tell("set");
		if (set.scheme_version !== this.boot.set.scheme_version) this.tell("scheme");
	}
}
