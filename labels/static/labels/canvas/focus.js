/** Nobody loses the place: where what has the focus goes away or is hidden, the text has it. */

/** @param {import("./canvas.js").Canvas} canvas */
export function keepingFocus(canvas) {
	/** What had the focus last. @type {Element | null} */
	let last = null;
	document.addEventListener("focusin", ({ target }) => {
		last = target instanceof Element ? target : null;
	});
	const look = () => requestAnimationFrame(() => setTimeout(regain));
	document.addEventListener("focusout", ({ relatedTarget }) => relatedTarget || look());
	for (const event of ["set", "painted", "chosen", "selected", "reviews", "hush"]) canvas.on(event, look);
	for (const event of ["refused", "status", "sent"]) canvas.session.addEventListener(event, look);

	function regain() {
		const { activeElement } = document;
		if (!last || (activeElement && activeElement !== document.body)) return;
		if (!last.isConnected || !last.checkVisibility()) canvas.text.focus({ preventScroll: true });
	}
}
