/** What the server did not take: a list that stays until it is struck off, each line leading to its place. */

import { build } from "./element.js";
import { quoteOf } from "./fragments.js";
import { counted } from "./marking.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */

/** @type {Record<string, string>} */
const ACTS = { add: "Mark", move: "Move", relabel: "Rename", set: "Change", delete: "Delete", restore: "Bring back" };

/** @param {Canvas} canvas */
export function refusals(canvas) {
	const notice = build("div", { class: "notice bad", role: "alert", hidden: true });
	canvas.root.querySelector("[data-part=notices]")?.append(notice);
	let before = 0;
	canvas.session.addEventListener("refused", () => {
		const rows = canvas.session.outbox?.refused ?? [];
		notice.hidden = !rows.length;
		notice.replaceChildren(
			build("b", {}, `${counted(rows.length, "change")} could not be saved`),
			build("ul", {}, ...rows.map((row) => line(row))),
		);
		const last = rows[rows.length - 1];
		if (rows.length > before && last) canvas.say(last.refused || "This could not be saved.");
		before = rows.length;
	});

	/** @param {import("./store.js").Row} row */
	function line(row) {
		const { op = row.kind, id, fragments, label, proposal } = row.data;
		const span = canvas.session.view.spans.get(row.data.span ?? id);
		const where = fragments ?? proposal?.fragments ?? span?.fragments;
		const act = ACTS[op.split("_")[0]] ?? op;
		const what = label ? canvas.scheme.title(label).toLowerCase() : op.endsWith("relation") ? "link" : "";
		const words = where ? ` “${quoteOf(where, 50)}”` : "";
		const show = () => {
			if (span) canvas.choose(span.id, { reveal: true });
			else canvas.select(where[0]);
			canvas.reveal(where[0]);
		};
		return build(
			"li",
			{},
			`${act} ${what}${words}: ${row.refused} `,
			where && build("button", { type: "button", class: "button small", onclick: show }, "Show"),
			" ",
			build(
				"button",
				{ type: "button", class: "button small quiet", onclick: () => canvas.session.outbox?.dismiss(row) },
				"Strike off",
			),
		);
	}
}
