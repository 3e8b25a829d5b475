/** Gives a command another key: its button on the sheet, then the key. */

import { request } from "../api.js";
import { build, keycap } from "../element.js";
import { nameOf } from "../keys.js";
import { t } from "../words.js";
import { isFree, withKey } from "./choice.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */

export class Rekeying {
	/** Ends with whether keys were changed: the page shows them when it is loaded again. @type {Promise<boolean>} */
	#saved = Promise.resolve(false);
	/** What takes the next key press. @type {((event: KeyboardEvent) => void) | null} */
	#waiting = null;

	/** @param {Canvas} canvas */
	constructor(canvas) {
		this.canvas = canvas;
		this.own = canvas.boot.keys;
		this.status = build("p", { class: "hint", role: "status" }, t("Press a key here to change it."));
		this.reset = build(
			"button",
			{ type: "button", class: "button small", onclick: () => this.#change({}) },
			t("Use the keys it comes with"),
		);
	}

	/** A button that shows a command's key. @param {string} command @param {string | undefined} key @param {string} title */
	button(command, key, title) {
		const button = build(
			"button",
			{
				type: "button",
				class: "rekey",
				"aria-label": t("{command}: {key}. Change it", { command: title, key: key ?? t("no key") }),
				onclick: () => this.#ask(command, title, button),
			},
			keycap(key) ?? t("none"),
		);
		return button;
	}

	/** @param {string} command @param {string} title @param {HTMLElement} button */
	#ask(command, title, button) {
		this.#say(t("Press the new key for “{command}”. Esc leaves it as it is.", { command: title }));
		this.#waiting = (event) => {
			const name = nameOf({ ...pressed(event), altGraph: event.getModifierState("AltGraph") });
			if (name !== "Escape" && !isFree(name)) return;
			event.preventDefault();
			event.stopPropagation();
			this.#waiting = null;
			if (name === "Escape") return this.#say(t("Nothing was changed."));
			button.replaceChildren(keycap(name) ?? "");
			this.#change(withKey(this.own, command, name));
		};
	}

	/** Keys go to whoever waits for one. @param {HTMLElement} dialog */
	listen(dialog) {
		dialog.addEventListener("keydown", (event) => this.#waiting?.(event), { capture: true });
		// Esc closes a dialog by itself, unless it only ends the waiting.
		dialog.addEventListener("cancel", (event) => this.#waiting && event.preventDefault());
		dialog.addEventListener("close", async () => (await this.#saved) && location.reload());
	}

	/** One change after another. @param {Record<string, string>} keys */
	#change(keys) {
		const before = this.#saved;
		this.own = keys;
		this.#saved = before.then(async (changed) => (await this.#save(keys)) || changed);
	}

	/** @param {Record<string, string>} keys */
	async #save(keys) {
		try {
			await request("PATCH", this.canvas.boot.urls.me, { keys });
			this.#say(t("Kept, on every device of yours. The page shows it when you close this sheet."));
			return true;
		} catch (error) {
			this.#say(t("This could not be kept: {why}", { why: error instanceof Error ? error.message : error }));
			return false;
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
