/**
 * The queue keeps its order while one works through it: what is begun or handed in stays where it stood, though the
 * server lists what is begun first. Whoever comes from elsewhere sees the server's order.
 */

import { idle } from "./idle.js";

const KEY = "galley-queue";

/** What is there now in the order of before; what is new follows what it follows now. @param {string[]} before @param {string[]} now */
export function inOldOrder(before, now) {
	const found = before.filter((each) => now.includes(each));
	for (const [at, each] of now.entries())
		if (!found.includes(each)) found.splice(at ? found.indexOf(now[at - 1]) + 1 : 0, 0, each);
	return found;
}

/** @param {Element | null} list of links */
export function keepOrder(list) {
	if (!list) return;
	/** @type {Map<string, Element>} */
	const lines = new Map();
	for (const line of list.children) {
		const link = line.querySelector("a");
		if (link) lines.set(link.pathname, line);
	}
	const now = [...lines.keys()];
	const [visit] = performance.getEntriesByType("navigation");
	const isAgain = visit instanceof PerformanceNavigationTiming && visit.type !== "navigate";
	const isGoingOn = isAgain || now.some((path) => document.referrer === location.origin + path);
	const before = isGoingOn ? JSON.parse(sessionStorage.getItem(KEY) ?? "[]") : [];
	const order = inOldOrder(before, now);
	if (order.some((each, at) => each !== now[at])) list.append(...order.flatMap((each) => lines.get(each) ?? []));
	// The browser makes whoever writes it down wait; the first picture should not.
	idle(() => sessionStorage.setItem(KEY, JSON.stringify(order)));
}
