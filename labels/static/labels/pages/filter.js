/**
 * A form of filters is sent when a choice changes; a field of words waits for Enter.
 *
 * <form method="get" data-submit-on-change>…</form>
 * Empty fields stay out of the address, so that it can be read and handed on.
 */

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (
	document.querySelectorAll("form[data-submit-on-change]")
)) {
	form.addEventListener("change", (event) => {
		const field = event.target;
		const chosen =
			field instanceof HTMLSelectElement ||
			(field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type));
		if (chosen) {
			form.requestSubmit();
		}
	});
	form.addEventListener("formdata", (event) => {
		for (const [name, value] of [...event.formData]) {
			if (value === "") {
				event.formData.delete(name);
			}
		}
	});
}
