"""The whole job with the keyboard alone: from the desk to a submitted set; no pointer ever touches the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from ..factories import SEEDS
from ..server import Instance
from .labeller import Labeller

TEXT = next(SEEDS.glob("*.txt")).read_text()
OUTER = (
    "it is “unacceptable,” as the issues of export controls and the intelligence-sharing pact"
    " should not be linked"
)
INNER = "the issues of export controls and the intelligence-sharing pact should not be linked"
MISREAD = "Seoul has “misread” the current regional security environment"
REGRETTABLE = "the termination of the pact is “very regrettable.”"
SENTENCE = "The issues must not be linked."
KONO = TEXT.count("Kono")

NewContext = Callable[..., BrowserContext]
SET = """async () => {
    const { urls } = JSON.parse(document.getElementById('galley-boot').textContent);
    return (await fetch(urls.set)).json();
}"""
POINTED = """
window.pointed = 0;
for (const type of ['pointerdown', 'pointermove', 'mousedown', 'touchstart', 'wheel'])
    document.addEventListener(type, () => window.pointed++, { capture: true });
"""


@pytest.fixture(scope="module")
def page(galley: Instance, browser: Any, browser_context_args: dict[str, Any]) -> Any:
    """One sitting: every test goes on where the one before left off."""
    context = browser.new_context(**browser_context_args)
    context.add_init_script(POINTED)
    opened = context.new_page()
    opened.goto(galley.link("ana"))
    yield opened
    context.close()


class Typist(Labeller):
    """Somebody who has no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def tab_to(self, name: str) -> None:
        """Go on by Tab until what has the focus begins with a name."""
        for _ in range(60):
            self.press("Tab")
            if self.focused.startswith(name):
                return
        raise AssertionError(f"Tab does not lead to “{name}”")

    @property
    def focused(self) -> str:
        """What has the focus, by its words."""
        words: str = self.page.evaluate(
            "(document.activeElement.ariaLabel ?? document.activeElement.textContent).trim()"
        )
        return words

    def set(self) -> dict[str, Any]:
        """Return the set as the server has it, with all that was done."""
        # What a key did shows at once, and is on its way a moment later.
        self.page.evaluate("() => new Promise(requestAnimationFrame)")
        self.wait_until_saved()
        found: dict[str, Any] = self.page.evaluate(SET)
        return found

    def span(self, *quotes: str) -> dict[str, Any]:
        """Return the one span of some words as the server has it."""
        (found,) = [
            each
            for each in self.set()["spans"]
            if tuple(part["quote"] for part in each["fragments"]) == quotes
        ]
        return dict(found)


@pytest.fixture
def ana(page: Page) -> Any:
    typist = Typist(page)
    yield typist
    assert page.evaluate("window.pointed") == 0


def test_the_work_is_reached_by_tab(ana: Typist) -> None:
    ana.page.goto("/")
    ana.tab_to("Label")
    ana.press("Enter")
    ana.wait_until_ready()
    expect(ana.page.locator("[data-part=text]")).to_be_focused()


def test_spans_nest_and_each_of_them_can_be_chosen(ana: Typist) -> None:
    ana.mark_with_keys(TEXT, OUTER, "c")
    ana.press("2", "1")
    ana.mark_with_keys(TEXT, INNER, "c")
    ana.press("2", "3", "6", "Space")
    ana.type(SENTENCE)
    ana.press("Enter", "Escape", "Escape")
    ana.walk_over(TEXT, "issues")
    ana.press("Enter")
    expect(ana.card.locator("blockquote")).to_have_text(INNER)
    ana.press("Enter")
    expect(ana.card.locator("blockquote")).to_have_text(OUTER)
    assert ana.span(INNER)["attributes"] == {
        "form": "indirect",
        "check_worthiness": "CFS",
        "claim_type": ["position_statement"],
        "normalized_text": SENTENCE,
    }


def test_a_claim_of_two_parts(ana: Typist) -> None:
    ana.mark_with_keys(TEXT, MISREAD, "c")
    ana.press("3", "1", "Escape")
    ana.walk_over(TEXT, REGRETTABLE)
    ana.press("+")
    assert ana.span(MISREAD, REGRETTABLE)["attributes"]["form"] == "mixed"


