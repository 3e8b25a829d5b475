/**
 * Where chips stand in the gap between two lines: they end where their claim ends, but stay in the column and off
 * each other. They take no room in the line, so that a link moves no word.
 */

/** @typedef {{at: number, top: number, width: number}} Chips as the browser would place them */

const EDGE = 2;
const APART = 6;

/**
 * How far each row of chips moves sideways, in the order of the text.
 * @param {Chips[]} rows @param {number} room the width of the column @param {boolean} rtl
 */
export function shifts(rows, room, rtl) {
	/** @type {{top: number, left: number, right: number} | null} */
	let last = null;
	return rows.map(({ at, top, width }) => {
		const most = Math.max(room - width - EDGE, EDGE);
		let left = Math.min(Math.max(rtl ? at + width : at - width, EDGE), most);
		if (last?.top === top && left < last.right + APART && left + width > last.left - APART)
			left = rtl ? Math.max(last.left - APART - width, EDGE) : Math.min(last.right + APART, most);
		last = { top, left, right: left + width };
		return left - at;
	});
}

/** @param {HTMLElement} paragraph */
function place(paragraph) {
	/** @type {HTMLElement[]} */
	const chips = [...paragraph.querySelectorAll(".chips")].filter((each) => each instanceof HTMLElement);
	if (!chips.length || paragraph.checkVisibility?.({ contentVisibilityAuto: true }) === false) return () => {};
	const rows = chips.map((each) => ({ at: each.offsetLeft, top: each.offsetTop, width: each.offsetWidth }));
	const { direction, paddingLeft, paddingRight } = getComputedStyle(paragraph);
	const edge = Number.parseFloat(paddingLeft);
	for (const row of rows) row.at -= edge;
	const room = paragraph.clientWidth - edge - Number.parseFloat(paddingRight);
	const found = shifts(rows, room, direction === "rtl");
	return () => {
		for (const [index, each] of chips.entries()) each.style.translate = `${found[index]}px`;
	};
}

/** @param {import("./canvas.js").Canvas} canvas */
export function placingChips(canvas) {
	let waiting = 0;
	const soon = () => {
		if (waiting) return;
		waiting = requestAnimationFrame(() => {
			waiting = 0;
			// All are measured before any is moved: else each would cost a layout.
			for (const move of canvas.positions.paragraphs.map(place)) move();
		});
	};
	canvas.on("painted", soon);
	// A paragraph is measured once it is laid out, which is when it comes into view.
	canvas.text.addEventListener("contentvisibilityautostatechange", soon, { capture: true });
	new ResizeObserver(soon).observe(canvas.text);
}
