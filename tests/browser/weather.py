"""The way from the browser to the real server on a bad day: cut, answers lost on it, strangers answering."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, Route

OPERATIONS = "**/api/v1/annotation-sets/*/operations/"
RETRIES = 3
"""For the server may end a connection that has long been idle just as it is used again."""
STRANGER = "<!doctype html><title>Welcome to our hotel</title><p>Please sign in to the network."


def _lost(route: Route) -> None:
    """Let the server do it, and nobody hear of it."""
    route.fetch(max_retries=RETRIES)
    route.abort("connectionreset")


def _torn(route: Route) -> None:
    """Let the server do it, and half of its answer arrive."""
    answer = route.fetch(max_retries=RETRIES)
    body = answer.text()
    route.fulfill(
        status=answer.status, content_type="application/json", body=body[: len(body) // 2]
    )


def _hotel(route: Route) -> None:
    """Let somebody on the way answer with a page."""
    route.fulfill(status=200, content_type="text/html", body=STRANGER)


def _said(status: int, headers: dict[str, str] | None = None) -> Callable[[Route], None]:
    """Let something before the server say no, in no words of ours."""

    def answer(route: Route) -> None:
        route.fulfill(status=status, headers=headers or {}, content_type="text/plain", body="No.")

    return answer


SKIES: dict[str, Callable[[Route], None]] = {
    "fine": lambda route: route.continue_(),
    # Nothing leaves the browser: see `turns`.
    "cut": lambda route: route.continue_(),
    "lost": _lost,
    "torn": _torn,
    "hotel": _hotel,
    "500": _said(500),
    "502": _said(502),
    "503": _said(503, {"Retry-After": "1"}),
    "busy": _said(503, {"Retry-After": "60"}),
    "401": _said(401),
    "413": _said(413),
}


class Weather:
    """What becomes of the changes that a browser sends, in all of its pages."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.sky = "fine"
        self._under_way = 0
        self._held: list[Route] = []
        context.route(OPERATIONS, self._pass)

    def turns(self, sky: str) -> None:
        """From now on it is like this: one of `SKIES`, or "held" for answers that take their time."""
        self.sky = sky
        self.context.set_offline(sky == "cut")
        if sky != "held":
            held, self._held = self._held, []
            for route in held:
                SKIES[sky](route)

    def settles(self, page: Page) -> None:
        """Wait until what was just done has been tried: the page says that it is kept before that."""
        page.wait_for_timeout(250)
        while self._under_way:
            page.wait_for_timeout(20)

    def _pass(self, route: Route) -> None:
        if self.sky == "held":
            self._held.append(route)
            return
        self._under_way += 1
        try:
            SKIES[self.sky](route)
        finally:
            self._under_way -= 1
