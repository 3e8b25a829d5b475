/**
 * Keys for a page on which one decides: `data-key` says which key presses, opens or chooses an element.
 *
 * <form data-keys>… <button data-key="x">Nobody is right</button> <textarea data-key="n"></textarea> …</form>
 * A key alone does nothing while somebody types; Escape leaves the field. A list from which one chooses takes letters
 * and arrows, so that a number decides at once. Ctrl+Z is the key for undo.
 */

const FIELDS = "input:not([type=checkbox]), select, textarea";

/** @param {KeyboardEvent} event */
function named(event) {
	const command = event.ctrlKey || event.metaKey;
	if (command && event.key === "z") return "u";
	if (command && event.key === "Enter") return "Control+Enter";
	return command || event.altKey ? "" : event.key;
}

/** @param {HTMLElement} element */
function use(element) {
	if (element.matches(FIELDS)) {
		element.focus();
		return;
	}
	element.click();
	if (element.matches("summary")) {
		/** @type {HTMLElement | null | undefined} */ (element.parentElement?.querySelector(FIELDS))?.focus();
	}
}

/** The page that is left takes no more keys: whoever is quick would decide once more what is decided. */
let leaving = false;

/** @param {KeyboardEvent} event */
function pressed(event) {
	if (leaving) return event.preventDefault();
	const target = event.target instanceof HTMLElement ? event.target : document.body;
	const key = named(event);
	const choosing = target.matches("select") && /^[0-9]$/.test(key);
	const typing = !choosing && (target.matches(FIELDS) || target.isContentEditable);
	if (typing && event.key === "Escape") {
		target.blur();
		return;
	}
	const onControl = key === "Enter" && target.matches("a, button, summary");
	if (!key || event.repeat || onControl || (typing && key !== "Control+Enter")) return;
	const element = /** @type {HTMLElement | null} */ (document.querySelector(`[data-key="${CSS.escape(key)}"]`));
	if (element) {
		event.preventDefault();
		use(element);
	}
}

if (document.querySelector("[data-keys]")) {
	document.addEventListener("keydown", pressed);
	document.addEventListener("submit", () => {
		leaving = true;
	});
	addEventListener("pageshow", () => {
		leaving = false;
	});
}
