/**
 * The labels, offered at what is selected: below it; at the foot of the screen for a thumb, and for keys that may go on
 * in either direction, which have to see what they come to.
 */

import { build, keycap } from "./element.js";
import { quoteOf } from "./fragments.js";
import { NARROW } from "./reveal.js";
import { t, within } from "./words.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */
/** @typedef {import("./keyboard.js").Keyboard} Keyboard */

const GAP = 10;
/** Below what was selected with a finger hang the knobs. */
const KNOB = 46;

/** @param {Canvas} canvas @param {Keyboard} keyboard */
export function palette(canvas, keyboard) {
	const bar = build("div", {
		class: "palette",
		role: "toolbar",
		"aria-label": t("Mark the selected words"),
		hidden: true,
	});
	canvas.text.parentElement?.append(bar);
	// A press must not take the selection or the focus away.
	bar.addEventListener("pointerdown", (event) => event.preventDefault());
	let frame = 0;
	/** @type {import("./canvas.js").How} */
	let last = {};
	/** Where it goes is measured: with the next picture, which lays the page out anyway. @param {import("./canvas.js").How} how */
	const later = (how) => {
		last = how;
		cancelAnimationFrame(frame);
		frame = requestAnimationFrame(() => show(how));
	};
	canvas.on("selected", later);
	canvas.on("chosen", () => !bar.hidden && later(last));

	/** @param {string} title @param {string | undefined} key @param {import("./keys.js").Deed} deed @param {number} [slot] */
	const button = (title, key, deed, slot) =>
		build(
			"button",
			{ type: "button", "data-slot": slot, "aria-keyshortcuts": key, onclick: () => keyboard.do(deed) },
			title,
			" ",
			keycap(key),
		);

	/** @param {boolean} byKey */
	function buttons(byKey) {
		const { scheme, keymap, subject, selection } = canvas;
		// The mouse lets go of a span by a click elsewhere; the caret cannot but leave it.
		const object = byKey ? canvas.marking.object : subject;
		const labelled = (/** @type {string} */ command) =>
			scheme.offered.map(({ name, key }) =>
				button(scheme.title(name), key, { command, argument: name }, scheme.slot(name)),
			);
		if (!canvas.editable) {
			const key = keymap.keyOf("missing");
			const isOpen = key && canvas.may && canvas.session.set.state === "submitted";
			return isOpen ? [build("span", {}, t("Missing"), " ", keycap(key)), ...labelled("missing")] : [];
		}
		const labels = labelled("mark");
		if (!object || !selection) return labels;
		const what = subject
			? t("the {label}", { label: within(scheme.title(subject.label)) })
			: `“${quoteOf(object.fragments, 24)}”`;
		const isInside = object.fragments.some((each) => each.start < selection.end && selection.start < each.end);
		return [
			...labels,
			build("hr"),
			button(t("Add to {what}", { what }), keymap.keyOf("addFragment"), { command: "addFragment" }),
			...(isInside ? [button(t("Cut out"), keymap.keyOf("cut"), { command: "cut" })] : []),
		];
	}

	/** @param {import("./canvas.js").How} how */
	function show({ byTouch, byKey }) {
		const { selection } = canvas;
		const offered = selection ? buttons(!!byKey) : [];
		bar.hidden = !offered.length;
		if (!selection || !offered.length) return;
		bar.replaceChildren(...offered);
		bar.classList.toggle("thumb", !!byTouch || matchMedia(NARROW).matches);
		bar.classList.toggle("docked", !!byKey);
		// It takes no room: the page is as long with it as without, and nothing jumps when it goes.
		bar.style.marginBottom = `${-bar.offsetHeight}px`;
		place(selection);
	}

	/** @param {import("./canvas.js").Stretch} selection */
	function place({ start, end }) {
		const rects = canvas.positions.range(start, end).getClientRects();
		const line = rects[rects.length - 1];
		const frame = bar.offsetParent?.getBoundingClientRect();
		if (!line || !frame) return;
		const gap = canvas.byTouch ? KNOB : GAP;
		const left = line.right - bar.offsetWidth / 2 - frame.left;
		bar.style.left = `${Math.max(GAP, Math.min(left, frame.width - bar.offsetWidth - GAP))}px`;
		bar.style.top = `${line.bottom + gap - frame.top}px`;
	}
}
