/**
 * The labels, offered at what is selected: below it, above where keys go on downwards from there, or for a thumb at
 * the foot of the screen.
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
const HEADER = 64;

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
	/** Where it goes is measured: with the next picture, which lays the page out anyway. @param {import("./canvas.js").How} how */
	const later = (how) => {
		cancelAnimationFrame(frame);
		frame = requestAnimationFrame(() => show(how));
	};
	canvas.on("selected", later);
	canvas.on("chosen", () => !bar.hidden && later({}));

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
		place(selection, !!byKey && canvas.caret.goesOn);
	}

	/** @param {import("./canvas.js").Stretch} selection @param {boolean} above the next lines are still to be read */
	function place({ start, end }, above) {
		const rects = canvas.positions.range(start, end).getClientRects();
		const [first, last] = [rects[0], rects[rects.length - 1]];
		const frame = bar.offsetParent?.getBoundingClientRect();
		if (!first || !frame) return;
		const top = first.top - bar.offsetHeight - GAP;
		const gap = canvas.byTouch ? KNOB : GAP;
		const isAbove = above && top > HEADER;
		const room = frame.width - bar.offsetWidth - GAP;
		const left = isAbove ? first.left : last.right - bar.offsetWidth / 2;
		bar.style.left = `${Math.max(GAP, Math.min(left - frame.left, room))}px`;
		bar.style.top = `${(isAbove ? top : last.bottom + gap) - frame.top}px`;
	}
}
