"""A set that came back: what the reviewer proposes is taken, or declined with a word."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from ..factories import SEEDS
from ..server import Instance
from .labeller import Labeller

TEXT = next(SEEDS.glob("*.txt")).read_text()


def test_a_proposed_span_is_taken_or_declined_at_one_key(
    galley: Instance, new_context: Callable[..., BrowserContext]
) -> None:
    ben = Labeller(new_context(), galley.link("ben"))
    ben.open_work("Label")
    ben.mark_with_keys(TEXT, "said", "u")
    ben.wait_until_saved()
    ben.press("Shift+Enter")
    expect(ben.page.locator(".banner")).to_contain_text("Submitted.")

    rita = Labeller(new_context(), galley.link("rita"))
    row = rita.page.get_by_role("listitem").filter(has_text="ben")
    row.get_by_role("link", name=re.compile("^Review")).click()
    rita.wait_until_ready()
    for words in ("retract", "maintain", "saying"):
        rita.walk_over(TEXT, words)
        rita.press("m", "u", "Enter")
        rita.wait_until_saved()
    rita.press("Shift+A", "Shift+Enter")
    dialog = rita.page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("Some cues are missing.")
    dialog.get_by_role("button", name="Return to ben").click()
    expect(rita.page.locator(".banner")).to_contain_text("Returned to ben.")

    ben.open_work("Correct")
    expect(ben.page.locator(".banner")).to_contain_text("3 spans were proposed: take what")
    ben.press("d")
    expect(ben.page.locator(".toast")).to_contain_text("Not taken: cue “retract”.")
    expect(ben.card.locator(".proposals li")).to_have_count(2)
    ben.press("k")
    expect(ben.card.get_by_role("heading").first).to_contain_text("Cue")
    # What is left to do is what is proposed, though a span is chosen.
    ben.press("j")
    expect(ben.card.get_by_role("button", name="Take it")).to_be_focused()
    ben.card.get_by_role("button", name="Decline").click()
    expect(ben.card.locator(".proposals")).to_have_count(0)
    expect(ben.page.locator(".banner")).to_contain_text("Nothing the reviewer said is left open.")
    expect(ben.card.locator(".thread")).to_contain_text("Not taken: cue “saying”.")
    ben.wait_until_saved()
    # It stays so, and the reviewer reads it.
    ben.page.reload()
    ben.wait_until_ready()
    expect(ben.page.locator(".banner")).to_contain_text("Nothing the reviewer said is left open.")
    expect(ben.card.locator(".proposals")).to_have_count(0)
    ben.press("Shift+Enter")
    expect(ben.page.locator(".banner")).to_contain_text("Submitted.")
    rita.page.reload()
    expect(rita.card.locator(".thread")).to_contain_text("Not taken: cue “retract”.")
