/**
 * Selecting with the mouse: what was chosen snaps to what was meant (Alt: to the very characters), a triple click
 * takes the sentence, a plain click or tap chooses the span there and then those around it. Fingers select in
 * `touch/`; what a screen reader selects by touch is taken as it comes.
 */

/** @typedef {import("./canvas.js").Canvas} Canvas */

const SETTLED = 250;

export class Selecting {
	#touch = false;
	#timer = 0;
	/** Whether words were selected since: then the click that follows is none. */
	#dragged = false;

	/** @param {Canvas} canvas */
	constructor(canvas) {
		this.canvas = canvas;
		const { text } = canvas;
		text.addEventListener("pointerdown", (event) => this.#began(event));
		document.addEventListener("mouseup", (event) => this.#ended(event));
		text.addEventListener("click", (event) => this.#clicked(event));
		document.addEventListener("selectionchange", () => this.#changed());
	}

	/** @param {PointerEvent} event */
	#began(event) {
		this.#touch = event.pointerType === "touch";
		this.canvas.drawing = event.button === 0 && !this.#touch ? this : null;
		this.#dragged = false;
		this.canvas.caret.hide();
		// Else a press on selected words would drag them away instead of selecting anew.
		if (this.canvas.drawing && !event.shiftKey) getSelection()?.removeAllRanges();
	}

	/** Painting takes the words away from under the mouse: gives what puts the selection back upon the new ones. */
	hold() {
		const selection = getSelection();
		if (!selection?.anchorNode || !selection.focusNode) return;
		const { positions } = this.canvas;
		const anchor = positions.fromDom(selection.anchorNode, selection.anchorOffset);
		const focus = positions.fromDom(selection.focusNode, selection.focusOffset);
		return () => selection.setBaseAndExtent(...positions.toDom(anchor, true), ...positions.toDom(focus, true));
	}

	/** The page's selection in positions of the text, if any. */
	#chosen() {
		const selection = getSelection();
		if (!selection?.rangeCount || selection.isCollapsed) return null;
		const range = selection.getRangeAt(0);
		if (!range.intersectsNode(this.canvas.text)) return null;
		const { positions } = this.canvas;
		const start = positions.fromDom(range.startContainer, range.startOffset);
		const end = positions.fromDom(range.endContainer, range.endOffset);
		return start < end ? { start, end } : null;
	}

	/** Let go beside the column, the line at that height is meant: the browser takes all to the text's end. @param {MouseEvent} event */
	#letGo({ target, clientX, clientY }) {
		const { text, positions } = this.canvas;
		const selection = getSelection();
		if (!selection?.anchorNode || (target instanceof Node && text.contains(target))) return;
		const { left, right } = text.getBoundingClientRect();
		const point = positions.fromScreen(Math.min(Math.max(clientX, left + 1), right - 1), clientY);
		if (point !== null) selection.extend(...positions.toDom(point));
	}

	/** @param {MouseEvent} event */
	#ended(event) {
		const { canvas } = this;
		if (!canvas.drawing) return;
		canvas.drawing = null;
		this.#letGo(event);
		const reach = event.detail >= 3 ? this.#sentence(event) : this.#chosen();
		if (!reach) return;
		this.#dragged = true;
		const exact = event.altKey;
		const snapped = canvas.article.snap(reach, exact);
		if (!snapped) return;
		canvas.caret.rest();
		if ((event.ctrlKey || event.metaKey) && canvas.chosen && canvas.editable) {
			canvas.select(snapped);
			void canvas.marking.addFragment();
		} else canvas.select(snapped, { exact });
	}

	/** @param {MouseEvent} event */
	#sentence(event) {
		const point = this.canvas.positions.fromScreen(event.clientX, event.clientY);
		return point === null ? this.#chosen() : this.canvas.article.partAt("sentences", point);
	}

	/** @param {MouseEvent} event */
	#clicked(event) {
		const { canvas } = this;
		const target = /** @type {Element} */ (event.target);
		const chip = target.closest(".said");
		if (chip instanceof HTMLElement && chip.dataset.to) return canvas.choose(chip.dataset.to, { reveal: true });
		if (event.detail > 1 || this.#dragged || this.#chosen()) return;
		const mark = target.closest(".run");
		const covers = mark ? canvas.painter.covers(mark) : [];
		const point = canvas.positions.fromScreen(event.clientX, event.clientY);
		canvas.select(null);
		if (point !== null) canvas.caret.put(point);
		const next = covers[(covers.indexOf(canvas.chosen ?? "") + 1) % Math.max(covers.length, 1)] ?? null;
		canvas.choose(next);
		if (point !== null && mark) canvas.tell("here", canvas.painter.inside(mark, point));
	}

	/** A selection that no mouse has drawn may grow for a while: wait until it rests. */
	#changed() {
		clearTimeout(this.#timer);
		if (!this.#touch) return;
		this.#timer = Number(
			setTimeout(() => {
				const reach = this.#chosen();
				const snapped = reach && this.canvas.article.snap(reach);
				if (snapped) this.canvas.select(snapped, { byTouch: true });
			}, SETTLED),
		);
	}
}
