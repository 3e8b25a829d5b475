/** A dialog over the page. */

import { build } from "../element.js";
import { t } from "../words.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */

/**
 * A dialog; its own key and Escape close it, and the focus goes back to the text.
 * @param {Canvas} canvas @param {string} title @param {(Node | string)[]} content @param {string} [key]
 */
export function openDialog(canvas, title, content, key) {
	const dialog = build("dialog", { class: "sheet", "aria-label": title });
	const close = build(
		"button",
		{ type: "button", class: "close", "aria-label": t("Close"), onclick: () => dialog.close() },
		"×",
	);
	dialog.append(build("header", {}, build("h2", {}, title), close), ...content);
	dialog.addEventListener("keydown", (event) => {
		const isWriting = event.target instanceof Element && event.target.matches("input, textarea");
		if (key && event.key === key && !isWriting) {
			event.preventDefault();
			dialog.close();
		}
	});
	dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
	dialog.addEventListener("close", () => {
		dialog.remove();
		canvas.text.focus({ preventScroll: true });
	});
	document.body.append(dialog);
	dialog.showModal();
	return dialog;
}
