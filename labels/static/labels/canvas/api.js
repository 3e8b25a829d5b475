/**
 * Speaks with the server: JSON, the CSRF token, problem details. An answer that is not what was asked for
 * (a page instead of JSON, half a document, nothing at all) counts as no answer, so that it is asked again.
 */

import { t } from "./words.js";

/** @typedef {{title: string, status: number, detail: string, code: string, version?: number, operation?: number, errors?: Record<string, unknown>[]}} Details */
/** @typedef {{status: number, data: any, etag: string | null}} Answer */

/** The server said no, and why. */
export class Problem extends Error {
	/** @param {number} status @param {Partial<Details>} details @param {number} [after] seconds to wait */
	constructor(status, details, after = 0) {
		super(details.detail || details.title || t("The server answered {status}.", { status }));
		this.status = status;
		this.code = details.code ?? "";
		this.details = details;
		this.after = after;
	}
}

/** Nothing that can be used came back: the request may or may not have been carried out. */
export class NoAnswer extends Error {}

/** For whom this page speaks. Another tab may have signed somebody else in: the server is told, and refuses. */
let speaker = "";

/** @param {string} id of a person */
export function speakFor(id) {
	speaker = id;
}

function token() {
	const cookie = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/)?.[1];
	return cookie ?? document.querySelector('meta[name="csrf-token"]')?.getAttribute("content") ?? "";
}

/** @param {Response} response */
async function parsed(response) {
	const text = await response.text();
	return text ? JSON.parse(text) : null;
}

/**
 * @param {string} method @param {string} url @param {unknown} [body] @param {Record<string, string>} [headers] @param {RequestInit} [more]
 * @returns {Promise<Answer>}
 * @throws {Problem | NoAnswer}
 */
export async function request(method, url, body, headers = {}, more = {}) {
	/** @type {Response | undefined} */
	let response;
	let data;
	try {
		response = await fetch(url, {
			method,
			credentials: "same-origin",
			headers: {
				Accept: "application/json",
				...(speaker && { "Galley-Person": speaker }),
				...(method === "GET" ? {} : { "Content-Type": "application/json", "X-CSRFToken": token() }),
				...headers,
			},
			body: body === undefined ? undefined : JSON.stringify(body),
			...more,
		});
		data = await parsed(response);
	} catch (cause) {
		const status = response?.status ?? 0;
		if (status >= 400) throw new Problem(status, {}, wait(response));
		throw new NoAnswer(t("No answer from the server."), { cause });
	}
	if (response.ok && data !== null && typeof data === "object")
		return { status: response.status, data, etag: response.headers.get("ETag") };
	if (response.ok) throw new NoAnswer(t("The answer was empty."));
	throw new Problem(response.status, data ?? {}, wait(response));
}

/**
 * Sign in, staying on the page. False where name and password do not belong together.
 * @param {string} url @param {string} username @param {string} password
 */
export async function signIn(url, username, password) {
	// It brings the cookie with the token, should that be gone too.
	await fetch(url);
	const headers = { "X-CSRFToken": token() };
	const body = new URLSearchParams({ username, password });
	const response = await fetch(url, { method: "POST", redirect: "manual", headers, body });
	return response.type === "opaqueredirect";
}

/** @param {Response | undefined} response */
function wait(response) {
	return Number(response?.headers.get("Retry-After")) || 0;
}
