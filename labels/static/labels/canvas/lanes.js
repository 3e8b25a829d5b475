/**
 * The rules under a run of text: one for each span that covers it, on lanes of their own, so that spans that
 * nest and cross are told apart however deep they lie. A line grows only where its rules would touch the next. Pure.
 */

/** @typedef {{lane: number, slot: number}} Rule of a span: its lane, and its label's place among the forms */

/** Below the words there is room for so many pixels without the line growing. */
const ROOM = 9;
/** What lies deeper shares the last lane. */
const DEEPEST = 11;

/** How far below the words the rule of a lane ends. @param {number} lane */
export function depthOf(lane) {
	const at = Math.min(lane, DEEPEST);
	return at < 2 ? 1 + 4 * at : 2 + 3 * at;
}

/** Styles by what they show: there are few kinds of runs, and many runs. @type {Map<string, string>} */
const known = new Map();

/** How a run is drawn, as declarations. @param {Rule[]} rules from the outermost */
export function styleOf(rules) {
	const key = rules.map(({ lane, slot }) => `${lane}.${slot}`).join(" ");
	let style = known.get(key);
	if (style === undefined) {
		style = drawn(rules);
		known.set(key, style);
	}
	return style;
}

/** @param {Rule[]} rules */
function drawn(rules) {
	const deepest = Math.max(...rules.map((each) => depthOf(each.lane)));
	const room = Math.max(deepest + 1, ROOM);
	// The ground of what lies inside covers that of what lies around it.
	const grounds = [...rules].sort((a, b) => b.lane - a.lane);
	const layers = [
		...rules.map(({ lane, slot }) => ({
			image: `var(--form-${slot})`,
			place: `0 calc(100% - ${room - depthOf(lane)}px)`,
			size: `var(--size-${slot})`,
			repeat: "repeat-x",
		})),
		...grounds.map(({ slot }) => ({
			image: `var(--ground-${slot})`,
			place: "0 0",
			size: `100% calc(100% - ${room}px)`,
			repeat: "no-repeat",
		})),
	];
	const each = (/** @type {"image" | "place" | "size" | "repeat"} */ name) =>
		layers.map((layer) => layer[name]).join(",");
	const declarations = [
		`background-image:${each("image")}`,
		`background-position:${each("place")}`,
		`background-size:${each("size")}`,
		`background-repeat:${each("repeat")}`,
		`padding-bottom:${room}px`,
	];
	// Half of what a line grows by goes above the words.
	if (room > ROOM) declarations.push(`line-height:calc(1lh + ${2 * (room - ROOM)}px)`);
	return declarations.join(";");
}
