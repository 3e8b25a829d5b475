/** Undo and redo: what takes each act back, as operations like any others. Pure. */

/** @typedef {import("./state.js").Operation} Operation */
/** @typedef {{inverse: Operation[], chosen: string | null, name?: string}} Act what takes it back, and what was chosen before */

const LONGEST = 500;

export class ActHistory {
	/** @type {Act[]} */
	#done = [];
	/** @type {Act[]} */
	#undone = [];

	/** What bears the name of the act before goes on with it: both are taken back as one. @param {Act} act */
	add(act) {
		const last = this.#done.at(-1);
		if (last && act.name && last.name === act.name) last.inverse = [...act.inverse, ...last.inverse];
		else this.#done.push(act);
		if (this.#done.length > LONGEST) this.#done.shift();
		this.#undone = [];
	}

	/** The act to take back; `carryOut` does it and gives what takes that back again. @param {(act: Act) => Act | null} carryOut */
	undo(carryOut) {
		return this.#move(this.#done, this.#undone, carryOut);
	}

	/** @param {(act: Act) => Act | null} carryOut */
	redo(carryOut) {
		return this.#move(this.#undone, this.#done, carryOut);
	}

	/**
	 * What no longer fits (its span is gone meanwhile) is passed over.
	 * @param {Act[]} from @param {Act[]} to @param {(act: Act) => Act | null} carryOut
	 */
	#move(from, to, carryOut) {
		for (let act = from.pop(); act; act = from.pop()) {
			const back = carryOut(act);
			if (!back) continue;
			to.push(back);
			return true;
		}
		return false;
	}
}
