/** Takes the last act back, or does it again, and says what it was. */

import { t } from "./words.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */

/** @param {Canvas} canvas @param {"undo" | "redo"} which */
export function turnBack(canvas, which) {
	if (!canvas.editable || canvas.draft) return;
	const { state: before, scheme } = canvas;
	const back = which === "undo";
	const act = canvas.session.turnBack(which, canvas.chosen);
	if (!act) return canvas.say(back ? t("Nothing to undo.") : t("Nothing to redo."));
	const ids = [act.chosen, ...act.fitting.map((each) => each.id)];
	canvas.choose(ids.find((each) => each && canvas.state.spans.has(each)) ?? null, { reveal: true });
	// The words for it are there since the first change; without them, that it was done is said all the same.
	void import("./edit/turned.js").then(
		({ toldOf }) => {
			const what = back
				? toldOf(act.inverse, act.state, before, scheme)
				: toldOf(act.fitting, before, act.state, scheme);
			canvas.say(back ? t("Undone: {what}.", { what }) : t("Done again: {what}.", { what }));
		},
		() => canvas.say(back ? t("Undone.") : t("Done again.")),
	);
	return act.kept;
}
