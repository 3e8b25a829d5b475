"""Two people talk about a span: one names the other, who finds it, answers and resolves it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from ..server import Instance
from .labeller import Labeller

NewContext = Callable[..., BrowserContext]


def test_a_question_is_found_answered_and_resolved(
    galley: Instance, new_context: NewContext
) -> None:
    ana = Labeller(new_context(), galley.link("ana"))
    ana.open_work("Label|Continue")
    ana.click_span("sidelines")
    ana.press("u")
    reply = ana.card.locator(".reply textarea")
    reply.fill("@rita, is this one?")
    reply.press("Enter")
    ana.wait_until_saved()
    expect(ana.card.locator(".thread .named")).to_have_text("@rita")

    rita = Labeller(new_context(), galley.link("rita"))
    rita.page.goto("/conversations/")
    expect(rita.page.get_by_text("1 conversation has something new.")).to_be_visible()
    rita.page.get_by_role("link", name="“sidelines”").click()
    rita.wait_until_ready()
    expect(rita.card.locator(".thread")).to_contain_text("@rita, is this one?")
    rita.card.get_by_role("button", name="Resolve").click()
    rita.wait_until_saved()
    expect(rita.card.locator(".thread")).to_contain_text("resolved")
    expect(rita.card.get_by_role("button", name="Resolve")).to_have_count(0)
    rita.page.goto("/conversations/")
    expect(rita.page.locator(".threads .fresh")).to_have_count(0)

    ana.page.goto("/conversations/")
    expect(ana.page.locator(".threads .fresh")).to_contain_text("“sidelines”")
    ana.page.get_by_role("link", name="“sidelines”").click()
    ana.wait_until_ready()
    expect(ana.card.locator(".thread")).to_contain_text("resolved")


def test_a_comment_is_sent_by_mouse_however_long_the_button_is_pressed_and_tab_leads_past_it(
    galley: Instance, new_context: NewContext
) -> None:
    ana = Labeller(new_context(), galley.link("ana"))
    ana.open_work("Label|Continue")
    entry = ana.card.get_by_role("textbox", name="Say something about the whole set")
    entry.fill("Read it twice.")
    ana.card.get_by_role("button", name="Send").hover()
    ana.page.mouse.down()
    ana.page.wait_for_timeout(200)
    ana.page.mouse.up()
    expect(ana.card.locator(".thread")).to_contain_text("Read it twice.")
    ana.wait_until_saved()
    entry.focus()
    # Longer than anything that could draw the card anew.
    for name in ("Send", "Resolve"):
        ana.press("Tab")
        ana.page.wait_for_timeout(200)
        expect(ana.card.get_by_role("button", name=name)).to_be_focused()
