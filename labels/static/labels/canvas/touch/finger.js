/** Which word lies under a finger. */

/** @typedef {import("../canvas.js").Canvas} Canvas */
/** @typedef {import("../article.js").Stretch} Stretch */

/**
 * The word at a place on the screen, or the nearest one on its line. Text that a finger must not select natively has
 * no caret position in some browsers, so the words' own boxes are asked: a binary search for the line, then along it.
 * @param {Canvas} canvas @param {number} x @param {number} y @returns {Stretch | null}
 */
export function wordUnder({ positions, article }, x, y) {
	const paragraph = document.elementsFromPoint(x, y).find((each) => each.matches("[data-start]"));
	const index = paragraph && positions.indexes.get(paragraph);
	if (index === undefined) return null;
	const words = article.parts("words", index);
	const boxOf = (/** @type {Stretch} */ { start, end }) => positions.range(start, end).getBoundingClientRect();
	let [low, high] = [0, words.length - 1];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (boxOf(words[middle]).bottom < y) low = middle + 1;
		else high = middle;
	}
	let nearest = words[low] ?? null;
	for (let at = low, least = Infinity; at < words.length; at++) {
		const box = boxOf(words[at]);
		if (box.top > y && at > low) break;
		const far = Math.max(box.left - x, x - box.right, 0);
		if (far < least) [least, nearest] = [far, words[at]];
	}
	return nearest;
}

/** Where an edge of a stretch stands on the screen. @param {Canvas} canvas @param {Stretch} stretch @param {"start" | "end"} edge */
export function edgeOf({ positions, article }, { start, end }, edge) {
	const [from, to] = edge === "start" ? [start, article.grapheme(start, 1)] : [article.grapheme(end, -1), end];
	const boxes = positions.range(from, to).getClientRects();
	const box = boxes[edge === "start" ? 0 : boxes.length - 1] ?? new DOMRect();
	const paragraph = positions.paragraphs[article.paragraphAt(from)];
	// The side on which the words lie: a knob hangs on the other.
	const before = (edge === "start") === (getComputedStyle(paragraph).direction !== "rtl");
	return { x: before ? box.left : box.right, top: box.top, bottom: box.bottom, before };
}
