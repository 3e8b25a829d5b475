/**
 * To the next article of the queue and to the one before, by key or by the links there. What was done goes
 * along: nothing leaves the page before it is kept.
 */

import { t } from "../words.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */

/** How long leaving waits for the server: what it does not have then is kept on the device. */
const PATIENCE = 1500;

/** Everything is kept, and with the server if it answers soon. @param {Canvas} canvas */
async function settled({ session }) {
	const { activeElement } = document;
	// What is being written is kept when it is left.
	if (activeElement instanceof HTMLElement && activeElement.matches("textarea, input")) activeElement.blur();
	await session.kept;
	await Promise.race([session.settle(), new Promise((done) => setTimeout(done, PATIENCE))]);
}

/** Fetch a page before it is asked for: one that somebody has begun, as a visit would begin it. @param {HTMLAnchorElement} link */
function prefetch({ href }) {
	const nonce = document.querySelector("script[nonce]");
	if (!(nonce instanceof HTMLScriptElement) || !HTMLScriptElement.supports?.("speculationrules")) return;
	const rules = document.createElement("script");
	rules.type = "speculationrules";
	rules.nonce = nonce.nonce;
	rules.textContent = JSON.stringify({ prefetch: [{ urls: [href], eagerness: "immediate" }] });
	document.head.append(rules);
}

/** @param {Canvas} canvas @param {import("../keyboard.js").Keyboard} keyboard */
export function articles(canvas, keyboard) {
	for (const [rel, command, none] of [
		["next", "nextArticle", t("There is no next article in your queue.")],
		["prev", "previousArticle", t("There is no previous article in your queue.")],
	]) {
		const link = document.querySelector(`.beside a[rel=${rel}]`);
		keyboard.on(command, () => {
			if (link instanceof HTMLAnchorElement) void go(link);
			else canvas.say(none);
		});
		if (!(link instanceof HTMLAnchorElement)) continue;
		link.addEventListener("click", (event) => {
			if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
			event.preventDefault();
			void go(link);
		});
		if (rel === "next" && link.dataset.state) prefetch(link);
	}
	const [visit] = performance.getEntriesByType("navigation");
	// Fetched some time ago: others may have written since.
	if (visit && "deliveryType" in visit && visit.deliveryType === "navigational-prefetch")
		void canvas.session.refresh().catch(() => {});

	/** @param {HTMLAnchorElement} link */
	async function go({ href }) {
		canvas.announce(t("Going to the other article."));
		await settled(canvas);
		location.assign(href);
	}
}
