/** Menus (`<details class="menu">`) close on Escape and on a click elsewhere, as menus do. */

/** @param {Node | null} kept a menu that holds this node stays open */
function close(kept) {
	for (const menu of /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("details.menu[open]"))) {
		if (!menu.contains(kept)) {
			menu.open = false;
		}
	}
}

document.addEventListener("click", (event) => {
	close(event.target instanceof Node ? event.target : null);
});

document.addEventListener("keydown", (event) => {
	const menu = document.querySelector("details.menu[open]");
	if (event.key === "Escape" && menu) {
		menu.querySelector("summary")?.focus();
		close(null);
	}
});
