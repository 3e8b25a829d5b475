"""What hands do at the label page beyond the usual: parts that lie apart, keys without a meaning, lost places."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, expect

from ..factories import SEEDS
from .labeller import Labeller

TEXT = next(SEEDS.glob("*.txt")).read_text()
UNACCEPTABLE = "it is “unacceptable,”"
LINKED = "should not be linked"

NewContext = Callable[..., BrowserContext]


def toast(labeller: Labeller) -> Any:
    """Return what the page says for a moment."""
    return labeller.page.locator(".toast")


def test_a_part_that_lies_apart_is_added_by_keys_alone(ana: Labeller) -> None:
    ana.mark_with_keys(TEXT, UNACCEPTABLE, "c")
    ana.press("Escape")
    ana.walk_over(TEXT, LINKED)
    expect(ana.page.locator(".palette")).to_contain_text("Add to “it is “unacceptable")
    ana.press("+")
    parts = ana.card.locator("blockquote > span:not(.gap)")
    expect(parts).to_have_text([UNACCEPTABLE, LINKED])
    # And a word is cut out of it again.
    ana.walk_over(TEXT, "not be", TEXT[: TEXT.index(LINKED)].count("not be"))
    ana.press("-")
    expect(parts).to_have_text([UNACCEPTABLE, "should", "linked"])
    ana.wait_until_saved()


def test_a_key_that_does_nothing_says_why(ana: Labeller) -> None:
    ana.press("Escape", "Escape")
    ana.press("5")
    expect(toast(ana)).to_contain_text("Choose a span first")
    ana.press("w")
    expect(toast(ana)).to_have_text("The key w is for: claim. Choose one first.")
    ana.mark_with_keys(TEXT, "Yoshihide Suga", "s")
    ana.press("w")
    expect(toast(ana)).to_have_text("The key w is for: claim. Chosen is: source.")
    ana.press("1", "1")
    expect(toast(ana)).to_have_text("Link its Claim to it (“said by”).")
    ana.press("t", "2", "Shift+E")
    expect(toast(ana)).to_have_text("Its label is now entity.")
    ana.press("Control+z")
    ana.wait_until_saved()


def test_the_card_asks_for_the_link_that_is_needed(ana: Labeller) -> None:
    ana.click_span(UNACCEPTABLE)
    ana.press("1", "1")
    expect(ana.card).to_contain_text("Link it to its Source (“said by”).")
    ana.press("Space")
    expect(ana.page.locator(".linking")).to_contain_text("Yoshihide Suga")
    ana.press("Enter")
    expect(ana.card).not_to_contain_text("Link it to its")
    ana.wait_until_saved()


def test_no_place_is_lost(ana: Labeller, complaints: Any) -> None:
    # Submitting works from the list, too; what is missing is a refusal.
    complaints.expect(r"422 \(Unprocessable")
    ana.press("n", ",", "Shift+Enter")
    expect(toast(ana)).to_contain_text("missing")
    expect(ana.page.locator("[data-part=text]")).to_be_focused()
    ana.press("Escape", "n")
    ana.card.get_by_role("button", name="Close").press("Enter")
    expect(ana.page.locator("[data-part=text]")).to_be_focused()


def test_an_offer_to_undo_goes_with_the_next_act(ana: Labeller) -> None:
    ana.mark_with_keys(TEXT, "Singapore", "u")
    ana.press("Delete")
    expect(toast(ana)).to_contain_text("Deleted the cue.")
    # It would take back what is done now.
    ana.mark_with_keys(TEXT, "Vietnam", "u")
    expect(toast(ana)).to_be_hidden()
    ana.press("Control+z")
    ana.wait_until_saved()


def test_what_is_refused_is_selected_again_and_dismissed_by_undo(
    ana: Labeller, complaints: Any
) -> None:
    complaints.expect(r"422 \(Unprocessable")
    ana.mark_with_keys(TEXT, "a military intelligence-sharing pact", "c")
    ana.wait_until_saved()
    ana.mark_with_keys(TEXT, "pact between Tokyo and Seoul", "c")
    expect(ana.page.locator(".refusals")).to_contain_text("1 change could not be saved")
    expect(ana.page.locator("[data-part=saved]")).to_have_text("1 change could not be saved")
    assert ana.page.evaluate("getSelection().toString()") == "pact between Tokyo and Seoul"
    ana.press("Control+z")
    expect(ana.page.locator(".refusals")).to_be_hidden()
    # What was done before it stands.
    ana.click_span("a military")
    expect(ana.card).to_contain_text("a military intelligence-sharing pact")
    ana.wait_until_saved()
