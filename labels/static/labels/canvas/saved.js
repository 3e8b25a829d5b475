/** Says in words how safe the work is. */

import { counted, t } from "./words.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */

const SAVING = t("Saving…");

/** @param {number} waiting @param {import("./outbox.js").Status} status @param {boolean} lasting @param {number} [refused] */
export function wording(waiting, status, lasting, refused = 0) {
	if (!waiting && refused) return counted(refused, "{n} change could not be saved", "{n} changes could not be saved");
	if (!waiting) return t("All changes saved");
	if (status === "saved" || status === "saving") return SAVING;
	return lasting
		? counted(waiting, "{n} change kept on this device", "{n} changes kept on this device")
		: counted(waiting, "{n} change not saved yet", "{n} changes not saved yet");
}

/** @param {Canvas} canvas */
export function saved(canvas) {
	const { session } = canvas;
	const place = document.querySelector("[data-part=saved]");
	let said = "";
	for (const event of ["foreseen", "kept", "status", "sent", "changed", "refused"])
		session.addEventListener(event, () => show());
	addEventListener("beforeunload", (event) => {
		// In memory alone it would be lost; on disk it goes out when the page comes back.
		if ((session.isKeeping || session.waiting) && !session.outbox?.store.lasting) event.preventDefault();
	});

	function show() {
		const status = session.drain?.status ?? "saved";
		const refused = session.outbox?.refused.length ?? 0;
		const lasting = session.outbox?.store.lasting ?? false;
		// Until the disk has it, nothing may be said to be kept.
		const text = session.isKeeping ? SAVING : wording(session.waiting, status, lasting, refused);
		if (!place || text === place.textContent) return;
		place.textContent = text;
		place.setAttribute("data-state", text === SAVING ? "saving" : session.waiting || refused ? "kept" : "saved");
		// Saving is so quick that only what lasts is worth saying.
		if (text !== SAVING && said !== text && (said || session.waiting)) canvas.tell("say", { text, aside: true });
		if (text !== SAVING) said = text;
	}
}
