"""Fifty edits on the worst of days: all reach the server once, in order, and the page never claims otherwise."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from ..factories import SEEDS
from ..server import Instance
from .hands import Hands, told
from .labeller import Labeller
from .weather import Weather

TEXT = next(SEEDS.glob("*.txt")).read_text()
SEED = 20191028
DAY = ["held", "cut", "lost", "500", "502", "503", "401", "413", "hotel", "torn"]
EDITS = 5
"""How many edits in each weather."""
CRASHES = ("502", "torn")
"""Where the tab is killed, with changes that the server does not have, or has and nobody knows."""


def say_for(sky: str, unsent: int) -> str:
    """Return what the page says of changes that are not on the server."""
    return "Saving…" if sky == "held" else f"{unsent} changes kept on this device"


def history(page: Page) -> list[dict[str, Any]]:
    """Return the set's history from the server."""
    found: list[dict[str, Any]] = page.evaluate(
        """async () => {
            const { urls } = JSON.parse(document.getElementById('galley-boot').textContent);
            const found = [];
            for (let next = urls.set + 'revisions/'; next; ) {
                const page = await (await fetch(next)).json();
                found.push(...page.results);
                next = page.next;
            }
            return found;
        }"""
    )
    return found


def test_fifty_edits_arrive_once_and_in_order_whatever_happens_on_the_way(
    galley: Instance, new_context: Callable[..., BrowserContext], complaints: Any
) -> None:
    complaints.expect("Failed to load resource")
    context = new_context()
    weather = Weather(context)
    ana = Labeller(context, galley.link("ana"))
    ana.open_work("Label|Continue")
    address = ana.page.url
    hands = Hands(ana, TEXT, seed=SEED)
    for sky in random.Random(SEED).sample(DAY, k=len(DAY)):  # noqa: S311 - the same day each time
        weather.turns(sky)
        for done in range(1, EDITS + 1):
            hands.act()
            if done > 1:
                expect(saved(ana)).to_have_text(say_for(sky, done))
        if sky != "held":
            weather.settles(ana.page)
        if sky in CRASHES:
            ana = come_back(ana, context, address)
            hands.sit_down_again(ana)
            expect(saved(ana)).to_have_text(say_for(sky, EDITS))
        if sky == "401":
            expect(ana.page.get_by_role("alert")).to_contain_text(
                "You are no longer signed in as ana."
            )
        weather.turns("fine")
        if sky == "401":
            ana.page.get_by_role("button", name="Try again").click()
        expect(saved(ana)).to_have_text("All changes saved", timeout=30_000)
    assert len(hands.acts) == 50
    assert told(history(ana.page)) == hands.acts
    shown = lines(ana.page)
    ana.page.reload()
    ana.wait_until_ready()
    expect(ana.page.get_by_role("option")).to_have_count(len(shown))
    assert lines(ana.page) == shown


def come_back(labeller: Labeller, context: BrowserContext, address: str) -> Labeller:
    """Lose the tab without a word, and open another."""
    labeller.page.close()
    again = Labeller(context, address)
    again.wait_until_ready()
    return again


def saved(labeller: Labeller) -> Any:
    """Return the words in the header on how safe the work is."""
    return labeller.page.locator("[data-part=saved]")


def lines(page: Page) -> list[str]:
    """Return the spans as the list shows them."""
    return page.get_by_role("listbox").get_by_role("option").all_inner_texts()
