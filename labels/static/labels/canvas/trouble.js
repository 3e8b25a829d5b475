/** Says why changes cannot be sent now, which these are, and what to do about it. */

import { build } from "./element.js";
import { told } from "./refusals.js";
import { signInForm } from "./signin.js";
import { counted, t } from "./words.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */
/** @typedef {import("./outbox.js").Status} Status */

const NOT_KEPT = t(
	"Nothing can be kept on this device: it is a private window, or the disk is full. Changes are saved as long as this page is open. Close it only when it says “All changes saved”.",
);

/** What is on the way is kept, and taken in the names of now. */
const CHANGED = t("The scheme was changed. Reload this page to go on with it; nothing is lost.");

/** @param {Canvas} canvas */
export function trouble(canvas) {
	const { session } = canvas;
	const why = build("p");
	const what = build("ul", { class: "waiting" });
	const todo = build("div");
	const notice = build("div", { class: "notice warn", role: "alert", hidden: true }, why, what, todo);
	const unkept = build("p", { class: "notice warn", role: "status", hidden: true }, NOT_KEPT);
	const anew = build(
		"button",
		{ type: "button", class: "button small", onclick: () => location.reload() },
		t("Reload"),
	);
	const changed = build("p", { class: "notice warn", role: "alert", hidden: true }, CHANGED, " ", anew);
	canvas.root.querySelector("[data-part=notices]")?.append(notice, unkept, changed);
	session.addEventListener("scheme", () => (changed.hidden = false));
	/** @type {{status: Status, why: string}} */
	let now = { status: "saved", why: "" };
	/** @type {Status} */
	let shown = "saved";
	session.addEventListener("status", (event) => {
		now = /** @type {CustomEvent} */ (event).detail;
		explain();
	});
	session.addEventListener("kept", explain);

	function explain() {
		const { status, why: reason } = now;
		unkept.hidden = session.outbox?.store.lasting ?? true;
		if (status === "saving") return;
		notice.hidden = status === "saved" || status === "kept";
		if (!notice.hidden) {
			why.textContent = `${because(status, reason)} ${kept()}`;
			what.replaceChildren(...(status === "signed_out" ? [] : lines()));
			// Somebody may be typing a password there.
			if (status !== shown) todo.replaceChildren(...ways(status));
		}
		shown = status;
	}

	/** @param {Status} status @param {string} reason */
	function because(status, reason) {
		if (status === "signed_out") return t("You are no longer signed in as {name}.", { name: canvas.boot.me.username });
		return status === "forbidden" ? t("This cannot be saved as you are signed in now: {reason}", { reason }) : reason;
	}

	function kept() {
		const { waiting } = session;
		if (!waiting) return "";
		return session.outbox?.store.lasting
			? counted(waiting, "{n} change is kept on this device.", "{n} changes are kept on this device.")
			: counted(
					waiting,
					"{n} change is not saved yet: leave this page open.",
					"{n} changes are not saved yet: leave this page open.",
				);
	}

	/** @param {Status} status */
	function ways(status) {
		const again = () => void session.drain?.run();
		const retry = build("button", { type: "button", class: "button small", onclick: again }, t("Try again"));
		return status === "signed_out" ? [signInForm(canvas.boot, again), retry] : [retry];
	}

	/** What could not be saved, each with a way to give it up. */
	function lines() {
		return (session.outbox?.rows ?? []).map((row) => {
			const discard = async () => {
				await session.outbox?.dismiss(row);
				await session.drain?.run();
			};
			const button = build("button", { type: "button", class: "button small quiet", onclick: discard }, t("Discard"));
			return build("li", {}, `${told(canvas, row).text} `, button);
		});
	}
}
