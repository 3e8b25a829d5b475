/** Gives a command another key: its button on the sheet, then the key. */

import { request } from "../api.js";
import { build, keycap } from "../element.js";
import { nameOf } from "../keys.js";
import { isFree, withKey } from "../ownkeys.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */

export class Rekeying {
	/** Keys were changed: the page shows them when it is loaded again. */
	changed = false;
	/** What takes the next key press. @type {((event: KeyboardEvent) => void) | null} */
	#waiting = null;

	/** @param {Canvas} canvas */
	constructor(canvas) {
		this.canvas = canvas;
		this.own = canvas.boot.keys;
		this.status = build("p", { class: "hint", role: "status" }, "Press a key here to change it.");
		this.reset = build("button", { type: "button", onclick: () => this.#save({}) }, "Use the keys it comes with");
		this.reset.hidden = !Object.keys(this.own).length;
	}

	/** A button that shows a command's key. @param {string} command @param {string | undefined} key @param {string} title */
	button(command, key, title) {
		const button = build(
			"button",
			{
				type: "button",
				class: "rekey",
				"aria-label": `${title}: ${key ?? "no key"}. Change it`,
				onclick: () => this.#ask(command, title, button),
			},
			keycap(key) ?? "none",
		);
		return button;
	}

	/** @param {string} command @param {string} title @param {HTMLElement} button */
	#ask(command, title, button) {
		this.#say(`Press the new key for “${title}”. Esc leaves it as it is.`);
		this.#waiting = (event) => {
			const name = nameOf({ ...pressed(event), altGraph: event.getModifierState("AltGraph") });
			if (name !== "Escape" && !isFree(name)) return;
			event.preventDefault();
			event.stopPropagation();
			this.#waiting = null;
			if (name === "Escape") return this.#say("Nothing was changed.");
			button.replaceChildren(keycap(name) ?? "");
			void this.#save(withKey(this.own, command, name));
		};
	}

	/** Keys go to whoever waits for one. @param {HTMLElement} dialog */
	listen(dialog) {
		dialog.addEventListener("keydown", (event) => this.#waiting?.(event), { capture: true });
		// Esc closes a dialog by itself, unless it only ends the waiting.
		dialog.addEventListener("cancel", (event) => this.#waiting && event.preventDefault());
		dialog.addEventListener("close", () => this.changed && location.reload());
	}

	/** @param {Record<string, string>} keys */
	async #save(keys) {
		try {
			const { data } = await request("PATCH", this.canvas.boot.urls.me, { keys });
			this.own = data.keys;
			this.changed = true;
			this.reset.hidden = !Object.keys(keys).length;
			this.#say("Kept, on every device of yours. The page shows it when you close this sheet.");
		} catch (error) {
			this.#say(`This could not be kept: ${error instanceof Error ? error.message : error}`);
		}
	}

	/** @param {string} sentence */
	#say(sentence) {
		this.status.textContent = sentence;
	}
}

/** @param {KeyboardEvent} event */
function pressed({ key, ctrlKey, metaKey, altKey, shiftKey, code }) {
	return { key, ctrlKey, metaKey, altKey, shiftKey, code };
}
