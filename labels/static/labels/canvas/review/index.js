/** The review page: somebody else's annotation set, span by span. */

import { readBoot } from "../boot.js";
import { Canvas } from "../canvas.js";
import { layOut } from "../layout.js";
import { SAID } from "../reviews.js";
import { stepToOpen } from "../stepping.js";
import { Drafting } from "./drafting.js";
import { finishing } from "./finish.js";
import { Judging } from "./judging.js";
import { progress } from "./progress.js";
import { verdicts } from "./verdicts.js";

class AnnotationCanvas extends HTMLElement {
	connectedCallback() {
		const canvas = new Canvas(this, readBoot());
		/** @type {Drafting | undefined} */
		let drafting;
		const { keyboard, reviews } = layOut(canvas, {
			mark: (span, said) => (said.isLookedAt(span) ? SAID[said.latest.get(span.id)?.verdict ?? "accept"] : ""),
			verdicts,
			extras: (keyboard, reviews) => {
				const judging = new Judging(canvas, keyboard, reviews);
				const made = new Drafting(canvas, keyboard, judging);
				drafting = made;
				return [(span) => judging.card(span), () => made.card()];
			},
		});
		stepToOpen(canvas, keyboard, (span) => !reviews.isLookedAt(span));
		progress(canvas, reviews);
		finishing(canvas, keyboard, reviews, () => drafting?.close());
		void canvas.session.open();
	}
}

customElements.define("annotation-canvas", AnnotationCanvas);
