"""Keys of one's own: chosen on the sheet, kept with the person, shown where they work."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from ..factories import SEEDS
from ..server import Instance
from .labeller import Labeller

TEXT = next(SEEDS.glob("*.txt")).read_text()

NewContext = Callable[..., BrowserContext]


@pytest.fixture
def ben(galley: Instance, new_context: NewContext) -> Labeller:
    labeller = Labeller(new_context(), galley.link("ben"))
    labeller.open_work("Label|Continue")
    return labeller


def sheet(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


def change(page: Page, title: str, key: str) -> None:
    page.get_by_role("button", name=f"{title}: ").first.click()
    expect(page.get_by_role("status").filter(has_text="Press the new key")).to_be_visible()
    page.keyboard.press(key)


def test_a_key_of_ones_own_works_at_once_and_from_then_on(ben: Labeller) -> None:
    page = ben.page
    sheet(page)
    change(page, "claim", "q")
    expect(page.get_by_role("status").filter(has_text="Kept, on every device")).to_be_visible()
    with page.expect_navigation():
        page.keyboard.press("Escape")
    ben.wait_until_saved()
    ben.mark_with_keys(TEXT, "Yoshihide Suga", "q")
    expect(ben.card.get_by_role("heading", level=2)).to_contain_text("Claim")
    page.reload()
    sheet(page)
    expect(page.get_by_role("button", name="claim: q. Change it")).to_be_visible()
    # However quickly one closes the sheet, what was chosen is kept first.
    with page.expect_navigation():
        page.get_by_role("button", name="Use the keys it comes with").click()
        page.keyboard.press("Escape")
    sheet(page)
    expect(page.get_by_role("button", name="claim: c. Change it")).to_be_visible()


def test_escape_leaves_the_key_and_the_sheet_as_they_are(ben: Labeller) -> None:
    page = ben.page
    sheet(page)
    change(page, "flag it for discussion", "Escape")
    expect(page.get_by_role("status").filter(has_text="Nothing was changed")).to_be_visible()
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()


def test_the_one_that_had_the_key_gives_it_up(ben: Labeller) -> None:
    page = ben.page
    sheet(page)
    change(page, "flag it for discussion", "n")
    expect(page.get_by_role("status").filter(has_text="Kept")).to_be_visible()
    with page.expect_navigation():
        page.keyboard.press("Escape")
    ben.wait_until_saved()
    sheet(page)
    expect(page.get_by_role("button", name="flag it for discussion: n.")).to_be_visible()
    expect(page.get_by_role("button", name="next span, span before: F3.")).to_be_visible()
    page.get_by_role("button", name="Use the keys it comes with").click()
    expect(page.get_by_role("status").filter(has_text="Kept")).to_be_visible()