def test_its_source_is_linked_by_a_letter_and_the_cue_comes_along(ana: Typist) -> None:
    ana.mark_with_keys(TEXT, "Yoshihide Suga", "s")
    ana.press("1")
    suga = len(TEXT[: TEXT.index("Suga said at a news")].split("Suga")) - 1
    ana.mark_with_keys(TEXT, "Suga", "s", suga)
    ana.press("1")
    ana.mark_with_keys(TEXT, "said", "u", TEXT[: TEXT.index("said at a news")].count("said"))
    ana.walk_over(TEXT, "misread")
    ana.press("Enter", "r")
    # Either source has a letter; "r" once more or Enter would take the nearest.
    hint = ana.page.locator(".run[data-hint]", has_text="Suga")
    expect(hint).to_have_count(2)
    ana.press(hint.last.get_attribute("data-hint") or "")
    ana.press("1", "1", "3")
    (link,) = ana.set()["relations"]
    source, cue = ana.span("Suga"), ana.span("said")
    assert (link["from"], link["to"]) == (ana.span(MISREAD, REGRETTABLE)["id"], source["id"])
    assert link["attributes"] == {
        "attitude": "statement",
        "stance": "affirm",
        "channel": "press_conference_speech",
        "cue": cue["id"],
    }


def test_an_edge_is_nudged_by_a_word_and_by_a_character_and_all_is_taken_back(ana: Typist) -> None:
    ana.mark_with_keys(TEXT, "the Philippines and Vietnam", "c")
    ana.press("]")
    assert ana.span("Philippines and Vietnam")
    ana.press("{", "Alt+Shift+BracketLeft")
    assert ana.span("Philippines an")
    ana.press("Control+z", "Control+z", "Control+z")
    assert ana.span("the Philippines and Vietnam")
    ana.press("Control+Shift+z")
    assert ana.span("Philippines and Vietnam")
    ana.press("Delete")
    expect(ana.page.locator(".toast")).to_contain_text("Deleted the claim.")
    assert "Philippines" not in str(ana.set())


def test_every_mention_by_three_keys(ana: Typist) -> None:
    ana.mark_with_keys(TEXT, "Kono", "e")
    ana.press("1", "*", "Space", "a")
    marked = [each for each in ana.set()["spans"] if each["fragments"][0]["quote"] == "Kono"]
    assert len(marked) == KONO - 1
    assert {each["attributes"]["entity_type"] for each in marked} == {"PERSON"}


def test_the_list_is_read_and_left_by_keys(ana: Typist) -> None:
    ana.press("Escape", "Escape", ",", "Home")
    expect(ana.page.get_by_role("listbox")).to_be_focused()
    expect(ana.card.locator("blockquote")).to_have_text("Kono")
    ana.press("End", "ArrowUp")
    while MISREAD not in ana.card.locator("blockquote").inner_text():
        ana.press("ArrowUp")
    ana.press("Enter")
    expect(ana.page.locator("[data-part=text]")).to_be_focused()
    ana.press("$", "2", "!")
    claim = ana.span(MISREAD, REGRETTABLE)
    assert (claim["confidence"], claim["flag"]) == (0.7, True)


def test_a_comment_is_written_and_sent(ana: Typist) -> None:
    ana.press("x")
    expect(ana.card.get_by_role("textbox", name="Say something about this span")).to_be_focused()
    ana.type("Two parts, one claim?")
    ana.press("Enter")
    expect(ana.card.get_by_role("region", name="Comments")).to_contain_text("Two parts, one claim?")
    expect(ana.page.locator("[data-part=text]")).to_be_focused()


def test_it_is_submitted_once_nothing_is_missing_and_taken_back(
    ana: Typist, complaints: Any
) -> None:
    complaints.expect(r"422 \(Unprocessable")
    dialog = ana.page.get_by_role("dialog")
    # Two claims without a source, and a source without a claim: each line leads to the very link.
    ana.press("Shift+Enter")
    expect(dialog.get_by_role("listitem")).to_have_count(3)
    ana.tab_to("Claim")
    ana.press("Enter")
    expect(dialog).to_be_hidden()
    expect(ana.page.locator(".linking")).to_be_visible()
    ana.press("Enter", "1", "1")
    ana.wait_until_saved()
    # What is left alone is led to at once, and from its last value back.
    toast = ana.page.locator(".toast")
    ana.press("Shift+Enter")
    expect(toast).to_contain_text("Not submitted yet: Link it to its Source (“said by”).")
    expect(ana.page.locator(".linking")).to_be_visible()
    expect(dialog).to_have_count(0)
    ana.press("Enter", "1", "1")
    expect(toast).to_contain_text("Nothing is missing now.")
    expect(toast.get_by_role("button", name="Submit")).to_be_visible()
    ana.press("Shift+Enter")
    expect(ana.page.locator(".banner")).to_contain_text("Submitted.")
    queue = ana.page.locator(".queue")
    expect(queue).to_contain_text("1 of 1 submitted")
    found = ana.set()
    assert (found["state"], len(found["relations"])) == ("submitted", 3)
    ana.tab_to("Take back")
    ana.press("Enter")
    expect(ana.page.locator(".banner")).to_be_hidden()
    expect(queue).to_contain_text("0 of 1 submitted")
    assert ana.set()["state"] == "open"
