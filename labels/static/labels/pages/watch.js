/**
 * What changes while it is looked at is fetched again and again, until it leads elsewhere.
 *
 * <section data-watch>…</section>
 * <section data-watch="?where=else">…</section> is fetched from elsewhere, where to look at the page would begin something.
 */

const EVERY = 1000;

/** @param {HTMLElement} area */
async function look(area) {
	const answer = await fetch(area.dataset.watch || location.href, { headers: { accept: "text/html" } });
	if (answer.redirected) {
		location.replace(answer.url);
		return;
	}
	const page = new DOMParser().parseFromString(await answer.text(), "text/html");
	const found = page.querySelector("[data-watch]");
	if (!answer.ok || !(found instanceof HTMLElement)) {
		location.reload();
		return;
	}
	area.replaceChildren(...found.childNodes);
	settle(area);
}

/** @param {HTMLElement} area */
function settle(area) {
	for (const each of area.querySelectorAll(".unscripted")) each.remove();
	// A server that is not there for a moment is asked again.
	setTimeout(() => look(area).catch(() => settle(area)), EVERY);
}

for (const area of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-watch]"))) {
	settle(area);
}
