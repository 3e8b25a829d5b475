"""A newer text of an article: added by a manager, and marks carried over to it by keyboard."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from ..server import Instance
from .labeller import Labeller
from .test_everybody import TEXT, NewContext, faults


def test_marks_carried_over_by_keyboard(galley: Instance, new_context: NewContext) -> None:
    ana = Labeller(new_context(), galley.link("ana"))
    ana.open_work("Label|Continue")
    ana.mark_with_mouse("Yoshihide Suga", "Source")
    ana.press("1")
    ana.mark_with_mouse("it is “unacceptable,”", "Claim")
    ana.wait_until_saved()
    page = ana.page
    article = re.findall(r"articles/([^/]+)", page.url)[0]
    manager = new_context().new_page()
    manager.goto(galley.link("max"))
    manager.goto(f"/articles/{article}/versions/")
    manager.get_by_text("Add a newer text").click()
    newer = "Added on Friday. " + TEXT.replace("it is “unacceptable,”", "it is “not acceptable,”")
    manager.get_by_label("The newer text, whole").fill(newer)
    manager.get_by_role("button", name="Add it").click()
    manager.get_by_role("button", name="Assign it to who labelled").click()
    expect(manager.get_by_text("It was assigned to: ana.")).to_be_visible()
    assert faults(manager) == []
    page.goto(manager.url)
    assert faults(page) == []
    page.keyboard.press("c")
    expect(page.get_by_text("1 span was carried over. 1 is for you to settle.")).to_be_visible()
    assert faults(page) == []
    page.keyboard.press("y")
    expect(page.get_by_text("2 spans were carried over.")).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_text("2 are for you to settle.")).to_be_visible()
