/** Linking in one drag: from a handle of a span to the words it is to be linked with. */

/** @typedef {import("./canvas.js").Canvas} Canvas */
/** @typedef {import("./links.js").Links} Links */

const SLACK = 8;

/** @param {Canvas} canvas @param {Links} links */
export function dragging(canvas, links) {
	document.addEventListener("pointerdown", (event) => {
		const handle = event.target instanceof Element ? event.target.closest("[data-drag]") : null;
		if (handle instanceof HTMLElement && event.button === 0 && canvas.editable) begin(event, handle.dataset.drag ?? "");
	});

	/** @param {PointerEvent} start @param {string} id of the span it begins at */
	function begin(start, id) {
		let begun = false;
		const listening = new AbortController();
		const { signal } = listening;
		const moved = (/** @type {PointerEvent} */ event) => {
			if (!begun && Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) < SLACK) return;
			if (!begun) {
				begun = true;
				canvas.choose(id);
				links.start();
			}
			aim(event);
		};
		const ended = (/** @type {PointerEvent} */ event) => {
			listening.abort();
			if (begun) finish(event);
		};
		document.addEventListener("pointermove", moved, { signal });
		document.addEventListener("pointerup", ended, { signal });
		document.addEventListener("pointercancel", ended, { signal });
		start.preventDefault();
	}

	/** @param {PointerEvent} event */
	function aim({ clientX, clientY }) {
		const target = links.under(document.elementFromPoint(clientX, clientY));
		canvas.tell("aimed", { x: clientX, y: clientY, id: target?.span.id ?? null });
	}

	/** @param {PointerEvent} event */
	function finish({ type, clientX, clientY }) {
		canvas.tell("aimed", null);
		const target = type === "pointerup" && links.under(document.elementFromPoint(clientX, clientY));
		if (target) void links.take(target);
		else links.close();
		// The click that ends a drag is none.
		const swallow = (/** @type {Event} */ click) => click.stopPropagation();
		addEventListener("click", swallow, { capture: true, once: true });
		setTimeout(() => removeEventListener("click", swallow, { capture: true }));
	}
}
