/**
 * All rows of a page are ticked with one box, and the button says how many are.
 *
 * <form>… <input type="checkbox" name="articles"> … <div class="bulk">…<button>Assign</button></div></form>
 */

import { t } from "./words.js";

/** @param {HTMLFormElement} form @param {HTMLElement} bar */
function tickAll(form, bar) {
	const boxes = () => /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("td.pick input[type=checkbox]")]);
	const label = document.createElement("label");
	const all = document.createElement("input");
	all.type = "checkbox";
	label.className = "check";
	label.append(all, t("all on this page"));
	bar.prepend(label);
	const button = bar.querySelector("button");
	const title = button?.textContent ?? "";

	const count = () => {
		const ticked = boxes().filter((each) => each.checked).length;
		all.checked = ticked > 0 && ticked === boxes().length;
		all.indeterminate = ticked > 0 && !all.checked;
		if (button) button.textContent = ticked ? `${title} ${ticked}` : title;
	};
	all.addEventListener("change", () => {
		for (const each of boxes()) each.checked = all.checked;
	});
	form.addEventListener("change", count);
	count();
}

for (const bar of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("form .bulk"))) {
	const form = bar.closest("form");
	if (form) tickAll(form, bar);
}
