/** Shows the description of the API with Swagger UI; calls go out with the session of who is signed in. */

/** @typedef {{url: string, method?: string, headers: Record<string, string>}} Call */

const place = /** @type {HTMLElement} */ (document.getElementById("description"));

/** @param {Call} call */
function withToken(call) {
	const token = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/)?.[1];
	if (token && call.method && call.method !== "GET") call.headers["X-CSRFToken"] = token;
	return call;
}

/** Swagger UI knows light and dark by a class, ours is the browser's wish or the page's own. */
function dress() {
	const said = document.documentElement.dataset.theme;
	const dark = said ? said === "dark" : wish.matches;
	document.documentElement.classList.toggle("dark-mode", dark);
}

const wish = matchMedia("(prefers-color-scheme: dark)");
wish.addEventListener("change", dress);
dress();

// @ts-expect-error Swagger UI is a script of its own, without types.
const { SwaggerUIBundle } = window;
SwaggerUIBundle({
	url: place.dataset.url,
	domNode: place,
	presets: [SwaggerUIBundle.presets.apis],
	layout: "BaseLayout",
	deepLinking: true,
	docExpansion: "list",
	defaultModelsExpandDepth: 0,
	displayRequestDuration: true,
	requestInterceptor: withToken,
});
