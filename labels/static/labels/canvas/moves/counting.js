/** How far the queue is, told anew on a page that stays. */

/** After something was handed in: the server counts, and says it in one's language. */
export async function countAnew() {
	const answer = await fetch(location.pathname).catch(() => null);
	if (!answer?.ok) return;
	const now = new DOMParser().parseFromString(await answer.text(), "text/html");
	for (const place of [".queue > .bar", ".queue > .hint", ".queue [aria-current] > span"]) {
		const [old, fresh] = [document.querySelector(place), now.querySelector(place)];
		if (old && fresh) old.replaceWith(fresh);
	}
}
