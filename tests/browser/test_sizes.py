"""The label page enlarged, on the narrowest screen, in forced colours and without motion: nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from ..server import Instance
from . import crowd
from .finger import small
from .labeller import Labeller

NewContext = Callable[..., BrowserContext]

CLAIM = crowd.quoted("CLAIM", "it is “unacceptable,”", form="mixed")
SUGA = crowd.quoted("SOURCE", "Yoshihide Suga", source_type="named_individual")
CUE = crowd.quoted("CUE", "has repeatedly asked")
THAILAND = crowd.quoted("ENTITY", "Thailand", entity_type="GPE")
ENLARGED = {"double": (720, 450), "fourfold": (320, 256)}
"""Screens of 1440 × 900 at 200 % and of 1280 × 1024 at 400 %, in CSS pixels (WCAG 1.4.4, 1.4.10)."""

OUTSIDE = """
() => [...document.querySelectorAll('button, a, summary, input, textarea, h1, h2, p, li, mark')]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }))
    .filter((each) => !each.closest('.visually-hidden, .skip'))
    .map((each) => [each, each.getBoundingClientRect()])
    .filter(([, { width, left, right }]) => width && (left < -1 || right > innerWidth + 1))
    .map(([each, { left, right }]) => `${each.className || each.tagName} “${each.textContent}” ${left} … ${right}`)
"""
CUT = """
() => [...document.querySelectorAll('button, summary, h2, .field-name, .hint, .saved')]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }))
    .filter((each) => !each.closest('.visually-hidden, .skip'))
    .filter((each) => each.scrollWidth > each.clientWidth + 1)
    .filter((each) => each.matches('.saved') || getComputedStyle(each).overflowX !== 'visible')
    .map((each) => `${each.className || each.tagName} “${each.textContent}”`)
"""
MOVING = """
() => [document.body, ...document.querySelectorAll('body *')]
    .filter((each) => {
        const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(each);
        return transitionDuration.split(', ').some((time) => parseFloat(time) > 0.01) || animationName !== 'none'
            || scrollBehavior === 'smooth';
    })
    .map((each) => each.className || each.tagName)
"""
DRAWN = """
(quotes) => quotes.map((quote) => {
    const run = [...document.querySelectorAll('.run')].find((each) => quote.startsWith(each.textContent));
    const { backgroundImage, backgroundSize, forcedColorAdjust, color } = getComputedStyle(run);
    return [forcedColorAdjust, color, `${backgroundImage} ${backgroundSize}`];
})
"""


@pytest.fixture(scope="module")
def marked(galley: Instance) -> str:
    """Return the seed's article, with a mark of each kind."""
    return crowd.add(galley, "ana", [CLAIM, SUGA, CUE, THAILAND])


@pytest.fixture
def ana(galley: Instance, marked: str, new_context: NewContext) -> Labeller:
    labeller = Labeller(new_context(), galley.link("ana"))
    labeller.page.goto(f"/articles/{marked}/label/")
    labeller.wait_until_ready()
    expect(labeller.page.locator(".told")).to_be_attached()
    return labeller


def lost(page: Page) -> list[str]:
    """Return what is cut off, or lies where only scrolling sideways leads."""
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return [
        *page.evaluate(OUTSIDE),
        *page.evaluate(CUT),
        *(["scrolls sideways"] if wide > 0 else []),
    ]


