/** Work that can wait until the browser has nothing better to do. */

/** A busy page finds time at last, too. */
const LONGEST = 500;

/** @type {(work: () => void) => unknown} */
export const idle =
	"requestIdleCallback" in globalThis
		? (work) => requestIdleCallback(work, { timeout: LONGEST })
		: (work) => setTimeout(work, 50);

const AGAIN = 2000;

/** A module that is loaded later: where the network is away just then, it is asked for again. @template Module @param {() => Promise<Module>} load @returns {Promise<Module>} */
export async function fetched(load) {
	for (;;) {
		try {
			return await load();
		} catch (error) {
			// A fault in the module itself stays one.
			if (!(error instanceof TypeError)) throw error;
			await new Promise((resolve) => setTimeout(resolve, AGAIN));
		}
	}
}

/** Milliseconds of work between two chances for something better. */
const SLICE = 8;

/** Pieces of work, each done once: when there is time, or when somebody needs it. */
export class Later {
	/** @type {Set<number>} */
	waiting = new Set();
	#isGoing = false;

	/** @param {(piece: number) => void} work @param {() => void} done called when some of it was done */
	constructor(work, done) {
		this.work = work;
		this.done = done;
	}

	/** Do those of these that wait. @param {Iterable<number>} pieces */
	now(pieces) {
		const mine = [...pieces].filter((each) => this.waiting.delete(each));
		for (const each of mine) this.work(each);
		if (mine.length) this.done();
	}

	/** Do what waits, some of it whenever there is time. */
	start() {
		if (this.#isGoing || !this.waiting.size) return;
		this.#isGoing = true;
		idle(() => this.#goOn());
	}

	#goOn() {
		this.#isGoing = false;
		const enough = performance.now() + SLICE;
		for (const each of this.waiting) {
			this.now([each]);
			if (performance.now() > enough) break;
		}
		this.start();
	}
}
