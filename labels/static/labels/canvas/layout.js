/** Lays out what the label page and the review page share, around one canvas. */

import { announcing } from "./announce.js";
import { Card } from "./card.js";
import { placingChips } from "./chipplaces.js";
import { dragging } from "./drag.js";
import { keyText } from "./element.js";
import { keepingFocus } from "./focus.js";
import { guiding } from "./guiding.js";
import { fetched, idle } from "./idle.js";
import { Keyboard } from "./keyboard.js";
import { Links } from "./links.js";
import { numbering } from "./numbering.js";
import { offering } from "./offering.js";
import { palette } from "./palette.js";
import { refusals } from "./refusals.js";
import { NARROW } from "./reveal.js";
import { Reviews } from "./reviews.js";
import { saved } from "./saved.js";
import { Selecting } from "./selection.js";
import { stepping } from "./stepping.js";
import { reading, replying, thread } from "./thread.js";
import { trouble } from "./trouble.js";
import { unsentOf } from "./unsent.js";

/** @typedef {import("./canvas.js").Canvas} Canvas */
/** @typedef {import("./state.js").Span} Span */
/** @typedef {import("./card.js").Extra} Extra */

/** The page's own buttons do what their key does, and show it. @param {Canvas} canvas @param {Keyboard} keyboard */
function buttons(canvas, keyboard) {
	for (const button of document.querySelectorAll("[data-command]")) {
		const command = button.getAttribute("data-command") ?? "";
		const key = canvas.keymap.keyOf(command);
		const cap = button.querySelector("kbd");
		if (cap && key) cap.textContent = keyText(key);
		if (key) button.setAttribute("aria-keyshortcuts", key);
		button.addEventListener("click", () => keyboard.do({ command }));
	}
	for (const cap of document.querySelectorAll("[data-key]"))
		cap.textContent = keyText(canvas.keymap.keyOf(cap.getAttribute("data-key") ?? "") ?? "");
}

/**
 * What is a page's own: what its list says of a span, what stands on its cards, and how verdicts are shown if
 * there can be any.
 * @typedef {object} Page
 * @property {(span: Span, reviews: Reviews) => string} mark
 * @property {(keyboard: Keyboard, reviews: Reviews) => Extra[]} extras
 * @property {typeof import("./review/verdicts.js").verdicts} [verdicts]
 */

/** @param {Canvas} canvas @param {Page} page */
export function layOut(canvas, { mark, extras, verdicts }) {
	unsentOf(canvas.boot.me.id, canvas.boot.set.id);
	const keyboard = new Keyboard(canvas);
	const reviews = new Reviews(canvas);
	announcing(canvas, keyboard);
	keepingFocus(canvas);
	saved(canvas);
	trouble(canvas);
	new Selecting(canvas);
	palette(canvas, keyboard);
	stepping(canvas, keyboard);
	const links = new Links(canvas, keyboard);
	dragging(canvas, links);
	placingChips(canvas);
	numbering(canvas);
	guiding(canvas, keyboard);
	replying(canvas, keyboard);
	keyboard.onDemand("keys", async () => {
		const { openKeys } = await import("./sheets/keys.js");
		return () => openKeys(canvas);
	});
	keyboard.onDemand("search", async () => {
		const { search } = await import("./edit/searching.js");
		return () => search(canvas);
	});
	keyboard.onDemand("repeat", async () => {
		const { repeatLast } = await import("./edit/repeating.js");
		return () => repeatLast(canvas, keyboard, links);
	});
	keyboard.onDemand("merge", async () => {
		const { mergeSpans } = await import("./edit/shaping.js");
		return () => mergeSpans(canvas);
	});
	keyboard.onDemand("split", async () => {
		const { splitSpan } = await import("./edit/shaping.js");
		return () => splitSpan(canvas);
	});
	keyboard.onDemand("mentions", async () => {
		const { proposeMentions } = await import("./edit/proposing.js");
		return () => proposeMentions(canvas);
	});
	// Whoever has begun to work may lose the network: what changes marks and finds words is fetched while it is there.
	canvas.session.addEventListener("changed", () => idle(() => fetched(() => import("./edit/searching.js"))), {
		once: true,
	});
	const talk = (/** @type {Span | undefined} */ span) => [thread(canvas, reviews, span?.id ?? null)];
	const parts = verdicts?.(canvas, keyboard, reviews) ?? { said: () => [], talk };
	new Card(canvas, keyboard, [...extras(keyboard, reviews), parts.said], parts.talk);
	// The text comes first: what helps to find one's way comes when there is time.
	idle(async () => {
		const { findWay } = await fetched(() => import("./way/way.js"));
		findWay(canvas, keyboard, (span) => mark(span, reviews));
	});
	// Whoever has a mouse, too, need not fetch what fingers need before the text is there.
	if (navigator.maxTouchPoints) idle(async () => (await fetched(() => import("./touch/touch.js"))).touching(canvas));
	if (canvas.boot.mode === "label") offering(canvas, keyboard);
	if (canvas.boot.mode === "label" && canvas.boot.writable) {
		const begun = new AbortController();
		const count = async () => {
			begun.abort();
			(await fetched(() => import("./activity/activity.js"))).timing(canvas.boot);
		};
		for (const each of ["keydown", "pointerdown"]) addEventListener(each, count, { signal: begun.signal });
	}
	refusals(canvas, keyboard);
	buttons(canvas, keyboard);
	if (matchMedia(NARROW).matches)
		for (const fold of canvas.root.querySelectorAll(".side > details")) fold.removeAttribute("open");
	// To take the focus costs a layout: let it be that of the first picture.
	requestAnimationFrame(() => canvas.text.focus({ preventScroll: true }));
	// The first word costs the browser's tables of words: fetch them before somebody waits for one.
	idle(() => canvas.article.partAt("words", 0));
	idle(() => reading(canvas));
	return { keyboard, reviews };
}
