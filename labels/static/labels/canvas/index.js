/** The label page: one's own annotation set of an article. */

import { readBoot } from "./boot.js";
import { Canvas } from "./canvas.js";
import { layOut } from "./layout.js";
import { lacksOf } from "./missing.js";
import { keepOrder } from "./queue.js";
import { SAID } from "./reviews.js";
import { stepToOpen } from "./stepping.js";
import { submitting } from "./submitting.js";

const boot = readBoot();
keepOrder(document.querySelector(".queue ul"));
// Most sets have not been reviewed: theirs is the shorter way.
const { verdicts } = boot.reviews.length ? await import("./review/verdicts.js") : {};

class AnnotationCanvas extends HTMLElement {
	connectedCallback() {
		const canvas = new Canvas(this, boot);
		const { keyboard, reviews } = layOut(canvas, {
			mark: (span, said) => (said.isOpen(span) ? SAID[said.latest.get(span.id)?.verdict ?? "fix"] : ""),
			extras: () => [],
			verdicts,
		});
		submitting(canvas, keyboard, reviews);
		const { scheme } = canvas;
		stepToOpen(canvas, keyboard, (span) => reviews.isOpen(span) || lacksOf(scheme, span, canvas.state).length > 0);
		void canvas.session.open();
	}
}

customElements.define("annotation-canvas", AnnotationCanvas);
