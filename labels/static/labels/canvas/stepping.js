/** Going from span to span, picking the one at the caret, leaving step by step, text to list and back. */

import { covering, neighbour } from "./lookup.js";
import { t } from "./words.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */
/** @typedef {import("./state.js").Span} Span */

/**
 * The next span in the text, as far as wanted.
 * @param {Canvas} canvas @param {1 | -1} step @param {(span: Span) => boolean} [wanted]
 */
export function stepTo(canvas, step, wanted) {
	const { state, subject, caret, text } = canvas;
	const point = caret.word ? (step > 0 ? caret.word.start : caret.word.end) : 0;
	const span = neighbour(state, subject, point, step, wanted);
	if (!span) return false;
	canvas.select(null);
	canvas.choose(span.id, { reveal: true });
	if (!document.activeElement?.closest("[role=listbox]")) text.focus({ preventScroll: true });
	return true;
}

/**
 * Keys that go to what is still to be done; where no span is left, to what is proposed.
 * @param {Canvas} canvas @param {import("./keyboard.js").Keyboard} keyboard @param {(span: Span) => boolean} isOpen
 */
export function stepToOpen(canvas, keyboard, isOpen) {
	const go = (/** @type {1 | -1} */ step) => {
		if (stepTo(canvas, step, isOpen)) return;
		canvas.choose(null);
		// The card is drawn anew first, with what is proposed.
		queueMicrotask(() => {
			const take = canvas.root.querySelector(".proposals .take");
			if (take instanceof HTMLElement) take.focus();
			else canvas.say(t("Nothing is left to do here."));
		});
	};
	keyboard.on("nextOpen", () => go(1));
	keyboard.on("previousOpen", () => go(-1));
}

/** Choose the span at the caret; again, the one around it. @param {Canvas} canvas */
function pick(canvas) {
	const { caret, state, chosen } = canvas;
	if (!caret.word) return;
	const ids = covering(state, caret.word.start).map((each) => each.id);
	if (!ids.length) return canvas.say(t("There is no span here."));
	canvas.choose(ids[(ids.indexOf(chosen ?? "") + 1) % ids.length]);
	canvas.tell("here", caret.word.start);
}

/** @param {Canvas} canvas */
function leave(canvas) {
	if (canvas.mode) canvas.mode.close();
	else if (canvas.selection) canvas.select(null);
	else if (canvas.draft) canvas.draft.drop();
	else canvas.choose(null);
	canvas.text.focus({ preventScroll: true });
}

/** @param {Canvas} canvas @param {import("./keyboard.js").Keyboard} keyboard */
export function stepping(canvas, keyboard) {
	const nothing = () => canvas.say(t("Nothing is marked yet."));
	keyboard.on("next", () => void (stepTo(canvas, 1) || nothing()));
	keyboard.on("previous", () => void (stepTo(canvas, -1) || nothing()));
	keyboard.on("pick", () => pick(canvas));
	keyboard.onDemand("follow", async () => {
		const { following } = await import("./edit/following.js");
		return following(canvas);
	});
	keyboard.on("escape", () => leave(canvas));
	keyboard.on("list", () => {
		const list = canvas.root.querySelector("[role=listbox]");
		const there = list instanceof HTMLElement && !list.contains(document.activeElement) ? list : canvas.text;
		there.focus({ preventScroll: there === canvas.text });
	});
}
