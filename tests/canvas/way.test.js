import assert from "node:assert/strict";
import { test } from "node:test";
import { clauseOn, guidanceOn } from "../../labels/static/labels/canvas/sheets/clauses.js";
import { hashOf, namedBy } from "../../labels/static/labels/canvas/way/address.js";
import { scheme } from "./made.js";

test("an address names a paragraph or a span, and nothing else is ours", () => {
	assert.deepEqual(namedBy("#p12"), { paragraph: 12 });
	assert.deepEqual(namedBy("#span-0b9c-ff"), { span: "0b9c-ff" });
	for (const each of ["", "#", "#p0", "#p", "#p1x", "#main", "#span-", "#span-a b", "#p12345678"])
		assert.equal(namedBy(each), null, each);
	for (const each of ["#p1", "#span-0199"]) assert.equal(hashOf(/** @type {any} */ (namedBy(each))), each);
});

test("the clause on an attribute is what begins with its title", () => {
	const claim = guidanceOn(scheme, "CLAIM");
	assert.match(clauseOn(claim, { title: "Check-worthiness" })[0], /^Check-worthiness\. Not factual/);
	const link = guidanceOn(scheme, "ATTRIBUTED_TO");
	assert.match(clauseOn(link, { title: "Stance" })[0], /^Stance is “deny”/);
	assert.deepEqual(clauseOn(claim, { title: "Form", help: "How it is put." }), ["How it is put."]);
	assert.deepEqual(clauseOn(["Formal words."], { title: "Form" }), [], "another word");
	assert.deepEqual(guidanceOn(scheme, "NONE"), []);
	assert.deepEqual(guidanceOn(/** @type {any} */ ({ guideline: "One.\n\nTwo." }), "CLAIM"), ["One.", "Two."]);
});
