/**
 * What the server did not take: a list that stays until it is dismissed, each line leading to its place. Undo
 * dismisses what was refused just now.
 */

import { build, part } from "./element.js";
import { quoteOf } from "./fragments.js";
import { NARROW } from "./reveal.js";
import { turnBack } from "./turning.js";
import { counted, t, within } from "./words.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */

/** @type {Record<string, string>} */
const ACTS = {
	add: t("Mark"),
	move: t("Move"),
	relabel: t("Rename"),
	set: t("Change"),
	delete: t("Delete"),
	restore: t("Bring back"),
	review: t("Verdict"),
	comment: t("Comment"),
};

/** A change in words, and the place it is about. @param {Canvas} canvas @param {import("./store.js").Row} row */
export function told(canvas, { kind, data }) {
	const { op = kind, id, fragments, label, proposal } = data;
	const span = canvas.session.view.spans.get(data.span ?? data.from ?? id);
	/** @type {import("./state.js").Fragment[] | undefined} */
	const where = fragments ?? proposal?.fragments ?? span?.fragments;
	const act = ACTS[op.split("_")[0]] ?? op;
	const what = label ? within(canvas.scheme.title(label)) : op.endsWith("relation") ? t("link") : "";
	const words = where ? `“${quoteOf(where, 50)}”` : "";
	return { text: [act, what, words].filter((each) => each).join(" "), where, span };
}

/** @param {Canvas} canvas @param {import("./keyboard.js").Keyboard} keyboard */
export function refusals(canvas, keyboard) {
	const notice = build("div", { class: "notice bad refusals", role: "alert", hidden: true });
	// Beside the text, where there is room: what was refused must not cover what is read.
	part(canvas.root, `[data-part=${matchMedia(NARROW).matches ? "notices" : "outline"}]`).prepend(notice);
	let before = 0;
	/** What was refused since anything else was done. @type {import("./store.js").Row[]} */
	let fresh = [];
	canvas.session.addEventListener("kept", () => (fresh = []));
	keyboard.on("undo", () => {
		const row = fresh.pop();
		if (!row) return turnBack(canvas, "undo");
		void canvas.session.outbox?.dismiss(row);
		return canvas.say(t("Dismissed: it was not saved anyway."));
	});
	canvas.session.addEventListener("refused", () => {
		const rows = canvas.session.outbox?.refused ?? [];
		notice.hidden = !rows.length;
		notice.replaceChildren(
			build("b", {}, counted(rows.length, "{n} change could not be saved", "{n} changes could not be saved")),
			build("ul", {}, ...rows.map((row) => line(row))),
		);
		const last = rows[rows.length - 1];
		if (rows.length > before && last) refuse(last);
		before = rows.length;
	});

	/** Say why; the words are selected again, for another try. @param {import("./store.js").Row} row */
	function refuse(row) {
		const { data, refused } = row;
		fresh.push(row);
		if (data.op === "add_span" && !canvas.selection && !canvas.chosen && !canvas.mode) canvas.select(data.fragments[0]);
		canvas.say(refused || t("This could not be saved."));
	}

	/** @param {import("./store.js").Row} row */
	function line(row) {
		const { text, where, span } = told(canvas, row);
		const show = () => {
			if (!where) return;
			if (span) canvas.choose(span.id, { reveal: true });
			else canvas.select(where[0]);
			canvas.reveal(where[0]);
		};
		return build(
			"li",
			{},
			`${text}: ${row.refused} `,
			where && build("button", { type: "button", class: "button small", onclick: show }, t("Show")),
			" ",
			build(
				"button",
				{ type: "button", class: "button small quiet", onclick: () => canvas.session.outbox?.dismiss(row) },
				t("Dismiss"),
			),
		);
	}
}
