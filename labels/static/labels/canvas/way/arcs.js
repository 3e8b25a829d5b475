/**
 * Over the text: the outline of the chosen span, arcs from it to those it is linked with (for a partner out of
 * view a stub with its words), and the line from a handle that is being dragged.
 */

import { part } from "../element.js";
import { linksOf } from "../lookup.js";
import { Stubs } from "./stubs.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */
/** @typedef {{x: number, top: number, bottom: number, rtl?: boolean}} Spot of a span, in the layer's own measure */

const SVG = "http://www.w3.org/2000/svg";
const STUB = 26;
const EDGE = 1.5;
/** Below the second rule: what hangs in the gap under a line begins there. */
const FOOT = -4.5;
const HEADER = 60;
const GAP = 6;

/** @param {string} tag @param {Record<string, string | number>} attributes */
function shape(tag, attributes) {
	const element = document.createElementNS(SVG, tag);
	for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
	return element;
}

/** A curve above the line of text from one spot to another, as far up as they are apart. @param {Spot} from @param {Spot} to */
export function curve(from, to) {
	const [x1, y1, x2, y2] = [from.x, from.top, to.x, to.top];
	const lift = Math.min(16 + Math.abs(x2 - x1) / 10 + Math.abs(y2 - y1) / 14, 44);
	const high = Math.min(y1, y2) - lift;
	return `M${x1} ${y1}C${x1} ${high} ${x2} ${high} ${x2} ${y2 - 3}`;
}

/**
 * One line around words that run over several lines of text.
 * @param {{left: number, right: number, top: number, bottom: number}[]} lines from the top, those on one line joined
 */
export function around(lines) {
	const right = lines.flatMap(({ right, top, bottom }, index) => {
		const low = lines[index + 1]?.top ?? bottom;
		return [`${right} ${top}`, `${right} ${low}`];
	});
	const left = lines.flatMap(({ left, top, bottom }, index) => {
		const low = lines[index + 1]?.top ?? bottom;
		return [`${left} ${top}`, `${left} ${low}`];
	});
	return `M${right.join("L")}L${left.reverse().join("L")}Z`;
}

/** Boxes that stand on one line of text, joined. @param {Iterable<DOMRect>} boxes @param {DOMRect} origin */
export function linesOf(boxes, origin) {
	/** @type {{left: number, right: number, top: number, bottom: number}[]} */
	const lines = [];
	for (const box of boxes) {
		if (!box.width) continue;
		const [left, right] = [box.left - origin.left - EDGE, box.right - origin.left + EDGE];
		const [top, bottom] = [box.top - origin.top - EDGE, box.bottom - origin.top + FOOT];
		const last = lines.at(-1);
		if (last && top < (last.top + last.bottom) / 2) {
			last.left = Math.min(last.left, left);
			last.right = Math.max(last.right, right);
		} else lines.push({ left, right, top, bottom });
	}
	return lines;
}

/** With more links than so many only the nearest partners have a line each. */
const MOST = 4;

/**
 * The partners of a span that have a line of their own, and the others in bundles: those before it in the text, and
 * those behind. One over is no bundle.
 * @template {{start: number}} End @param {End[]} ends @param {number} start of the span @param {number} [most]
 */
export function bundled(ends, start, most = MOST) {
	if (ends.length <= most + 1) return { alone: ends, up: [], down: [] };
	const near = [...ends].sort((a, b) => Math.abs(a.start - start) - Math.abs(b.start - start));
	const rest = near.slice(most).sort((a, b) => a.start - b.start);
	const sides = [rest.filter((each) => each.start < start), rest.filter((each) => each.start >= start)];
	const [up, down] = sides.map((each) => (each.length > 1 ? each : []));
	return { alone: ends.filter((each) => !up.includes(each) && !down.includes(each)), up, down };
}

