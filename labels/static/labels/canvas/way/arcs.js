/**
 * Over the text: the outline of the chosen span, arcs from it to those it is linked with (for a partner out of
 * view a stub with its words), and the line from a handle that is being dragged.
 */

import { part } from "../element.js";
import { linksOf } from "../lookup.js";
import { Stubs } from "./stubs.js";

/** @typedef {import("../canvas.js").Canvas} Canvas */
/** @typedef {{x: number, top: number, bottom: number}} Spot of a span, in the layer's own measure */

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

/** @param {Canvas} canvas */
export function arcs(canvas) {
	const layer = /** @type {HTMLElement} */ (canvas.root.querySelector("[data-part=layer]"));
	const svg = shape("svg", { class: "arcs", "aria-hidden": "true" });
	layer.append(svg);
	const stubs = new Stubs(canvas, layer);
	/** @type {{x: number, y: number, id: string | null} | null} */
	let aim = null;
	let waiting = 0;
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
		for (const link of links) {
			const other = canvas.state.spans.get(link.from === span.id ? link.to : link.from);
			if (other) svg.append(...arc(from, other, origin));
		}
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

	/** @param {import("../state.js").Span} span @param {DOMRect} origin @returns {Spot} */
	function spot({ fragments: [{ start, end }] }, origin) {
		const box = canvas.positions.range(start, end).getClientRects()[0] ?? new DOMRect();
		const x = box.left - origin.left + Math.min(box.width / 2, 40);
		return { x, top: box.top - origin.top, bottom: box.bottom - origin.top };
	}

	/** @param {Spot} from @param {import("../state.js").Span} other @param {DOMRect} origin */
	function arc(from, other, origin) {
		const to = spot(other, origin);
		const slot = canvas.scheme.slot(other.label);
		const [top, bottom] = [HEADER - origin.top, room(origin) - origin.top];
		if (to.bottom > top && to.top < bottom) return [shape("path", { "data-slot": slot, d: curve(from, to) })];
		const up = to.top < from.top;
		const edge = up ? Math.max(from.top - STUB, top + 14) : Math.min(from.bottom + STUB, bottom - 14);
		const start = up ? from.top : from.bottom;
		// Its words stand at the edge of the screen that it lies beyond, not on the words one reads.
		stubs.place(other, up, from.x, up ? top + GAP : bottom - GAP);
		return [shape("path", { "data-slot": slot, d: `M${from.x} ${start}V${edge}` })];
	}
}
