/** Hands key presses to what they mean, one after another. Silent while somebody writes, and where turned off. */

import { MOVES, nameOf } from "./keys.js";
import { linksOf } from "./lookup.js";
import { turnBack } from "./turning.js";
import { t, within } from "./words.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */
/** @typedef {import("./keys.js").Deed} Deed */
/** @typedef {(deed: Deed) => unknown} Handler */

const QUIET = "galley-single-keys-off";

/** Whether keys without Ctrl or Alt do things (WCAG 2.1.4 wants that they can be turned off). */
export function singleKeys() {
	return localStorage.getItem(QUIET) === null;
}

/** @param {boolean} on */
export function setSingleKeys(on) {
	if (on) localStorage.removeItem(QUIET);
	else localStorage.setItem(QUIET, "1");
}

/** What commands do, by name: each part of the canvas adds its own. */
export class Keyboard {
	/** @type {Map<string, Handler>} */
	#handlers = new Map();
	/** Keys pressed while what they are for is being fetched. @type {string[] | null} */
	#held = null;

	/** @param {Canvas} canvas */
	constructor(canvas) {
		this.canvas = canvas;
		document.addEventListener("keydown", (event) => this.#pressed(event));
		const { caret, marking } = canvas;
		for (const move of MOVES) this.on(move, ({ extend }) => caret.move(move, extend ?? false));
		this.on("extend", () => caret.toggleSticky());
		this.on("mark", ({ argument = "" }) => marking.mark(argument));
		this.on("relabel", ({ argument = "" }) => marking.relabel(argument));
		this.on("addFragment", () => marking.addFragment());
		this.on("cut", () => marking.cut());
		this.on("replace", () => marking.replace());
		this.on("startLeft", ({ fine }) => marking.nudge("start", -1, fine ?? false));
		this.on("startRight", ({ fine }) => marking.nudge("start", 1, fine ?? false));
		this.on("endLeft", ({ fine }) => marking.nudge("end", -1, fine ?? false));
		this.on("endRight", ({ fine }) => marking.nudge("end", 1, fine ?? false));
		this.on("flag", () => marking.flag());
		this.on("delete", () => marking.delete());
		this.on("redo", () => turnBack(canvas, "redo"));
	}

	/** @param {string} command @param {Handler} handler */
	on(command, handler) {
		this.#handlers.set(command, handler);
	}

	/** A command that is fetched when it is first wanted; keys that follow wait for it. @param {string} command @param {() => Promise<Handler>} fetched */
	onDemand(command, fetched) {
		let isComing = false;
		this.on(command, async (deed) => {
			// Clicked twice, it is done once.
			if (isComing) return;
			isComing = true;
			this.#held ??= [];
			const held = this.#held;
			let handler;
			try {
				handler = await fetched();
			} catch {
				this.canvas.say(t("This could not be fetched. Try again when the server can be reached."));
			}
			isComing = false;
			this.#held = null;
			if (handler) this.on(command, handler);
			await handler?.(deed);
			for (const name of handler ? held.splice(0) : []) this.#late(name);
		});
	}

	/** A key that had to wait; the first letters of what is sought, too. @param {string} name */
	#late(name) {
		const dialog = document.querySelector("dialog[open]");
		if (dialog instanceof HTMLDialogElement) return void (name === "Escape" && dialog.close());
		const entry = document.activeElement;
		if (!(entry instanceof HTMLInputElement) || name === "Escape") return void this.#take(name);
		entry.value += name === "Space" ? " " : [...name].length === 1 ? name : "";
		entry.dispatchEvent(new Event("input"));
	}

	/** False where there was nothing to do, and the browser may. @param {Deed} deed */
	do(deed) {
		return this.#handlers.get(deed.command)?.(deed);
	}

	/** Attributes whose keys work now: those of the chosen span and of its links. */
	#attributes() {
		const { subject, scheme, state } = this.canvas;
		if (!subject) return [];
		const links = linksOf(state, subject.id).filter((each) => each.from === subject.id);
		return [...scheme.attributes(subject.label), ...links.flatMap((each) => scheme.relationAttributes(each.type))];
	}

	/** Say why the key of a field does nothing here. @param {string} name */
	#explain(name) {
		const { canvas } = this;
		const { subject, scheme } = canvas;
		const owners = canvas.editable ? canvas.keymap.fills(name) : [];
		if (!owners.length) return;
		const what = owners.join(t(" or "));
		const label = subject && within(scheme.title(subject.label));
		canvas.say(
			label
				? t("The key {name} is for: {what}. Chosen is: {label}.", { name, what, label })
				: t("The key {name} is for: {what}. Choose one first.", { name, what }),
		);
	}

	/** @param {KeyboardEvent} event */
	#pressed(event) {
		if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
		const target = event.target instanceof Element ? event.target : document.body;
		const name = nameOf({ ...pick(event), altGraph: event.getModifierState("AltGraph") });
		if (target.closest("input, textarea, select")) {
			if (name === "Escape") this.canvas.text.focus({ preventScroll: true });
			return;
		}
		const inList = target.closest("[role=listbox]");
		if (inList && this.canvas.mode?.key(name)) return event.preventDefault();
		// Enter and the space bar belong to the button or list that has the focus.
		if (/^(?:Enter|Space)$/.test(name) && target.closest("button, a, summary, [role=listbox]")) return;
		if (inList && /^(?:Arrow|Home$|End$)/.test(name)) return;
		if ([...name].length === 1 && !singleKeys()) return;
		if (this.#held?.push(name) || this.#take(name)) event.preventDefault();
	}

	/** Do what a key means now; false where that is nothing. @param {string} name */
	#take(name) {
		if (this.canvas.mode?.key(name)) return true;
		const deed = this.canvas.keymap.deed(name, this.canvas.editable, this.#attributes());
		if (!deed) this.#explain(name);
		return !!deed && this.#handlers.has(deed.command) && this.do(deed) !== false;
	}
}

/** @param {KeyboardEvent} event */
function pick({ key, ctrlKey, metaKey, altKey, shiftKey, code }) {
	return { key, ctrlKey, metaKey, altKey, shiftKey, code };
}
