"""Time at work, told by a real browser: idle time is not counted, and the server keeps no more than the clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from ..server import Instance
from . import crowd
from .labeller import Labeller

NewContext = Callable[..., BrowserContext]
KEPT = "Object.keys(localStorage).some((each) => each.startsWith('galley-active'))"
READING = 45
"""Seconds after the last input that still count."""


class Desk:
    """Somebody in one browser, whose clock tests put forward, and what its tabs tell the server."""

    def __init__(self, context: BrowserContext, galley: Instance) -> None:
        self.context, self.begun = context, time.monotonic()
        self.tabs = self.worked = 0
        context.clock.install()
        (article,) = crowd.more_articles(galley, "ana", [f"Kono spoke at {self.begun}."])
        self.path = f"/articles/{article}/label/"
        self.labeller = Labeller(context, galley.link("ana"))

    @property
    def passed(self) -> float:
        """Seconds on the wall since before the article was there."""
        return time.monotonic() - self.begun

    def open(self, page: Page) -> Page:
        """Open the article in a tab, and tell all that was counted until then."""
        self.tabs += 1
        page.goto(self.path)
        expect(page.locator("[data-part=saved]")).not_to_be_empty()
        # What counts is fetched with the first key; what another tab has left is not of this one.
        page.evaluate("localStorage.clear()")
        while not page.evaluate(KEPT):
            self.work(5, page)
        self.told(page)
        self.work(0, page)
        return page

    def told(self, page: Page) -> tuple[int, int]:
        """Turn away from the tab; return the seconds that it tells of, and what the server has then.

        Less than a minute has to be there: of more the page has told by itself.
        """
        with page.expect_response(lambda answer: "active-time" in answer.url) as awaited:
            page.evaluate(
                """() => {
                    Object.defineProperty(document, 'hidden', { get: () => true, configurable: true });
                    document.dispatchEvent(new Event('visibilitychange'));
                    delete document.hidden;
                }"""
            )
        sent: Any = awaited.value.request.post_data_json
        return sent["seconds"], awaited.value.json()["active_seconds"]

    def work(self, seconds: int, *tabs: Page) -> None:
        """Let time pass, in all tabs at once, and press a key in these."""
        self.worked += self.tabs * min(seconds, READING)
        self.context.clock.fast_forward(seconds * 1000)
        for page in tabs:
            page.keyboard.press("ArrowRight")


def test_idle_time_is_not_counted_and_the_server_believes_the_clock_alone(
    galley: Instance, new_context: NewContext
) -> None:
    desk = Desk(new_context(), galley)
    page = desk.open(desk.labeller.page)
    desk.work(5, page)
    # Ten minutes away count as the time in which one may have read.
    desk.work(600, page)
    sent, kept = desk.told(page)
    assert 5 + READING <= sent < 5 + READING + desk.passed
    # The browser's clock was put forward, the server's was not.
    assert kept <= desk.passed
    # Out of view nothing is counted until the next input.
    desk.context.clock.fast_forward(3_600_000)
    desk.work(0, page)
    desk.work(7, page)
    sent, kept = desk.told(page)
    assert 7 <= sent < 7 + desk.passed
    assert kept <= desk.passed


def test_after_submitting_no_time_is_added(galley: Instance, new_context: NewContext) -> None:
    desk = Desk(new_context(), galley)
    page = desk.open(desk.labeller.page)
    desk.work(15, page)
    _sent, before = desk.told(page)
    with page.expect_response(lambda answer: answer.url.endswith("/submit/")):
        page.keyboard.press("Shift+Enter")
    handed_in = desk.passed
    desk.work(25, page)
    desk.work(25, page)
    _sent, kept = desk.told(page)
    assert before <= kept <= handed_in
    for _again in range(2):
        desk.work(0, page)
        desk.work(30, page)
        assert desk.told(page)[1] == kept


def test_two_tabs_do_not_count_twice(galley: Instance, new_context: NewContext) -> None:
    desk = Desk(new_context(), galley)
    tabs = [desk.open(desk.labeller.page), desk.open(desk.context.new_page())]
    desk.work(0, *tabs)
    desk.work(15, *tabs)
    # Each has counted the same 15 seconds; how soon one reads what the other has kept is the browser's affair.
    sent, kept = desk.told(tabs[0])
    assert 15 <= sent < desk.worked + desk.passed
    assert kept <= desk.passed
    desk.work(10, tabs[1])
    sent, kept = desk.told(tabs[1])
    # It may tell again what the first has told: the server goes by its clock.
    assert 10 <= sent < desk.worked + desk.passed
    assert kept <= desk.passed
