"""Axe finds nothing on any page, in light and in dark, whatever is open on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import URLPattern, URLResolver
from playwright.sync_api import BrowserContext, Page, expect

from labels.pages import urls as pages

from ..factories import SEEDS
from ..server import Instance
from .labeller import Labeller

TEXT = next(SEEDS.glob("*.txt")).read_text()
PROJECT = "/projects/japan-south-korea/"
NewContext = Callable[..., BrowserContext]

ROWS = {
    "home": ("max", "/"),
    "sign_in": ("", "/sign-in/"),
    "sign_in_link": ("", "/sign-in/no-such-link/"),
    "me": ("max", "/me/"),
    "tokens": ("max", "/me/tokens/"),
    "project_new": ("max", "/projects/new/"),
    "project": ("max", PROJECT),
    "import": ("max", f"{PROJECT}import/"),
    "people": ("max", f"{PROJECT}people/?link=ana"),
    "scheme": ("max", f"{PROJECT}scheme/?edit=1"),
    "migrations": ("max", f"{PROJECT}scheme/migrations/?kind=merge"),
    "export": ("max", f"{PROJECT}export/"),
    "pace": ("max", f"{PROJECT}progress/"),
    "pace_sets": ("max", f"{PROJECT}progress/sets/"),
    "agreement": ("max", f"{PROJECT}agreement/"),
    "qualification": ("max", f"{PROJECT}qualification/"),
    "releases": ("max", f"{PROJECT}releases/"),
    "settings": ("max", f"{PROJECT}settings/"),
    "conversations": ("ana", "/conversations/"),
    "adjudications": ("max", f"{PROJECT}adjudication/"),
    "adjudication": ("max", "/articles/{article}/adjudication/"),
    "feedback": ("ana", f"{PROJECT}feedback/"),
    "article": ("max", "/articles/{article}/"),
    "versions": ("max", "/articles/{article}/versions/"),
    "label": ("ana", "/articles/{article}/label/"),
    "review": ("max", "/annotation-sets/{set}/review/"),
}
"""Each page's name, who looks at it, and where: a page without a row fails."""
NO_PAGES = {"health", "sign_out", "agreement_spans", "agreement_marks", "migration"}
NO_PAGES |= {"agreement_units", "release", "release_diff", "release_diff_rows", "making"}
"""An answer for machines; one that is only posted to; others that are looked at when there is something, below."""


def names(patterns: list[Any]) -> Iterator[str]:
    """Return the names of all addresses."""
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from names(each.url_patterns)
        elif isinstance(each, URLPattern):
            yield each.name or ""


