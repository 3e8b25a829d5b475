/** From a span along its links, and back. */

import { linksOf, naming } from "../lookup.js";
import { t } from "../words.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */
/** @typedef {import("../state.js").State} State */

/** The spans that a span is tied to: at the other end of a link or named in one, or whose link names it. @param {State} state @param {string} id */
export function tiedTo(state, id) {
	const ends = linksOf(state, id).flatMap(({ from, to, attributes }) =>
		from === id ? [to, ...Object.values(attributes).map(String)] : [from],
	);
	const found = new Set([...ends, ...naming(state, id).map(({ from }) => from)]);
	return [...found].filter((each) => state.spans.has(each));
}

/** Along the links of a span: to all that it is tied to, one after the other, and back. @param {Canvas} canvas */
export function following(canvas) {
	/** @type {string[]} */
	let round = [];
	/** @type {string | null} */
	let here = null;
	return () => {
		const { chosen, state } = canvas;
		if (!chosen) return canvas.say(t("Choose a span first."));
		if (chosen !== here) round = [chosen, ...tiedTo(state, chosen)];
		if (round.length < 2) return canvas.say(t("It is linked with nothing."));
		here = round[(round.indexOf(chosen) + 1) % round.length];
		canvas.choose(here, { reveal: true });
	};
}
