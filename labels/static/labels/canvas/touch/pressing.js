/**
 * Selecting with a finger: a word that is held is selected, and while the finger stays down the selection goes with
 * it, word by word. The text cannot be selected natively meanwhile: the browser's own handles and menus would lie over
 * ours, and a tap would select a word.
 *
 * A long press is told by our clock, or by Android's own, which speaks through `contextmenu`; it is over with
 * `pointerup`, or with `pointercancel` where Android has taken the finger away. A finger that moves before that scrolls.
 */

import { wordUnder } from "./finger.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */
/** @typedef {import("../article.js").Stretch} Stretch */

const HOLD = 450;
const SLACK = 10;

export class Pressing {
	#timer = 0;
	/** The finger that is down and has not moved. @type {{x: number, y: number} | null} */
	#down = null;
	/** The word that was held first, while the finger is down. @type {Stretch | null} */
	#held = null;
	/** Whether it was a long press: then the click that may follow is none. */
	#long = false;

	/** @param {Canvas} canvas */
	constructor(canvas) {
		this.canvas = canvas;
		const { text } = canvas;
		document.addEventListener("pointerdown", ({ pointerType }) => this.#used(pointerType), { capture: true });
		text.addEventListener("pointerdown", (event) => this.#began(event));
		text.addEventListener("pointermove", (event) => this.#moved(event));
		for (const type of ["pointerup", "pointercancel"]) document.addEventListener(type, () => this.#ended());
		text.addEventListener("contextmenu", (event) => {
			if (!canvas.byTouch) return;
			event.preventDefault();
			if (this.#down) this.#hold(this.#down);
		});
		// Else the finger that goes on would scroll.
		text.addEventListener("touchmove", (event) => this.#held && event.cancelable && event.preventDefault(), {
			passive: false,
		});
		document.addEventListener("click", (event) => this.#clicked(event), { capture: true });
	}

	/** @param {string} pointer */
	#used(pointer) {
		this.canvas.byTouch = pointer === "touch";
		this.canvas.text.classList.toggle("by-touch", this.canvas.byTouch);
	}

	/** @param {PointerEvent} event */
	#began({ pointerType, isPrimary, clientX, clientY }) {
		this.#ended();
		this.#long = false;
		// A second finger zooms.
		if (pointerType !== "touch" || !isPrimary || this.canvas.mode) return;
		const place = { x: clientX, y: clientY };
		this.#down = place;
		this.#timer = Number(setTimeout(() => this.#hold(place), HOLD));
	}

	/** @param {{x: number, y: number}} place */
	#hold({ x, y }) {
		clearTimeout(this.#timer);
		this.#down = null;
		this.#held = wordUnder(this.canvas, x, y);
		if (!this.#held) return;
		this.#long = true;
		this.canvas.caret.rest();
		this.#select(this.#held);
	}

	/** @param {PointerEvent} event */
	#moved({ clientX, clientY }) {
		const { canvas } = this;
		if (this.#down && Math.hypot(clientX - this.#down.x, clientY - this.#down.y) > SLACK) this.#ended();
		const word = this.#held && wordUnder(canvas, clientX, clientY);
		if (!word || !this.#held) return;
		this.#select({ start: Math.min(word.start, this.#held.start), end: Math.max(word.end, this.#held.end) });
	}

	/** @param {Stretch} reach */
	#select(reach) {
		const { canvas } = this;
		const { start, end } = canvas.article.snap(reach) ?? reach;
		const { selection: before } = canvas;
		if (before?.start !== start || before.end !== end) canvas.select({ start, end }, { byTouch: true });
	}

	#ended() {
		clearTimeout(this.#timer);
		this.#down = null;
		this.#held = null;
	}

	/** @param {MouseEvent} event */
	#clicked(event) {
		const { canvas } = this;
		const target = /** @type {Element} */ (event.target);
		const isText = canvas.text.contains(target);
		if (isText && this.#long) event.stopPropagation();
		this.#long = false;
		// Beside the text there is nothing to tap: whoever taps there lets go.
		if (!canvas.byTouch || isText || canvas.mode || canvas.draft || !target.matches(".reading-room, .headline")) return;
		canvas.select(null);
		canvas.choose(null);
	}
}
