"""The label page under a thumb: nothing runs off a narrow screen."""

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
