/** The page's own selection shows what is selected on the canvas. */

/** @param {import("./canvas.js").Canvas} canvas @param {boolean} makes also where there is none yet */
export function mirror({ selection: stretch, drawing, positions, text }, makes) {
	// Another is being drawn with the mouse.
	const selection = drawing ? null : getSelection();
	if (stretch && makes) {
		const [node, offset] = positions.toDom(stretch.start, true);
		selection?.setBaseAndExtent(node, offset, ...positions.toDom(stretch.end));
	} else if (!stretch && selection?.rangeCount && selection.getRangeAt(0).intersectsNode(text))
		selection.removeAllRanges();
}
