/** A bar at the foot of the screen for what goes on over the text, and the words around a place in it. */

import { build, keycap } from "../element.js";
import { t } from "../words.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */
/** @typedef {import("../article.js").Stretch} Stretch */

const AROUND = 28;

/** @param {Canvas} canvas @param {string} name */
export function openBar(canvas, name) {
	const bar = build("div", { class: "linking seeking", role: "group", "aria-label": name });
	// A press must not take the focus away.
	bar.addEventListener("pointerdown", (event) => {
		if (!(event.target instanceof HTMLInputElement)) event.preventDefault();
	});
	canvas.tell("hush");
	canvas.root.append(bar);
	return bar;
}

/** @param {string} key @param {import("../element.js").Child | Node[]} title @param {() => void} act @param {string} [name] */
export function barButton(key, title, act, name) {
	const properties = { type: "button", class: "option", onclick: act, "aria-label": name, "aria-keyshortcuts": key };
	return build("button", properties, keycap(key), " ", title);
}

/** Two choices on one button, the one that holds in strong letters. @param {string} key @param {[string, string]} choices @param {boolean} second whether it is the second @param {() => void} act */
export function eitherButton(key, choices, second, act) {
	const words = choices.map((each, at) => build(at === Number(second) ? "b" : "span", {}, each));
	const now = choices[Number(second)];
	return barButton(
		key,
		build("span", { class: "either" }, words[0], " / ", words[1]),
		act,
		t("{choice}: switch", { choice: now }),
	);
}

/** The words before a place in its paragraph, those at it, and those behind. @param {Canvas} canvas @param {Stretch} stretch */
export function surroundings({ article }, { start, end }) {
	const paragraph = article.paragraphs[article.paragraphAt(start)];
	const from = article.trim({ start: Math.max(start - AROUND, paragraph.start), end: start })?.start ?? start;
	const to = article.trim({ start: end, end: Math.min(end + AROUND, paragraph.end) })?.end ?? end;
	const before = article.slice(from, start);
	const behind = article.slice(end, Math.max(to, end));
	return {
		before: from > paragraph.start ? `…${before.replace(/^\S*\s/u, "")}` : before,
		words: article.slice(start, end),
		behind: to < paragraph.end ? `${behind.replace(/\s\S*$/u, "")}…` : behind,
	};
}

/** The same as an element, the words themselves strong. @param {Canvas} canvas @param {Stretch} stretch */
export function shownAround(canvas, stretch) {
	const { before, words, behind } = surroundings(canvas, stretch);
	return build("span", { class: "surroundings", dir: "auto" }, before, build("b", {}, words), behind);
}
