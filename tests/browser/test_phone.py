"""The label and review pages under a thumb: nothing runs off a narrow screen, nothing asks for a key."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from ..server import Instance
from . import crowd
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


def test_the_last_line_stands_above_the_card_which_can_be_left_from_anywhere(
    galley: Instance, new_context: NewContext
) -> None:
    ana = Labeller(new_context(viewport=PHONE["viewport"]), galley.link("ana"))
    (article,) = crowd.more_articles(galley, "ana", ["One line, and no more."])
    ana.page.goto(f"/articles/{article}/label/")
    ana.wait_until_ready()
    ana.drag_over("no more")
    ana.press("c")
    card = ana.card.bounding_box()
    assert card
    run = ana.page.locator(".run", has_text="no more")
    ana.page.wait_for_function(
        "([run, top]) => run.getBoundingClientRect().bottom < top",
        arg=[run.element_handle(), card["y"]],
    )
    ana.card.evaluate("(card) => card.scrollTo(0, card.scrollHeight)")
    ana.page.mouse.move(5, 5)
    close = ana.card.get_by_role("button", name="Close").bounding_box()
    assert close
    assert close["y"] >= card["y"]
    ana.press("Delete")
    ana.wait_until_saved()


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
