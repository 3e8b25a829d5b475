"""What hands do at the label page beyond the usual: parts that lie apart, keys without a meaning, lost places."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from ..factories import SEEDS
from ..server import Instance
from .labeller import Labeller

TEXT = next(SEEDS.glob("*.txt")).read_text()
UNACCEPTABLE = "it is “unacceptable,”"
LINKED = "should not be linked"

NewContext = Callable[..., BrowserContext]


@pytest.fixture
def ana(galley: Instance, new_context: NewContext) -> Labeller:
    """Somebody at the label page, with the marks of the tests before."""
    labeller = Labeller(new_context(), galley.link("ana"))
    labeller.open_work("Label|Continue")
    return labeller


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
