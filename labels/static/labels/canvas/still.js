/** What was pressed stays under the pointer while all around it is drawn anew: a second press hits the same. */

/** @param {HTMLElement} place what is drawn anew; what can be pressed in it bears `data-keep` */
export function keepingStill(place) {
	/** @type {string | undefined} */
	let keep;
	const rest = () => {
		keep = undefined;
		place.style.padding = "";
	};
	place.addEventListener("pointerdown", ({ target }) => {
		const pressed = target instanceof Element ? target.closest("[data-keep]") : null;
		keep = pressed instanceof HTMLElement ? pressed.dataset.keep : undefined;
	});
	// A finger leaves with every tap.
	place.addEventListener("pointerleave", ({ pointerType }) => pointerType === "mouse" && rest());
	document.addEventListener("keydown", rest);
	// What is dragged out of it is not pressed again; the one who drags it hears of it first.
	addEventListener(
		"pointerup",
		({ clientX, clientY }) => place.contains(document.elementFromPoint(clientX, clientY)) || rest(),
		true,
	);
	const top = () => keep && place.querySelector(`[data-keep="${CSS.escape(keep)}"]`)?.getBoundingClientRect().top;

	/** Draw anew; tells whether something was held. @param {() => void} draw */
	return (draw) => {
		const before = top();
		draw();
		const after = top();
		if (typeof before !== "number" || typeof after !== "number") return false;
		const { paddingTop, paddingBottom } = getComputedStyle(place);
		const aim = place.scrollTop + after - before;
		// Beyond the ends there is nothing to scroll to, unless there is room.
		if (aim < 0) place.style.paddingTop = `${Number.parseFloat(paddingTop) - aim}px`;
		const beyond = aim - (place.scrollHeight - place.clientHeight);
		if (beyond > 0) place.style.paddingBottom = `${Number.parseFloat(paddingBottom) + beyond}px`;
		place.scrollTop = Math.max(aim, 0);
		return true;
	};
}