/** @param {Canvas} canvas */
export function arcs(canvas) {
	const layer = /** @type {HTMLElement} */ (canvas.root.querySelector("[data-part=layer]"));
	const svg = shape("svg", { class: "arcs", "aria-hidden": "true" });
	layer.append(svg);
	const stubs = new Stubs(canvas, layer);
	/** @type {{x: number, y: number, id: string | null} | null} */
	let aim = null;
	let waiting = 0;
	/** The span whose bundles are open. @type {string | null} */
	let open = null;
	const soon = () => {
		if (waiting) return;
		waiting = requestAnimationFrame(() => {
			waiting = 0;
			draw();
		});
	};
	for (const event of ["chosen", "painted"]) canvas.on(event, soon);
	canvas.on("aimed", (detail) => {
		aim = detail;
		soon();
	});
	// What appears above the text moves it, and makes the room around it higher.
	new ResizeObserver(soon).observe(layer);
	addEventListener("scroll", () => (svg.childElementCount || aim) && soon(), { passive: true });

	// Something was chosen before this was here.
	soon();

	function draw() {
		svg.replaceChildren();
		stubs.begin();
		if (canvas.subject) drawAround(canvas.subject);
		stubs.end();
	}

	/** @param {import("../state.js").Span} span */
	function drawAround(span) {
		const links = linksOf(canvas.state, span.id);
		const origin = layer.getBoundingClientRect();
		for (const piece of canvas.painter.pieces(span.id)) {
			const lines = linesOf(
				piece.flatMap((each) => [...each.getClientRects()]),
				origin,
			);
			if (lines.length) svg.append(shape("path", { class: "around", d: around(lines) }));
		}
		const from = spot(span, origin);
		const others = links
			.map((link) => canvas.state.spans.get(link.from === span.id ? link.to : link.from))
			.filter((each) => each !== undefined);
		const ends = others.map((other) => ({ other, start: other.fragments[0].start }));
		const { alone, up, down } = bundled(ends, span.fragments[0].start, open === span.id ? Infinity : MOST);
		for (const { other } of alone) svg.append(...arc(from, other, origin));
		for (const rest of [up, down]) if (rest.length) svg.append(bundle(span, rest, rest === up, from, origin));
		if (aim)
			svg.append(
				shape("path", { class: "aim", d: curve(from, { x: aim.x - origin.left, top: aim.y - origin.top, bottom: 0 }) }),
			);
	}

	/** Where the text ends on the screen: on a narrow one at the card. @param {DOMRect} origin */
	function room(origin) {
		const card = part(canvas.root, "[data-part=card]").getBoundingClientRect();
		return card.height && card.left <= origin.left ? card.top : innerHeight;
	}

	/** Near where it begins. @param {import("../state.js").Span} span @param {DOMRect} origin @returns {Spot} */
	function spot({ fragments: [{ start, end }] }, origin) {
		const box = canvas.positions.range(start, end).getClientRects()[0] ?? new DOMRect();
		const rtl = canvas.positions.isRtl(start);
		const inside = Math.min(box.width / 2, 40);
		const x = (rtl ? box.right - inside : box.left + inside) - origin.left;
		return { x, top: box.top - origin.top, bottom: box.bottom - origin.top, rtl };
	}

	/** @param {Spot} from @param {import("../state.js").Span} other @param {DOMRect} origin */
	function arc(from, other, origin) {
		const to = spot(other, origin);
		const slot = canvas.scheme.slot(other.label);
		const [top, bottom] = [HEADER - origin.top, room(origin) - origin.top];
		if (to.bottom > top && to.top < bottom) return [shape("path", { "data-slot": slot, d: curve(from, to) })];
		const up = to.top < from.top;
		const line = stem(from, up, top, bottom);
		// Its words stand at the edge of the screen that it lies beyond, not on the words one reads.
		stubs.place(other, up, from, up ? top + GAP : bottom - GAP);
		return [shape("path", { "data-slot": slot, d: line })];
	}

	/** A short line from a span towards what cannot be seen. @param {Spot} from @param {boolean} up @param {number} top @param {number} bottom of what can be seen */
	function stem(from, up, top, bottom) {
		const edge = up ? Math.max(from.top - STUB, top + 14) : Math.min(from.bottom + STUB, bottom - 14);
		return `M${from.x} ${up ? from.top : from.bottom}V${edge}`;
	}

	/**
	 * One thick line for all the others on one side, and how many they are.
	 * @param {import("../state.js").Span} span @param {{other: import("../state.js").Span}[]} rest @param {boolean} up @param {Spot} from @param {DOMRect} origin
	 */
	function bundle(span, rest, up, from, origin) {
		const [top, bottom] = [HEADER - origin.top, room(origin) - origin.top];
		const unfold = () => {
			open = span.id;
			canvas.text.focus({ preventScroll: true });
			draw();
		};
		const spans = rest.map((each) => each.other);
		stubs.placeBundle(spans, up, unfold, from, up ? top + GAP : bottom - GAP);
		return shape("path", { class: "bundle", d: stem(from, up, top, bottom) });
	}
}
