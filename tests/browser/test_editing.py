"""Quicker hands at the label page: every mention, the search, the last act again, spans joined and cut."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, expect

from ..factories import SEEDS
from .labeller import Labeller

TEXT = next(SEEDS.glob("*.txt")).read_text()
KONO = len(re.findall(r"\bKono\b", TEXT))

NewContext = Callable[..., BrowserContext]


def toast(labeller: Labeller) -> Any:
    """Return what the page says for a moment."""
    return labeller.page.locator(".toast")


def bar(labeller: Labeller) -> Any:
    """Return the bar at the foot of the screen."""
    return labeller.page.locator(".seeking")


def spans(labeller: Labeller, words: str) -> Any:
    """Return the lines of the list that say just these words."""
    return labeller.page.get_by_role("option", name=re.compile(rf": {re.escape(words)}(,|$)"))


def test_every_mention_is_proposed_and_marked_as_one_act(ana: Labeller) -> None:
    ana.mark_with_keys(TEXT, "Kono", "e")
    ana.press("1")
    expect(ana.card.get_by_role("button", name="person")).to_have_attribute("aria-pressed", "true")
    ana.press("*")
    expect(bar(ana)).to_contain_text(f"1 of {KONO - 1}")
    # One is passed over, and that is thought better of; the next is passed over for good. The label's key marks.
    ana.press("Space", "Backspace", "e", "Space")
    expect(bar(ana)).to_contain_text(f"3 of {KONO - 1}")
    ana.press("f")
    expect(bar(ana)).to_contain_text("this form / inflected too")
    ana.press("a")
    expect(toast(ana)).to_contain_text(f"Marked {KONO - 2} more as entity. 1 passed over.")
    expect(spans(ana, "Kono")).to_have_count(KONO - 1)
    ana.wait_until_saved()
    # What is marked is not proposed again; and what was set goes along.
    ana.press("*")
    expect(bar(ana)).to_contain_text(f"1 of 1 · {KONO - 2} marked already")
    # A key of the page ends this and does its own.
    ana.press("n")
    expect(bar(ana)).to_be_hidden()
    expect(ana.card.get_by_role("button", name="person")).to_have_attribute("aria-pressed", "true")
    ana.press("Control+z")
    expect(spans(ana, "Kono")).to_have_count(1)
    ana.press("Control+Shift+z")
    expect(spans(ana, "Kono")).to_have_count(KONO - 1)
    ana.press("Control+z")
    ana.wait_until_saved()


def test_what_is_searched_is_selected_for_a_label(ana: Labeller) -> None:
    ana.press("Escape", "Escape", "/")
    ana.type("yoshi")
    expect(bar(ana)).to_contain_text("1 of 1")
    # There is no other to go on to.
    expect(bar(ana).get_by_role("button", name="Next")).to_be_hidden()
    ana.press("Enter")
    expect(bar(ana)).to_be_hidden()
    ana.press("s")
    expect(ana.card.locator("blockquote")).to_have_text("Yoshihide")
    ana.press("Control+z", "Control+ArrowUp", *["Control+ArrowUp"] * 30, "/")
    ana.type("SOUTH KOREA")
    hits = len(re.findall("South Korea", TEXT))
    expect(bar(ana)).to_contain_text(f"1 of {hits}")
    ana.press("ArrowDown", "ArrowDown", "ArrowUp")
    expect(bar(ana)).to_contain_text(f"2 of {hits}")
    # Beside the field the bar has keys of its own, and others mean the hit.
    ana.press("Tab", "n")
    expect(bar(ana)).to_contain_text(f"3 of {hits}")
    ana.press("p", "e")
    expect(bar(ana)).to_be_hidden()
    # A hit is taken as whole words, like whatever is selected.
    expect(ana.card.locator("blockquote")).to_have_text("South Korean")
    # Enter takes the hit that is meant, however many there are.
    ana.press("Control+z", "Control+ArrowUp", *["Control+ArrowUp"] * 30, "/")
    ana.type("Thailand")
    expect(bar(ana)).to_contain_text(f"1 of {len(re.findall('Thailand', TEXT))}")
    ana.press("Enter", "e")
    expect(bar(ana)).to_be_hidden()
    expect(ana.card.locator("blockquote")).to_have_text("Thailand")
    ana.press("Control+z", "/")
    ana.type("nowhere to be found")
    expect(bar(ana)).to_contain_text("Not in the text")
    # Keys go on being what is sought, until one leaves.
    ana.press("Enter", "e")
    expect(bar(ana).get_by_role("textbox")).to_have_value("nowhere to be founde")
    ana.press("Escape")
    expect(ana.page.locator("[data-part=text]")).to_be_focused()
    ana.wait_until_saved()


def test_who_has_begun_can_search_without_the_network(ana: Labeller) -> None:
    with ana.page.expect_response(re.compile(r"/canvas/edit/")):
        ana.mark_with_keys(TEXT, "Korea", "e")
    ana.wait_until_saved()
    ana.page.context.set_offline(True)
    ana.press("/")
    expect(bar(ana)).to_be_visible()
    ana.page.keyboard.type("yoshi")
    expect(bar(ana)).to_contain_text("1 of")
    ana.press("Enter")
    ana.page.context.set_offline(False)
    ana.press("Control+z")
    ana.wait_until_saved()


def test_the_last_act_is_done_again(ana: Labeller) -> None:
    ana.mark_with_keys(TEXT, "Tokyo", "e")
    ana.press("ArrowRight", "ArrowRight", ".")
    expect(toast(ana)).to_contain_text("Again: entity.")
    expect(ana.card.locator("blockquote")).to_have_text("Seoul")
    # A value, on the one chosen then.
    ana.press("4", "p", ".")
    expect(toast(ana)).to_contain_text("Again: Type of entity country, city, state.")
    expect(ana.card.locator("blockquote")).to_have_text("Tokyo")
    pressed = ana.card.get_by_role("button", name="country, city, state")
    expect(pressed).to_have_attribute("aria-pressed", "true")
    # With none chosen, words are marked just as that one is.
    ana.press("Escape", "ArrowRight", "ArrowRight", "ArrowRight", ".")
    expect(toast(ana)).to_contain_text("Again: entity, Type of entity country, city, state")
    expect(pressed).to_have_attribute("aria-pressed", "true")
    ana.press("Control+z", "n", "!", "n", ".")
    expect(ana.card.get_by_role("button", name="Flagged")).to_be_visible()
    ana.press("Control+z")
    # What was undone is said in words that are fetched.
    expect(toast(ana)).to_contain_text("Undone")
    ana.press("p", "!", "Escape", ".")
    expect(toast(ana)).to_have_text("Choose the span first on which to do it again.")
    ana.wait_until_saved()


def test_a_stray_key_leaves_no_mark(ana: Labeller) -> None:
    ana.press("n")
    title = ana.card.get_by_role("heading").first.inner_text()
    ana.press("c")
    expect(toast(ana)).to_contain_text("Nothing was marked: a span is chosen. ⇧C makes it: claim.")
    expect(ana.card.get_by_role("heading").first).to_have_text(title, ignore_case=True)
    # Meant, it is one key more.
    ana.press("Escape", "s")
    expect(ana.card.get_by_role("heading").first).to_contain_text("Source")
    ana.press("Control+z")
    # A word that was only clicked is marked with the way back in sight.
    ana.press("Escape")
    ana.click_span("semiconductors")
    ana.press("u")
    expect(toast(ana)).to_contain_text("Marked “semiconductors”.")
    ana.press("Control+z")
    ana.wait_until_saved()


def test_spans_are_merged_and_split(ana: Labeller) -> None:
    whole = "Defense Secretary Mark Esper"
    ana.mark_with_keys(TEXT, whole, "s")
    ana.press("2", "Escape")
    # At the caret's word.
    ana.walk_over(TEXT, "Mark")
    ana.press("%")
    expect(toast(ana)).to_contain_text("Split into “Defense Secretary” and “Mark Esper”.")
    expect(spans(ana, "Mark Esper")).to_have_count(1)
    ana.press("&")
    expect(toast(ana)).to_contain_text("Merged with “Mark Esper”.")
    expect(ana.card.locator("blockquote > span:not(.gap)")).to_have_text([whole])
    ana.wait_until_saved()
    # What contradicts is said; parts that lie apart can be split again.
    ana.press("Escape")
    ana.mark_with_keys(TEXT, "Vietnam", "s")
    ana.press("3", "p", "&")
    expect(toast(ana)).to_contain_text("Type of source: the first one’s stays.")
    parts = ana.card.locator("blockquote > span:not(.gap)")
    expect(parts).to_have_text([whole, "Vietnam"])
    ana.press("%")
    expect(parts).to_have_text([whole])
    expect(spans(ana, "Vietnam")).to_have_count(1)
    ana.wait_until_saved()
    # Each was one act.
    ana.press("Control+z")
    expect(parts).to_have_text([whole, "Vietnam"])
    # Split where the caret stands and taken back, the whole is chosen though nothing was before.
    ana.press("Control+z", "Escape", "Escape")
    ana.walk_over(TEXT, "Mark")
    ana.press("%", "Control+z")
    expect(parts).to_have_text([whole])
    ana.press("Control+z", "Control+z")
    ana.wait_until_saved()


LINES = """
() => [...document.querySelectorAll('[data-part=text] p')].map((paragraph) => {
    // Where every word stands, however the text is cut into elements.
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
        const range = document.createRange();
        for (const { index, 0: word } of walker.currentNode.data.matchAll(/\\w+/g)) {
            range.setStart(walker.currentNode, index);
            range.setEnd(walker.currentNode, index + word.length);
            const { left, top } = range.getBoundingClientRect();
            found.push(`${word} ${Math.round(left)} ${Math.round(top + scrollY)}`);
        }
    }
    return found;
})
"""


def test_a_link_moves_no_word(ana: Labeller) -> None:
    ana.mark_with_keys(TEXT, "Suga", "s", 1)
    ana.press("2", "Escape")
    ana.mark_with_keys(TEXT, "regrettable", "c")
    ana.press("2", "1")
    ana.wait_until_saved()
    before = ana.page.evaluate(LINES)
    ana.press("r", "r")
    chip = ana.page.locator(".said")
    expect(chip).to_have_count(1)
    assert ana.page.evaluate(LINES) == before
    # It is seen, inside the column, and is no text.
    box, column = chip.bounding_box(), ana.page.locator("[data-part=text]").bounding_box()
    assert box
    assert column
    assert column["x"] - 40 <= box["x"]
    assert box["x"] + box["width"] <= column["x"] + column["width"] + 40
    assert "→" not in ana.page.locator("[data-part=text]").inner_text()
    chip.click()
    expect(ana.card.get_by_role("heading").first).to_contain_text("Source")
    ana.wait_until_saved()


def test_a_mark_ends_where_its_words_end(ana: Labeller) -> None:
    ana.mark_with_keys(
        TEXT, "If the meeting, on the sidelines of the annual ASEAN Defense Ministers", "c"
    )
    expect(ana.page.locator(".run.chosen").first).to_be_visible()
    wide = ana.page.evaluate(
        """() => [...document.querySelector('.run.chosen').getClientRects()].map((each) => each.right)"""
    )
    column = ana.page.locator("[data-part=text]").bounding_box()
    assert column
    assert max(wide) <= column["x"] + column["width"] + 0.5
    ana.press("Control+z")
    ana.wait_until_saved()


def test_what_is_missing_leads_to_the_very_field(ana: Labeller) -> None:
    ana.press("Escape")
    ana.mark_with_keys(TEXT, "Singapore", "e")
    ana.press("Escape", "Escape", "Escape")
    todo = ana.page.locator(".todo")
    todo.locator("summary").click()
    rows = todo.locator("li")
    expect(rows.filter(has_text="Singapore")).to_have_count(1)
    rows.filter(has_text="Singapore").get_by_role("button").click()
    armed = ana.card.locator("[data-armed]")
    expect(armed).to_contain_text("Type of entity")
    ana.press("4")
    expect(rows.filter(has_text="Singapore")).to_have_count(0)
    ana.wait_until_saved()