@pytest.mark.parametrize("size", ENLARGED.values(), ids=ENLARGED.keys())
def test_nothing_is_lost_when_all_is_enlarged(ana: Labeller, size: tuple[int, int]) -> None:
    page = ana.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.reload()
    ana.wait_until_ready()
    found = {"at first": lost(page)}
    for summary in page.locator(".side > details > summary").all():
        summary.click()
    found["queue and list"] = lost(page)
    ana.press("n")
    expect(ana.card.locator("blockquote")).to_be_visible()
    found["a card"] = lost(page)
    # Of the text enough stays in view to know where one is.
    chosen = page.locator(".run.chosen").first.bounding_box()
    card = ana.card.bounding_box()
    assert chosen
    assert card
    assert chosen["y"] >= 0
    assert chosen["y"] + chosen["height"] <= card["y"] + 1
    ana.press("r")
    expect(page.locator(".linking")).to_be_visible()
    found["linking"] = lost(page)
    ana.press("Escape", "Escape")
    ana.drag_over("Philippines")
    expect(page.locator(".palette")).to_be_visible()
    found["the palette"] = lost(page)
    ana.press("Escape", "?")
    expect(page.get_by_role("dialog")).to_be_visible()
    found["the keys"] = lost(page)
    assert {state: faults for state, faults in found.items() if faults} == {}


def test_every_target_is_large_enough_for_a_mouse(ana: Labeller, complaints: Any) -> None:
    complaints.expect(r"422 \(Unprocessable")
    page = ana.page
    found = {"at first": small(page, 24)}
    ana.press("n")
    expect(ana.card.locator("blockquote")).to_be_visible()
    found["a card"] = small(page, 24)
    ana.press("r")
    found["linking"] = small(page, 24)
    ana.press("Escape", "*")
    found["every mention"] = small(page, 24)
    ana.press("Escape", "Escape", "g")
    expect(page.get_by_role("complementary", name="Guideline")).to_be_visible()
    found["the guideline"] = small(page, 24)
    ana.press("g")
    ana.drag_over("Philippines")
    found["the palette"] = small(page, 24)
    ana.press("Escape")
    for key in ("?", "Shift+Enter"):
        ana.press(key)
        expect(page.get_by_role("dialog")).to_be_visible()
        found[key] = small(page, 24)
        ana.press("Escape")
    assert {state: targets for state, targets in found.items() if targets} == {}


def test_labels_are_told_apart_in_forced_colours(ana: Labeller) -> None:
    ana.page.emulate_media(forced_colors="active")
    quotes = [each["fragments"][0]["quote"] for each in (CLAIM, SUGA, CUE, THAILAND)]
    drawn = ana.page.evaluate(DRAWN, quotes)
    # Our forms stay, in the colours that the person has chosen; no two are alike.
    assert {adjust for adjust, _, _ in drawn} == {"none"}
    assert {color for _, color, _ in drawn} == {
        ana.page.evaluate("getComputedStyle(document.body).color")
    }
    assert len({form for _, _, form in drawn}) == len(quotes)
    ana.press("n")
    outline = ana.page.locator(".arcs .around")
    expect(outline).to_have_css("stroke-width", "2.5px")
    for row in (".spans [aria-selected=true]", ".queue [aria-current]"):
        expect(ana.page.locator(row)).to_have_css("outline-style", "solid")


def test_nothing_moves_for_those_who_do_not_want_it(ana: Labeller) -> None:
    assert ana.page.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
    ana.press("n")
    expect(ana.card.locator("blockquote")).to_be_visible()
    assert ana.page.evaluate(MOVING) == []
    # To go far is no glide: one is there with the next picture.
    ana.press("Escape", *["Control+ArrowDown"] * 30)
    at = ana.page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => done(scrollY)))"
    )
    ana.page.wait_for_timeout(200)
    assert ana.page.evaluate("scrollY") == at


def test_on_paper_stand_the_text_with_its_marks_and_what_they_mean(ana: Labeller) -> None:
    ana.press("n")
    expect(ana.card.locator("blockquote")).to_be_visible()
    ana.page.emulate_media(media="print")
    # Browsers leave grounds out, and the marks are nothing else.
    expect(ana.page.locator(".run").first).to_have_css("print-color-adjust", "exact")
    for left_out in (".card", ".queue", ".header-actions", ".spans", ".layer"):
        expect(ana.page.locator(left_out).first).to_be_hidden()
    expect(ana.page.locator(".counts")).to_contain_text("Claim1Source1Cue1Entity1")
    expect(ana.page.locator(".header")).to_have_css("position", "static")
    assert lost(ana.page) == []
