"""The list of spans mirrors the text: keys reach it, narrow it and leave it, and of many it draws few."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, expect

from ..server import Instance
from . import crowd
from .labeller import Labeller

NewContext = Callable[..., BrowserContext]


def at_work(galley: Instance, new_context: NewContext, who: str) -> Labeller:
    labeller = Labeller(new_context(), galley.link(who))
    labeller.open_work("Label|Continue")
    return labeller


def rows(labeller: Labeller) -> Any:
    return labeller.page.locator(".spans [role=option]")


def told(labeller: Labeller) -> Any:
    return labeller.page.locator(".told > span")


def test_it_is_narrowed_by_keys_and_says_what_it_shows(
    galley: Instance, new_context: NewContext
) -> None:
    crowd.add(
        galley,
        "ana",
        [
            crowd.quoted("SOURCE", "Yoshihide Suga", source_type="named_individual"),
            crowd.quoted("CLAIM", "it is “unacceptable,”", form="direct"),
            crowd.quoted("CUE", "said at a news conference"),
            crowd.quoted("CUE", "has repeatedly asked") | {"flag": True, "confidence": 0.3},
        ],
    )
    ana = at_work(galley, new_context, "ana")
    expect(told(ana)).to_have_text("4 spans")
    ana.press(";", "1")
    expect(told(ana)).to_have_text("2 of 4 spans: not complete")
    ana.press("c")
    expect(told(ana)).to_have_text("1 of 4 spans: claim, not complete")
    expect(rows(ana)).to_have_count(1)
    expect(ana.page.locator("[role=status]").last).to_have_text("1 of 4 spans: claim, not complete")
    ana.press("c", "3", "Enter")
    expect(told(ana)).to_have_text("1 of 4 spans: low confidence")
    expect(ana.page.locator(".spans")).to_be_focused()
    # The keys are those of the page again.
    ana.press("ArrowDown")
    expect(ana.card).to_contain_text("has repeatedly asked")
    ana.page.get_by_role("button", name="Show all").click()
    expect(rows(ana)).to_have_count(4)
    expect(ana.page.locator(".spans")).to_be_focused()


def test_escape_in_the_list_goes_back_to_where_one_was(
    galley: Instance, new_context: NewContext
) -> None:
    ana = at_work(galley, new_context, "ana")
    expect(rows(ana)).to_have_count(4)
    ana.click_span("has repeatedly")
    before = ana.page.evaluate("scrollY")
    ana.press(",", "End")
    expect(ana.card).to_contain_text("said at a news conference")
    ana.press("Escape")
    expect(ana.page.locator("[data-part=text]")).to_be_focused()
    expect(ana.card).to_contain_text("has repeatedly asked")
    assert ana.page.evaluate("scrollY") == before
    # Enter stays at what was found.
    ana.press(",", "End", "Enter")
    expect(ana.page.locator("[data-part=text]")).to_be_focused()
    expect(ana.card).to_contain_text("said at a news conference")


def test_of_a_long_list_only_what_is_near_is_there(
    galley: Instance, new_context: NewContext
) -> None:
    words = crowd.each_word("ENTITY", entity_type="DATE")
    crowd.add(galley, "ben", words)
    ben = at_work(galley, new_context, "ben")
    expect(told(ben)).to_have_text(f"{len(words)} spans")
    assert len(words) > 500
    assert rows(ben).count() < 120
    ben.press(",", "End")
    last = rows(ben).last
    expect(last).to_have_attribute("aria-selected", "true")
    expect(last).to_have_attribute("aria-posinset", str(len(words)))
    expect(last).to_be_in_viewport()
    assert rows(ben).count() < 120
    ben.press("Home")
    expect(rows(ben).first).to_have_attribute("aria-selected", "true")
