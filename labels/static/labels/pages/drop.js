/**
 * Files may be dropped on the whole area around a file field, and their names are listed.
 *
 * <div data-drop><input type="file" multiple></div>
 */

/**
 * @param {HTMLElement} area
 * @param {HTMLInputElement} field
 */
function take(area, field) {
	area.addEventListener("dragover", (event) => {
		event.preventDefault();
		area.classList.add("over");
	});
	for (const end of ["dragleave", "drop"]) {
		area.addEventListener(end, () => area.classList.remove("over"));
	}
	area.addEventListener("drop", (event) => {
		event.preventDefault();
		if (event.dataTransfer?.files.length) {
			field.files = event.dataTransfer.files;
			field.dispatchEvent(new Event("change", { bubbles: true }));
		}
	});
}

/**
 * @param {HTMLElement} area
 * @param {HTMLInputElement} field
 */
function list(area, field) {
	const names = document.createElement("ul");
	names.className = "files";
	names.setAttribute("aria-live", "polite");
	area.append(names);
	field.addEventListener("change", () => {
		names.replaceChildren(
			...Array.from(field.files ?? [], (file) => {
				const item = document.createElement("li");
				item.textContent = file.name;
				return item;
			}),
		);
	});
}

for (const area of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-drop]"))) {
	const field = area.querySelector("input[type=file]");
	if (field instanceof HTMLInputElement) {
		area.classList.add("droppable");
		take(area, field);
		list(area, field);
	}
}
