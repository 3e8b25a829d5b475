import assert from "node:assert/strict";
import { test } from "node:test";
import { Article } from "../../labels/static/labels/canvas/article.js";
import { byCharacter, byWord } from "../../labels/static/labels/canvas/edges.js";

const ODD = "🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.”";
const TEXT = `\n${ODD}\n\nالسلام عليكم. Then 日本語 text.\n  \nEnd of it. Last words\n\n`;

/** Paragraphs as the server finds them, in code points. @param {string} text */
function blocks(text) {
	let start = 0;
	return text.split("\n").flatMap((line) => {
		const block = { start, text: line };
		start += [...line].length + 1;
		return line ? [block] : [];
	});
}

const points = [...TEXT];
const article = new Article(blocks(TEXT), points.length);

test("the text is put together again from its paragraphs", () => {
	assert.equal(article.text, TEXT);
	assert.equal(article.length, points.length);
});

test("every stretch reads as the code points say", () => {
	for (let start = 0; start < points.length; start++)
		for (let end = start; end <= points.length; end += 3)
			assert.equal(article.slice(start, end), points.slice(start, end).join(""));
});

test("a position belongs to the paragraph it lies in, or to the one before", () => {
	assert.equal(article.paragraphAt(0), 0);
	assert.equal(article.paragraphAt(20), 0);
	assert.equal(article.paragraphAt(article.paragraphs[1].start - 1), 0);
	assert.equal(article.paragraphAt(article.paragraphs[1].start), 1);
	assert.equal(article.paragraphAt(article.length), article.paragraphs.length - 1);
});

test("stretches name the paragraphs they touch", () => {
	const [first, second] = article.paragraphs;
	assert.deepEqual([...article.paragraphsOf([{ start: first.start, end: first.end }])], [0]);
	assert.deepEqual([...article.paragraphsOf([{ start: first.end - 1, end: second.start + 1 }])], [0, 1]);
});

test("going by word visits every word once, and back", () => {
	const seen = [];
	for (let word = article.partAt("words", 0); word; word = article.beside("words", word.end, 1)) seen.push(word);
	const words = seen.map(({ start, end }) => article.slice(start, end));
	assert.equal(words[0], "Taxes");
	assert.ok(words.includes("السلام") && words.includes("Last"));
	const back = [];
	for (let word = seen.at(-1) ?? null; word; word = article.beside("words", word.start, -1)) back.unshift(word);
	assert.deepEqual(back, seen);
});

test("a selection snaps in its paragraph, and across paragraphs at both ends", () => {
	const at = (/** @type {string} */ words) =>
		points
			.join("")
			.slice(0, TEXT.indexOf(words))
			.replace(/[\uD800-\uDBFF]/g, "").length;
	const within = article.snap({ start: at("uiz said"), end: at("id, “and") });
	assert.equal(within && article.slice(within.start, within.end), "Ruiz said");
	const across = article.snap({ start: at("iz said"), end: at("hen 日本") });
	assert.equal(across && article.slice(across.start, across.end).split("\n").length, 3);
	assert.ok(across && article.slice(across.start, across.end).startsWith("Ruiz"));
	const blank = article.snap({ start: article.paragraphs[2].start, end: article.paragraphs[2].end });
	assert.equal(blank, null);
});

test("characters of several code points are stepped over whole", () => {
	const start = article.paragraphs[0].start;
	assert.equal(article.grapheme(start, 1), start + 2);
	assert.equal(article.grapheme(start + 2, -1), start);
});

test("an edge moves by a word, or by a character that is no blank", () => {
	const at = (/** @type {string} */ words) => [...TEXT.slice(0, TEXT.indexOf(words))].length;
	const [ruiz, said] = [at("Ruiz"), at("said,")];
	assert.equal(byWord(article, ruiz, "start", 1), said);
	assert.equal(byWord(article, said, "start", -1), ruiz);
	assert.equal(byWord(article, ruiz + 4, "end", 1), said + 4);
	assert.equal(byWord(article, said + 4, "end", -1), ruiz + 4);
	assert.equal(byWord(article, at("Last words") + 10, "end", 1), at("Last words") + 10, "nothing comes after");
	assert.equal(byCharacter(article, ruiz + 4, "end", 1), said + 1, "the blank is passed over");
	assert.equal(byCharacter(article, said, "start", -1), ruiz + 3);
});
