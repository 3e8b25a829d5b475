/** Runs in the page before the page's own scripts: when is it usable, and how long does a key take to show? */

/** Gives the moment at which what stands there now is on the screen. @returns {Promise<number>} */
function painted() {
	return new Promise((resolve) => {
		requestAnimationFrame(() => {
			// The message comes behind the frame that is about to be painted.
			const { port1, port2 } = new MessageChannel();
			port1.onmessage = () => resolve(performance.now());
			port2.postMessage(null);
		});
	});
}

/** Gives the middle of a word on the screen that no span covers. @returns {[number, number]} */
function freeWord() {
	const text = document.querySelector("[data-part=text]");
	const nodes = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
	const range = document.createRange();
	while (nodes.nextNode()) {
		const node = nodes.currentNode;
		if (node.parentElement.closest(".run")) continue;
		for (const { 0: word, index } of node.data.matchAll(/(?<= )[a-z]{4,}(?= )/g)) {
			range.setStart(node, index);
			range.setEnd(node, index + word.length);
			const { left, width, top, height } = range.getBoundingClientRect();
			const [x, y] = [left + width / 2, top + height / 2];
			if (document.elementFromPoint(x, y) === node.parentElement) return [x, y];
		}
	}
	throw new Error("Every word on the screen is covered.");
}

/** Gives the milliseconds from the next key to the frame that shows what it did to the text. @returns {Promise<number>} */
function keyToPaint() {
	return new Promise((resolve) => {
		const pressed = ({ timeStamp }) => {
			const changes = new MutationObserver(async () => {
				changes.disconnect();
				resolve((await painted()) - timeStamp);
			});
			changes.observe(document.querySelector("[data-part=text]"), { childList: true, subtree: true });
		};
		addEventListener("keydown", pressed, { capture: true, once: true });
	});
}

/** Gives the milliseconds that the page's own listeners take from the next release of the mouse: the selection is read. @returns {Promise<number>} */
function released() {
	return new Promise((resolve) => {
		const once = { once: true };
		const begun = () => {
			const start = performance.now();
			addEventListener("mouseup", () => resolve(performance.now() - start), once);
		};
		addEventListener("mouseup", begun, { capture: true, once: true });
	});
}

/** Scroll from the top to the end, a screen a frame; gives the milliseconds of the longest task. @returns {Promise<number>} */
async function scrolled() {
	const tasks = [0];
	const watch = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((each) => each.duration)));
	watch.observe({ type: "longtask" });
	scrollTo({ top: 0 });
	for (let before = -1; before !== scrollY; ) {
		before = scrollY;
		scrollBy({ top: innerHeight });
		await painted();
	}
	await new Promise((resolve) => setTimeout(resolve, 100));
	tasks.push(...watch.takeRecords().map((each) => each.duration));
	watch.disconnect();
	scrollTo({ top: 0 });
	await painted();
	return Math.max(...tasks);
}

// An element that is defined has been connected, and the canvas paints and listens when it is.
const usable = customElements.whenDefined("annotation-canvas").then(painted);

globalThis.bench = { usable, painted, freeWord, keyToPaint, released, scrolled };
