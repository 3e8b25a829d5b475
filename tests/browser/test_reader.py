"""The label page as a screen reader hears it: `reader.txt` is the script that the browser's tree is held to."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from ..server import Instance
from . import crowd
from .labeller import Labeller
from .reader import heard

NewContext = Callable[..., BrowserContext]

SCRIPT = Path(__file__).with_name("reader.txt")
INNER = "the issues of export controls and the intelligence-sharing pact should not be linked"
CLAIM = crowd.quoted("CLAIM", f"it is “unacceptable,” as {INNER}", form="mixed")
NESTED = crowd.quoted("CLAIM", "the issues of export controls", form="indirect") | {
    "confidence": 0.3
}
SUGA = crowd.quoted("SOURCE", "Yoshihide Suga", source_type="named_individual")
LINK = {
    "op": "add_relation",
    "id": "0b9c1f5e-6d0e-4a1c-9a53-0d5a4c1f7e11",
    "type": "ATTRIBUTED_TO",
    "from": CLAIM["id"],
    "to": SUGA["id"],
    "attributes": {"attitude": "statement", "stance": "deny"},
}


@pytest.fixture(scope="module")
def marked(galley: Instance) -> str:
    """Return the seed's article, with a few marks of ana's."""
    return crowd.add(galley, "ana", [CLAIM, NESTED, SUGA, LINK])


@pytest.fixture
def ana(galley: Instance, marked: str, new_context: NewContext) -> Labeller:
    labeller = Labeller(new_context(), galley.link("ana"))
    labeller.page.goto(f"/articles/{marked}/label/")
    labeller.wait_until_ready()
    expect(labeller.page.locator(".told")).to_be_visible()
    return labeller


def told(labeller: Labeller) -> Any:
    """Return the place where what happened is told."""
    return labeller.page.locator("annotation-canvas > [role=status]").last


def focus(labeller: Labeller) -> str:
    """Return what has the focus, once all that happens has happened."""
    where: str = labeller.page.evaluate(
        """async () => {
            for (let left = 4; left; left--) await new Promise((done) => setTimeout(done, 30));
            const { activeElement: at } = document;
            return at.dataset.part ?? at.getAttribute('role') ?? (at.ariaLabel || at.textContent).trim();
        }"""
    )
    return where


def test_the_page_is_told_as_the_script_says(ana: Labeller) -> None:
    page = ana.page
    paragraph = page.locator("[data-part=text] p", has_text="When asked on Monday")
    number = paragraph.evaluate("(each) => [...each.parentElement.children].indexOf(each) + 1")
    # The whole text is there, however far down the screen it is.
    assert crowd.TEXT.rpartition("\n")[2][:60] in heard(page, "[data-part=text]")
    parts = {"The paragraph": f"[data-part=text] > p:nth-child({number})", "The list": ".spans"}
    said = {title: heard(page, part) for title, part in parts.items()}
    ana.press(",", "Home")
    said["The list, on its first line"] = heard(page, ".spans")
    said["The card of that line"] = heard(page, "[data-part=card]")
    script = "\n".join(f"# {title}\n\n{text}" for title, text in said.items())
    assert script == SCRIPT.read_text()


def test_the_list_mirrors_the_text(ana: Labeller) -> None:
    listbox = ana.page.get_by_role("listbox", name="Spans in the text")
    ana.press("n", ",")
    expect(listbox).to_be_focused()
    for line in listbox.get_by_role("option").all():
        ident = line.get_attribute("id") or ""
        expect(listbox).to_have_attribute("aria-activedescendant", ident)
        expect(line).to_have_attribute("aria-selected", "true")
        first = ana.page.locator(f"mark[data-first~='{ident.removeprefix('option-')}']")
        expect(first).to_have_class(re.compile("chosen"))
        ana.press("ArrowDown")
    ana.press("Enter")
    assert focus(ana) == "text"


def test_what_happened_is_told(ana: Labeller, complaints: Any) -> None:
    complaints.expect(r"422 \(Unprocessable")
    ana.mark_with_keys(crowd.TEXT, "Takeshi Iwaya", "s")
    expect(told(ana)).to_have_text("Source, 2 of 2: Takeshi Iwaya")
    ana.press("1")
    expect(told(ana)).to_have_text(re.compile("^Type of source: named individual."))
    ana.mark_with_keys(crowd.TEXT, "an informal meeting with Jeong", "c")
    expect(told(ana)).to_have_text("Claim, 3 of 3: an informal meeting with Jeong")
    ana.press("r")
    expect(told(ana)).to_have_text(re.compile("^Link with: Enter for Takeshi Iwaya, or"))
    ana.press("Enter")
    expect(told(ana)).to_have_text("Linked: said by Takeshi Iwaya.")
    ana.press("Control+z")
    expect(told(ana)).to_have_text(
        "Undone: made the link “said by” from “an informal meeting with Jeong” to “Takeshi Iwaya”."
    )
    ana.press("{")
    expect(told(ana)).to_have_text("Now: an informal meeting with")
    ana.press("Delete")
    expect(told(ana)).to_have_text("Deleted the claim.")
    # A refusal: claims nest, and do not cross.
    ana.walk_over(
        crowd.TEXT,
        "asked on Monday about Seoul’s stance, Japan’s top government spokesman Yoshihide",
    )
    ana.press("s")
    expect(told(ana)).to_have_text(re.compile("overlap|cross|lies"))
    expect(ana.page.get_by_role("alert").filter(has_text="could not be saved")).to_be_visible()
    ana.press("Control+z")
    expect(told(ana)).to_have_text("Dismissed: it was not saved anyway.")


def test_the_focus_is_never_lost(galley: Instance, ana: Labeller, complaints: Any) -> None:
    complaints.expect(r"422 \(Unprocessable")
    page = ana.page
    # What was pressed goes away with what it was about.
    ana.press("n", "n")
    ana.card.get_by_role("button", name="Delete").press("Enter")
    assert focus(ana) == "text"
    page.locator(".toast").get_by_role("button", name="Undo").press("Enter")
    assert focus(ana) == "text"
    ana.card.get_by_role("button", name="Close").press("Enter")
    assert focus(ana) == "text"
    for key in ("?", "Shift+Enter"):
        ana.press(key)
        expect(page.get_by_role("dialog")).to_be_visible()
        page.get_by_role("dialog").get_by_role("button", name="Close").press("Enter")
        assert focus(ana) == "text"
    ana.press("n", "r")
    page.locator(".linking").get_by_role("button", name="Cancel").press("Enter")
    assert focus(ana) == "text"
    ana.press("Escape", "/")
    ana.press("Escape")
    assert focus(ana) == "text"
    # A change that is refused, and its line dismissed.
    ana.walk_over(crowd.TEXT, "spokesman Yoshihide")
    ana.press("s")
    page.get_by_role("button", name="Dismiss").press("Enter")
    assert focus(ana) == "text"


def test_the_focus_is_not_lost_with_the_set_or_the_article(
    galley: Instance, new_context: NewContext
) -> None:
    crowd.more_articles(galley, "ben", ["Prices rose. The bank said so."])
    ben = Labeller(new_context(), galley.link("ben"))
    ben.open_work("Label")
    page = ben.page
    # Handed in by its button, which goes; taken back by one that goes as well.
    page.get_by_role("button", name="Submit").press("Enter")
    expect(page.locator(".banner")).to_contain_text("Submitted.")
    assert focus(ben) == "text"
    page.get_by_role("button", name="Take back").press("Enter")
    expect(page.locator(".banner")).to_be_hidden()
    assert focus(ben) == "text"
    page.get_by_role("link", name=re.compile("Next|Previous")).press("Enter")
    expect(page.locator("[data-part=text]")).to_contain_text("Prices rose.")
    ben.wait_until_ready()
    assert focus(ben) == "text"
