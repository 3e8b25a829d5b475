/** How far the review has come: "5 of 14 looked at". */

import { t } from "../words.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */
/** @typedef {import("../reviews.js").Reviews} Reviews */

/** @param {Canvas} canvas @param {Reviews} reviews */
export function tally(canvas, reviews) {
	const spans = [...canvas.session.view.spans.values()];
	const said = { accept: 0, fix: 0, reject: 0, missing: 0, open: 0 };
	const { latest } = reviews;
	for (const span of spans) {
		const verdict = reviews.isLookedAt(span) ? latest.get(span.id)?.verdict : undefined;
		said[verdict ?? "open"]++;
	}
	said.missing = reviews.all.filter((each) => each.verdict === "missing").length;
	return { ...said, total: spans.length };
}

/** @param {Canvas} canvas @param {Reviews} reviews */
export function progress(canvas, reviews) {
	const place = document.querySelector("[data-part=progress]");
	const show = () => {
		const { open, total } = tally(canvas, reviews);
		if (place)
			place.textContent = total
				? t("{n} of {all} looked at", { n: total - open, all: total })
				: t("Nothing was marked");
	};
	for (const event of ["reviews", "painted", "set"]) canvas.on(event, show);
	show();
}
