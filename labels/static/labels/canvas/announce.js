/** Says what happened: to a screen reader always, on the screen for a moment where somebody should see it. */

import { build, keycap } from "./element.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */
/** @typedef {import("./keyboard.js").Keyboard} Keyboard */

const SEEN_FOR = 7000;

/** @param {Canvas} canvas @param {Keyboard} keyboard */
export function announcing(canvas, keyboard) {
	const region = () => build("div", { class: "visually-hidden", role: "status", "aria-live": "polite" });
	// How safe the work is would be said in the place of what one has just done: it has a place of its own.
	const [aside, live] = [region(), region()];
	const seen = build("div", { class: "toast", hidden: true });
	canvas.root.append(aside, live, seen);
	let timer = 0;

	canvas.on(
		"say",
		(/** @type {{text: string, action?: import("./canvas.js").Action, seen?: boolean, aside?: boolean}} */ said) => {
			const place = said.aside ? aside : live;
			// The same words twice are said twice only if they differ.
			place.textContent = place.textContent === said.text ? `${said.text}\u00a0` : said.text;
			if (said.seen) show(said.text, said.action);
		},
	);

	canvas.on("hush", () => (seen.hidden = true));
	// What was wrong is right now; what there is to do about it stays.
	canvas.on("chosen", () => (seen.hidden ||= !seen.querySelector("button")));

	/** @param {string} text @param {import("./canvas.js").Action} [action] */
	function show(text, action) {
		const act = () => {
			seen.hidden = true;
			canvas.text.focus({ preventScroll: true });
			if (action) keyboard.do({ command: action.command });
		};
		const button =
			action &&
			build("button", { type: "button", onclick: act }, action.title, " ", keycap(canvas.keymap.keyOf(action.command)));
		seen.replaceChildren(build("span", {}, text), button ?? "");
		seen.hidden = false;
		clearTimeout(timer);
		timer = Number(setTimeout(() => (seen.hidden = true), SEEN_FOR));
	}
}