def faults(page: Page) -> list[str]:
    """Return what axe finds, in light and in dark."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for each in Axe().run(page).response["violations"]:
            places = [node["target"] for node in each["nodes"]]
            found.append(f"{scheme} {each['id']} {places[:3]}")
    return found


@pytest.fixture(scope="module")
def ids() -> dict[str, str]:
    """Return what stands for the article and the set in addresses, once somebody has looked."""
    return {}


@pytest.fixture
def ana(galley: Instance, new_context: NewContext, ids: dict[str, str]) -> Labeller:
    """Somebody at the label page with two spans and a link."""
    labeller = Labeller(new_context(), galley.link("ana"))
    labeller.open_work("Label|Continue")
    if not ids:
        labeller.mark_with_mouse("Yoshihide Suga", "Source")
        labeller.press("1")
        labeller.mark_with_mouse("it is “unacceptable,”", "Claim")
        labeller.press("r", "r")
        labeller.wait_until_saved()
    ids["article"] = re.findall(r"articles/([^/]+)", labeller.page.url)[0]
    boot = "JSON.parse(document.getElementById('galley-boot').textContent)"
    ids["set"] = labeller.page.evaluate(f"{boot}.set.id")
    return labeller


def test_every_page_has_a_row() -> None:
    assert set(names(pages.urlpatterns)) == ROWS.keys() | NO_PAGES


def test_every_page_can_be_read_by_everybody(
    galley: Instance, new_context: NewContext, complaints: Any, ana: Labeller, ids: dict[str, str]
) -> None:
    complaints.expect("403|409")
    readers = {name: new_context().new_page() for name in ("max", "ana", "")}
    for name, page in readers.items():
        if name:
            page.goto(galley.link(name))
    found = {}
    for name, (reader, address) in ROWS.items():
        page = readers[reader]
        page.goto(address.format_map(ids))
        wrong = faults(page)
        if wrong:
            found[name] = wrong
    assert found == {}


def test_whatever_is_open_on_the_label_page(ana: Labeller, complaints: Any) -> None:
    complaints.expect(r"422 \(Unprocessable")
    page = ana.page
    found = {}

    def look(state: str) -> None:
        wrong = faults(page)
        if wrong:
            found[state] = wrong

    ana.click_span("it is “unacceptable,”")
    expect(ana.card).to_contain_text("Attitude")
    look("a span is chosen")
    ana.press("r")
    look("linking")
    ana.press("Escape", "Escape", "Escape")
    ana.drag_over("the annual ASEAN")
    expect(page.locator(".palette")).to_be_visible()
    look("the palette")
    ana.press("Escape")
    ana.press("g")
    expect(page.get_by_role("complementary", name="Guideline")).to_be_visible()
    look("the guideline")
    ana.press("g", "Shift+Enter")
    expect(page.locator(".toast")).to_contain_text("Not submitted yet")
    look("one span is not complete")
    ana.drag_over("Singapore")
    ana.press("e")
    for key, title in (("?", "Keys"), ("Shift+Enter", "missing")):
        ana.press(key)
        expect(page.get_by_role("dialog", name=re.compile(title))).to_be_visible()
        look(title)
        ana.press("Escape")
    ana.press("Delete")
    assert found == {}


def test_a_review_with_verdicts(ana: Labeller, galley: Instance, new_context: NewContext) -> None:
    ana.click_span("it is “unacceptable,”")
    ana.press("3", "2", "1", "1", "1", "1", "1")
    ana.wait_until_saved()
    ana.press("Shift+Enter")
    expect(ana.page.locator(".banner")).to_contain_text("Submitted.")
    rita = Labeller(new_context(), galley.link("rita"))
    rita.open_work("Review")
    rita.press("n", "a", "n", "x", "1")
    rita.wait_until_saved()
    assert faults(rita.page) == []
    rita.press("Shift+Enter")
    expect(rita.page.get_by_role("dialog")).to_be_visible()
    assert faults(rita.page) == []
    _what_comes_of_it(galley, new_context)


def _what_comes_of_it(galley: Instance, new_context: NewContext) -> None:
    """Make a release, and compare two people: pages that there are only then."""
    page = new_context().new_page()
    page.goto(galley.link("max"))
    page.goto(f"{PROJECT}releases/")
    page.get_by_role("button", name="Make the release").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Release 1.0.0")
    assert faults(page) == []
    page.goto(f"{PROJECT}releases/")
    assert faults(page) == []
    page.get_by_role("button", name="Make the release").click()
    page.get_by_role("link", name="Compare with another").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("From 1.0.0 to 1.0.1")
    assert faults(page) == []
    # On a phone, too, what was removed stands beside what was added.
    wide = page.viewport_size
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.locator(".wide-table").evaluate("each => each.scrollWidth <= each.clientWidth")
    page.set_viewport_size(wide or {"width": 1280, "height": 720})
    page.goto(f"{PROJECT}releases/1.0.1/diff/rows/?of=spans")
    assert faults(page) == []
    ben = Labeller(new_context(), galley.link("ben"))
    ben.open_work("Label|Continue")
    ben.mark_with_mouse("sidelines", "Cue")
    ben.wait_until_saved()
    ben.press("Shift+Enter")
    expect(ben.page.locator(".banner")).to_contain_text("Submitted.")
    page.goto(f"{PROJECT}agreement/")
    expect(page.get_by_role("heading", name="Who with whom")).to_be_visible()
    assert faults(page) == []
    page.locator(".matrix a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("ana and ben")
    assert faults(page) == []
    page.goto(f"{PROJECT}scheme/migrations/")
    page.get_by_label("New name").fill("STATEMENT")
    page.get_by_role("button", name="Look what it concerns").click()
    expect(page.get_by_role("heading", name="CLAIM is now STATEMENT.")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Change it: version 2").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("CLAIM is now STATEMENT.")
    assert faults(page) == []
