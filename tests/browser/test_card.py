"""The card and the palette beside the work: nothing moves under the mouse, nothing covers what is read on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from ..factories import SEEDS
from .labeller import Labeller

TEXT = next(SEEDS.glob("*.txt")).read_text()
UNACCEPTABLE = "it is “unacceptable,”"

COVERED = """
(way) => {
    // What floats over the text, against the line that the selection has come to and the next.
    const bar = document.querySelector('.palette').getBoundingClientRect();
    const lines = [...getSelection().getRangeAt(0).getClientRects()];
    const { top, bottom, height } = way === 'Down' ? lines.at(-1) : lines[0];
    return bottom + height > bar.top && top - height < bar.bottom;
}
"""


def place(button: Locator) -> tuple[float, float]:
    """Return the middle of a button."""
    box = button.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def attributed(ana: Labeller) -> None:
    """Mark a source, its cue and its claim, and link them."""
    ana.mark_with_keys(TEXT, "Yoshihide Suga", "s")
    ana.press("1")
    ana.mark_with_keys(TEXT, "said", "u", TEXT[: TEXT.index(UNACCEPTABLE)].count("said") - 1)
    ana.mark_with_keys(TEXT, UNACCEPTABLE, "c")
    ana.press("r", "r")
    expect(ana.card.locator(".goto")).to_have_text(["Yoshihide Suga", "said"])


@pytest.mark.parametrize("height", [900, 600])
def test_what_is_pressed_stays_under_the_mouse(ana: Labeller, height: int) -> None:
    ana.page.set_viewport_size({"width": 1440, "height": height})
    words = "Kono is scheduled to visit Thailand"
    ana.mark_with_keys(TEXT, words, "c")
    for keep in (
        "null form indirect",
        "null check_worthiness NFS",
        "null check_worthiness CFS",
        "null claim_type numerical",
        "null claim_type numerical",
        "null source_implicit true",
        "null source_implicit true",
        "mark confidence unsure",
    ):
        button = ana.card.locator(f"[data-keep='{keep}']")
        button.scroll_into_view_if_needed()
        before = place(button)
        ana.page.mouse.click(*before)
        ana.page.wait_for_timeout(100)
        assert place(button) == pytest.approx(before, abs=1), keep
    # Once the mouse is elsewhere, the card stands as it did.
    ana.page.mouse.move(600, 400)
    assert not ana.card.get_attribute("style")
    ana.press("Delete")
    ana.wait_until_saved()


def test_a_cue_says_whose_it_is_and_leads_there_and_back(ana: Labeller) -> None:
    attributed(ana)
    claim, cue = "blockquote", ana.card.locator(".goto", has_text="said")
    cue.click()
    expect(ana.card.locator(claim)).to_have_text("said")
    expect(ana.card.locator(".links")).to_contain_text("Cue of the claim")
    ana.card.locator(".goto").click()
    expect(ana.card.locator(claim)).to_have_text(UNACCEPTABLE)
    # By key: round all that the chosen span is tied to.
    for words in ("Yoshihide Suga", "said", UNACCEPTABLE):
        ana.press("'")
        expect(ana.card.locator(claim)).to_have_text(words)
    ana.press("'", "Escape", "n", "'")
    ana.mark_with_keys(TEXT, "Singapore", "u")
    ana.press("'")
    expect(ana.page.locator(".toast")).to_have_text("It is linked with nothing.")
    ana.press("Delete")
    ana.wait_until_saved()


@pytest.mark.parametrize("way", ["Down", "Up"])
def test_who_selects_by_keys_can_read_on_in_both_directions(ana: Labeller, way: str) -> None:
    ana.page.set_viewport_size({"width": 1280, "height": 700})
    ana.walk_over(TEXT, "Seoul has")
    long = "document.documentElement.scrollHeight"
    without = ana.page.evaluate(long)
    for _ in range(14):
        ana.press(f"Shift+Arrow{way}")
        ana.page.evaluate(
            "() => new Promise((then) => requestAnimationFrame(() => setTimeout(then)))"
        )
        expect(ana.page.locator(".palette")).to_be_visible()
        assert not ana.page.evaluate(COVERED, way)
    assert ana.page.evaluate(long) == without
    ana.press("Escape")


def test_what_a_comment_is_on_is_plain(ana: Labeller) -> None:
    ana.press("Escape", "Escape", "Escape")
    about = ana.card.get_by_role("heading", level=3)
    expect(about).to_have_text("Comments on the whole set")
    ana.press("n")
    expect(about).to_have_text("Comments on this span")


def test_values_have_titles_that_people_write(ana: Labeller) -> None:
    ana.mark_with_keys(TEXT, "the Defense Ministry", "s")
    expect(ana.card.get_by_role("button", name="NGO", exact=True)).to_be_visible()
    ana.press("Delete")
    ana.wait_until_saved()
