/** Says in words how safe the work is, and what to do where it cannot be sent. */

import { build } from "./element.js";
import { counted } from "./marking.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */

/** @param {number} waiting @param {import("./outbox.js").Status} status @param {boolean} lasting @param {number} [refused] */
export function wording(waiting, status, lasting, refused = 0) {
	if (!waiting && refused) return `${counted(refused, "change")} could not be saved`;
	if (!waiting) return "All changes saved";
	if (status === "saved" || status === "saving") return "Saving…";
	return lasting ? `${counted(waiting, "change")} kept on this device` : `${counted(waiting, "change")} not saved yet`;
}

/** @param {Canvas} canvas */
export function saved(canvas) {
	const { session } = canvas;
	const place = document.querySelector("[data-part=saved]");
	const notice = build("div", { class: "notice warn", role: "alert", hidden: true });
	canvas.root.querySelector("[data-part=notices]")?.append(notice);
	let said = "";
	for (const event of ["status", "sent", "changed", "refused"]) session.addEventListener(event, () => show());
	session.addEventListener("status", (event) => explain(/** @type {CustomEvent} */ (event).detail));
	addEventListener("beforeunload", (event) => {
		// In memory alone it would be lost; on disk it goes out when the page comes back.
		if (session.waiting && !session.outbox?.store.lasting) event.preventDefault();
	});

	function show() {
		const status = session.drain?.status ?? "saved";
		const refused = session.outbox?.refused.length ?? 0;
		const text = wording(session.waiting, status, session.outbox?.store.lasting ?? false, refused);
		if (!place || text === place.textContent) return;
		place.textContent = text;
		place.setAttribute("data-state", text === "Saving…" ? "saving" : session.waiting || refused ? "kept" : "saved");
		// Saving is so quick that only what lasts is worth saying.
		if (text !== "Saving…" && said !== text && (said || session.waiting)) canvas.announce(text);
		if (text !== "Saving…") said = text;
	}

	/** @param {{status: import("./outbox.js").Status, why: string}} detail */
	function explain({ status, why }) {
		if (status === "saving") return;
		notice.hidden = status === "saved" || status === "kept";
		if (notice.hidden) return;
		const kept = `${counted(session.waiting, "change")} ${session.waiting === 1 ? "is" : "are"} kept on this device.`;
		const again = build(
			"button",
			{ type: "button", class: "button small", onclick: () => session.drain?.run() },
			"Try again",
		);
		const { sign_in } = canvas.boot.urls;
		const next = `${sign_in}?next=${encodeURIComponent(location.pathname)}`;
		/** @type {Partial<Record<import("./outbox.js").Status, (Node | string)[]>>} */
		const words = {
			signed_out: [
				`You are no longer signed in. ${kept} `,
				build("a", { class: "button small", href: next, target: "_blank", rel: "opener" }, "Sign in"),
				", then come back here: what is kept is sent by itself. ",
				again,
			],
			forbidden: [`This cannot be saved as you are signed in now: ${why} ${kept} `, again],
			closed: [`${why} ${kept} `, again],
		};
		notice.replaceChildren(...(words[status] ?? []));
	}
}
