/**
 * A "Copy" button for what is meant to be copied.
 *
 * <div data-copy><input readonly value="…"></div> or <div data-copy><pre>…</pre></div>
 * Without script the text can be selected and copied by hand, so the button is made here.
 */

import { t } from "./words.js";

const SAID_FOR = 2000;

/** @param {HTMLElement} holder */
function text(holder) {
	const field = holder.querySelector("input, textarea");
	if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
		return field.value;
	}
	return holder.firstElementChild?.textContent ?? "";
}

/**
 * @param {HTMLElement} holder
 * @param {HTMLButtonElement} button
 */
async function copy(holder, button) {
	try {
		await navigator.clipboard.writeText(text(holder));
		button.textContent = t("Copied");
	} catch {
		// The clipboard needs a secure page; on plain HTTP in a local network there is none.
		const field = holder.querySelector("input, textarea");
		if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
			field.select();
		}
		button.textContent = t("Press Ctrl+C");
	}
	setTimeout(() => {
		button.textContent = t("Copy");
	}, SAID_FOR);
}

for (const holder of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-copy]"))) {
	const button = document.createElement("button");
	button.type = "button";
	button.className = "button";
	button.textContent = t("Copy");
	button.setAttribute("aria-live", "polite");
	button.addEventListener("click", () => copy(holder, button));
	holder.append(button);
}
