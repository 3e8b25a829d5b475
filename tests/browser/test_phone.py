"""The label and review pages under a thumb: nothing runs off a narrow screen, nothing asks for a key."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from ..server import Instance
from .labeller import Labeller

NewContext = Callable[..., BrowserContext]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def test_queue_and_header_fit_the_screen(galley: Instance, new_context: NewContext) -> None:
    ana = Labeller(new_context(**PHONE), galley.link("ana"))
    ana.open_work("Label")
    page = ana.page
    expect(page.get_by_text("Hold a word to select it")).to_be_visible()
    page.locator(".queue summary").tap()
    row = page.locator(".queue li a").first.bounding_box()
    assert row
    assert row["x"] + row["width"] <= 390
    header = page.locator(".header").bounding_box()
    assert header
    assert header["height"] < 64


def test_a_missing_span_is_proposed_without_a_key(
    galley: Instance, new_context: NewContext
) -> None:
    ana, rita = (Labeller(new_context(), galley.link(name)) for name in ("ana", "rita"))
    ana.open_work("Label|Continue")
    ana.press("Shift+Enter")
    expect(ana.page.locator(".banner")).to_contain_text("Submitted.")
    rita.open_work("Review")
    rita.drag_over("Yoshihide Suga")
    rita.palette("Source")
    expect(rita.card).to_contain_text("A span you propose")
