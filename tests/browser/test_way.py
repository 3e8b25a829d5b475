"""One finds one's way: links to a place, the guideline beside the text, the articles before and after."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from ..server import Instance
from . import crowd
from .labeller import Labeller

NewContext = Callable[..., BrowserContext]

SUGA = crowd.quoted("SOURCE", "Yoshihide Suga", source_type="named_individual")
CLAIM = crowd.quoted("CLAIM", "it is “unacceptable,”", form="direct")


@pytest.fixture(scope="module")
def marked(galley: Instance) -> str:
    """Return the seed's article, with a few marks of ana's."""
    return crowd.add(galley, "ana", [SUGA, CLAIM])


@pytest.fixture
def ana(galley: Instance, marked: str, new_context: NewContext) -> Labeller:
    labeller = Labeller(new_context(), galley.link("ana"))
    labeller.page.goto(f"/articles/{marked}/label/")
    ready(labeller)
    return labeller


def ready(labeller: Labeller) -> None:
    """Wait until what comes last is there: the list."""
    labeller.wait_until_ready()
    expect(labeller.page.locator(".told")).to_be_visible()


def opened(labeller: Labeller, place: str) -> Page:
    """Open a link as if it came from elsewhere."""
    page = labeller.page
    address = page.url.partition("#")[0]
    page.goto("about:blank")
    page.goto(f"{address}#{place}")
    ready(labeller)
    return page


def toast(page: Page) -> Any:
    return page.locator(".toast")


def test_a_link_leads_to_its_span_or_paragraph_and_says_when_it_cannot(ana: Labeller) -> None:
    page = opened(ana, f"span-{SUGA['id']}")
    expect(ana.card).to_contain_text("Yoshihide Suga")
    expect(page.locator("mark.chosen").first).to_be_in_viewport()
    entries = page.evaluate("history.length")
    ana.press("n")
    expect(page).to_have_url(re.compile(f"#span-{CLAIM['id']}$"))
    ana.press("Escape")
    expect(page).to_have_url(re.compile("/label/$"))
    assert page.evaluate("history.length") == entries
    opened(ana, "p9")
    expect(page.locator("[data-part=text] p").nth(8)).to_be_in_viewport()
    opened(ana, "p999")
    expect(toast(page)).to_contain_text("names paragraph 999, but the text has")
    opened(ana, "span-00000000-0000-4000-8000-000000000000")
    expect(toast(page)).to_contain_text("is not in your set")


def test_a_key_copies_the_link(ana: Labeller) -> None:
    page = ana.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ana.press("n", "#")
    expect(toast(page)).to_have_text("Copied the link to the span.")
    expect(page).to_have_url(page.evaluate("navigator.clipboard.readText()"))
    assert "#span-" in page.url
    ana.press("Escape", "Control+ArrowUp", "#")
    expect(toast(page)).to_contain_text("Copied the link to paragraph")


def test_the_guideline_stands_beside_the_text_and_is_remembered(ana: Labeller) -> None:
    page = ana.page
    panel = page.locator(".guide-panel")
    expect(panel).to_be_hidden()
    ana.press("n", "g")
    expect(panel.get_by_role("heading")).to_have_text("Guideline · Source")
    ana.press("n")
    expect(panel.get_by_role("heading")).to_have_text("Guideline · Claim")
    # The field that is asked for has a clause of its own.
    expect(panel.locator(".clause")).to_contain_text("Check-worthiness. Not factual:")
    page.reload()
    expect(panel).to_be_visible()
    expect(panel.get_by_role("heading").first).to_be_visible()
    ana.wait_until_ready()
    ana.press("g")
    expect(panel).to_be_hidden()
    page.reload()
    ready(ana)
    expect(panel).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 844})
    ana.press("g")
    expect(page.get_by_role("dialog", name="Guideline")).to_be_visible()


def test_one_goes_to_the_next_article_and_back_and_loses_nothing(
    galley: Instance, ana: Labeller
) -> None:
    page = ana.page
    crowd.more_articles(
        galley, "ana", ["Prices rose. The bank said so.", "Rain fell. A third text."]
    )
    page.reload()
    ready(ana)
    here = page.url
    ana.press("<")
    expect(toast(page)).to_have_text("There is no previous article in your queue.")
    ana.mark_with_keys(crowd.TEXT, "Thailand", "e")
    ana.press("4", ">")
    expect(page.locator("[data-part=text]")).to_contain_text("Prices rose.")
    ready(ana)
    ana.press("Control+ArrowUp", "c", "<")
    expect(page).to_have_url(re.compile(re.escape(here.partition("#")[0])))
    ready(ana)
    expect(page.locator(".counts")).to_contain_text(re.compile("Entity1"))
    # What has been begun is fetched before it is asked for.
    page.get_by_role("link", name="Next").click()
    expect(page.locator("[data-part=text]")).to_contain_text("Prices rose.")
    ready(ana)
    expect(page.locator(".counts")).to_contain_text(re.compile("Claim1"))
