/** Signing in again without leaving the page: it stays as it is, and what is kept goes on its way. */

import { signIn } from "./api.js";
import { build } from "./element.js";
import { t } from "./words.js";

/** @param {import("./boot.js").Boot} boot @param {() => void} done */
export function signInForm({ me, urls }, done) {
	const password = build("input", { type: "password", autocomplete: "current-password", required: true });
	// Who keeps passwords for people looks for the name beside it.
	const name = build("input", { autocomplete: "username", value: me.username, readonly: true, hidden: true });
	const error = build("p", { class: "error" });
	const enter = async (/** @type {Event} */ event) => {
		event.preventDefault();
		error.textContent = "";
		try {
			if (await signIn(urls.sign_in, me.username, password.value)) return done();
			error.textContent = t("This is not the password.");
			password.select();
		} catch {
			error.textContent = t("The server cannot be reached. Try again in a moment.");
		}
	};
	return build(
		"form",
		{ class: "sign-in-again", onsubmit: enter },
		name,
		build("label", {}, t("Password of {name}", { name: me.username }), " ", password),
		build("button", { class: "button small main" }, t("Sign in")),
		error,
		build("p", {}, t("No password? Open your sign-in link in another tab, then come back here.")),
	);
}
