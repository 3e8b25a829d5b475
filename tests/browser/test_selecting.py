"""Selecting with the mouse while something else goes on."""

from __future__ import annotations

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
