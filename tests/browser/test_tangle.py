"""Many spans in one place: rules that keep apart, a list of what lies there, partners out of view."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, expect

from ..server import Instance
from . import crowd
from .labeller import Labeller

NewContext = Callable[..., BrowserContext]

OUTER = "Kono has repeatedly asked South Korea to reconsider its decision to terminate the accord"
NESTED = (
    OUTER,
    "asked South Korea to reconsider its decision to terminate the accord",
    "South Korea to reconsider its decision to terminate the accord",
    "its decision to terminate the accord",
    "to terminate the accord",
    "the accord",
)
FAR = "you can help us get the story right"

BOTTOMS = """
() => {
    // Every line of the text: none may begin above where the rules of the one before it end.
    const [block] = [...document.querySelectorAll('[data-part=text] p')].filter((p) =>
        p.textContent.includes('repeatedly asked'));
    const range = document.createRange();
    const runs = [...block.querySelectorAll('.run')].flatMap((run) =>
        [...run.getClientRects()].map((box) => box.bottom));
    range.selectNodeContents(block);
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const tops = [];
    while (walker.nextNode()) {
        range.selectNodeContents(walker.currentNode);
        for (const box of range.getClientRects()) tops.push(box.top);
    }
    return runs.map((bottom) => Math.min(...tops.filter((top) => top > bottom - 14), Infinity) - bottom);
}
"""


@pytest.fixture
def ana(galley: Instance, new_context: NewContext) -> Labeller:
    labeller = Labeller(new_context(), galley.link("ana"))
    labeller.open_work("Label|Continue")
    expect(labeller.page.locator(".told")).to_be_visible()
    return labeller


@pytest.fixture(scope="module", autouse=True)
def marked(galley: Instance) -> None:
    claims = [crowd.quoted("CLAIM", each, form="indirect") for each in NESTED]
    source = crowd.quoted("SOURCE", FAR, source_type="other")
    link = {"op": "add_relation", "id": "0b9c1f5e-6d0e-4a1c-9a53-0d5a4c1f7e11"}
    ends = {"type": "ATTRIBUTED_TO", "from": claims[0]["id"], "to": source["id"]}
    crowd.add(galley, "ana", [*claims, source, link | ends | {"attributes": {}}])


def test_rules_six_deep_stay_clear_of_the_next_line(ana: Labeller) -> None:
    room = ana.page.evaluate(BOTTOMS)
    assert len(room) >= len(NESTED)
    assert min(room) >= -1


def test_what_lies_there_is_listed_where_one_clicks_rests_or_presses_enter(ana: Labeller) -> None:
    stack = ana.page.locator(".stack")
    ana.click_span("accord", crowd.TEXT[: crowd.TEXT.index(OUTER)].count("accord"))
    expect(stack.get_by_role("button")).to_have_count(len(NESTED))
    expect(stack.locator("[aria-pressed=true]")).to_contain_text("the accord")
    ana.press("Enter")
    expect(stack.locator("[aria-pressed=true]")).to_contain_text("to terminate the accord")
    stack.get_by_role("button").last.click()
    expect(ana.card.locator("blockquote")).to_have_text(OUTER)
    ana.press("n")
    expect(stack).to_be_hidden()
    place = ana.place("terminate the accord")["end"]
    ana.page.mouse.move(place["x"] - 4, place["y"])
    expect(stack).to_be_visible()
    # Esc takes away what the pointer opened, and nothing else.
    ana.press("Escape")
    expect(stack).to_be_hidden()
    expect(ana.card.locator("blockquote")).to_be_visible()


def test_a_partner_out_of_view_is_previewed_and_reached(ana: Labeller) -> None:
    ana.page.set_viewport_size({"width": 1280, "height": 600})
    ana.press("n")
    expect(ana.card.locator("blockquote")).to_have_text(OUTER)
    stub = ana.page.locator(".stub")
    expect(stub).to_contain_text("↓ you can help")
    expect(stub.locator(".preview")).to_be_hidden()
    stub.focus()
    expect(stub.locator(".preview")).to_contain_text("Source: By subscribing,")
    stub.click()
    expect(ana.card.locator("blockquote")).to_have_text(FAR)
    expect(ana.page.locator("mark.chosen").first).to_be_in_viewport()


def test_beyond_four_links_the_far_ones_are_a_bundle_that_unfolds(
    galley: Instance, new_context: NewContext
) -> None:
    words = [
        "Japan",
        "talks",
        "Monday",
        "expiration",
        "renew",
        "ADMM",
        "misread",
        "frayed",
        "radar",
        "Iwaya",
        "Esper",
    ]
    claims = [crowd.quoted("CLAIM", each, form="indirect") for each in words]
    source = crowd.quoted("SOURCE", "Taro Kono", source_type="named_individual")
    links = [
        {
            "op": "add_relation",
            "id": str(uuid4()),
            "type": "ATTRIBUTED_TO",
            "from": each["id"],
            "to": source["id"],
            "attributes": {},
        }
        for each in claims
    ]
    crowd.add(galley, "ben", [*claims, source, *links])
    ben = Labeller(new_context(), galley.link("ben"))
    ben.open_work("Label|Continue")
    page = ben.page
    expect(page.locator(".told")).to_be_visible()
    ben.click_span("Taro")
    bundle = page.locator(".stub", has_text="more")
    # One before it in the text would be no bundle.
    expect(bundle).to_have_text(re.compile("↓ 6 more"))
    expect(page.locator(".arcs .bundle")).to_have_count(1)
    before = page.locator(".arcs path[data-slot]").count()
    bundle.focus()
    expect(bundle.locator(".preview").first).to_have_text("ADMM")
    bundle.press("Enter")
    expect(bundle).to_have_count(0)
    assert page.locator(".arcs path[data-slot]").count() == before + 6
    expect(page.locator("[data-part=text]")).to_be_focused()
