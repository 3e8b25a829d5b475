"""Selecting with the mouse while something else goes on."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from ..server import Instance
from .labeller import Labeller


def test_words_that_are_painted_anew_under_the_mouse_stay_selected(
    galley: Instance, new_context: Callable[..., BrowserContext]
) -> None:
    ana = Labeller(new_context(), galley.link("ana"))
    ana.open_work("Label")
    ana.mark_with_mouse("Yoshihide Suga", "Source")
    ana.wait_until_saved()
    place, mouse = ana.place("top government spokesman"), ana.page.mouse
    mouse.move(place["start"]["x"], place["start"]["y"])
    mouse.down()
    mouse.move(place["start"]["x"] + 20, place["start"]["y"])
    # The name in the same paragraph becomes something else while the button is held.
    ana.press("E")
    expect(ana.card).to_contain_text("Entity")
    ana.wait_until_saved()
    mouse.move(place["end"]["x"], place["end"]["y"], steps=4)
    mouse.up()
    ana.palette("Source")
    expect(ana.card).to_contain_text("top government spokesman")
    expect(ana.card).not_to_contain_text("Japan")


def test_the_mouse_let_go_over_the_card_ends_the_selection_on_its_line(
    galley: Instance, new_context: Callable[..., BrowserContext]
) -> None:
    ana = Labeller(new_context(), galley.link("ana"))
    ana.open_work("(Label|Continue)")
    ana.page.set_viewport_size({"width": 1440, "height": 900})
    place, mouse = ana.place("Seoul has maintained"), ana.page.mouse
    card = ana.card.bounding_box()
    assert card is not None
    mouse.move(place["start"]["x"], place["start"]["y"])
    mouse.down()
    mouse.move(card["x"] + 60, place["end"]["y"], steps=6)
    mouse.up()
    ana.palette("Claim")
    words = ana.card.locator("blockquote")
    expect(words).to_have_text(re.compile("^Seoul has maintained .{9,60}$"))
