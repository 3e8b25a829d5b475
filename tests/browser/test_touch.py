"""The label page under a finger: holding, pulling, tapping, linking, and scrolling that never marks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from ..server import Instance
from . import crowd
from .finger import LONG, PHONE, Finger, small

NewContext = Callable[..., BrowserContext]

CLAIM = "it is “unacceptable,” as the issues of export controls"
LINKED = f"{CLAIM} and the intelligence-sharing pact should not be linked"


@pytest.fixture
def ana(galley: Instance, new_context: NewContext) -> Finger:
    finger = Finger(new_context(**PHONE), galley.link("ana"))
    finger.open_work("Label|Continue")
    expect(finger.page.locator(".knob").first).to_be_attached()
    return finger


def spans(finger: Finger) -> list[tuple[str, str]]:
    """Return the labels and words that the server has."""
    finger.page.evaluate("() => new Promise(requestAnimationFrame)")
    finger.wait_until_saved()
    found = finger.page.evaluate(
        """async () => {
            const { urls } = JSON.parse(document.getElementById('galley-boot').textContent);
            return (await (await fetch(urls.set)).json()).spans;
        }"""
    )
    return [(each["label"], each["fragments"][0]["quote"]) for each in found]


def label(finger: Finger, name: str) -> None:
    """Tap a label at the foot of the screen."""
    finger.page.locator(".palette").get_by_role("button", name=name).tap()


def test_a_word_that_is_held_is_selected_until_one_taps_elsewhere(ana: Finger) -> None:
    ana.hold("unacceptable")
    assert ana.selected == "unacceptable"
    # The browser's own selection, with its handles and menu, stays out of it.
    assert ana.page.evaluate("String(getSelection())") == ""
    bar = ana.page.locator(".palette").bounding_box()
    assert bar
    assert bar["y"] + bar["height"] == PHONE["viewport"]["height"]  # type: ignore[index]
    assert small(ana.page, 44) == []
    ana.tap("When asked")
    assert ana.selected == ""
    expect(ana.page.locator(".palette")).to_be_hidden()
    # So does a tap beside the text.
    ana.hold("unacceptable")
    ana.page.touchscreen.tap(3, 300)
    assert ana.selected == ""
    assert spans(ana) == []


def test_on_android_the_long_press_is_told_by_the_context_menu(ana: Finger) -> None:
    place = ana.middle_of("unacceptable")
    ana.down(*place)
    prevented = ana.page.evaluate(
        """([clientX, clientY]) => {
            const options = { bubbles: true, cancelable: true, pointerType: 'touch', clientX, clientY };
            const menu = new PointerEvent('contextmenu', options);
            return !document.elementFromPoint(clientX, clientY).dispatchEvent(menu);
        }""",
        place,
    )
    assert prevented
    assert ana.selected == "unacceptable"
    # The system takes the finger away; what was selected stays.
    ana.cancel()
    assert ana.selected == "unacceptable"
    expect(ana.page.locator(".palette")).to_be_visible()


def test_a_finger_that_holds_and_goes_on_selects_word_by_word(ana: Finger) -> None:
    start = ana.middle_of("unacceptable")
    before = ana.page.evaluate("scrollY")
    ana.down(*start)
    ana.page.wait_for_timeout(700)
    end = ana.end_of("as the issues")
    ana.draw(start, end)
    assert ana.selected == "“unacceptable,” as the issues"
    ana.draw(end, ana.middle_of("Yoshihide"))
    assert ana.selected == "Yoshihide Suga said it is “unacceptable,”"
    ana.up()
    assert ana.page.evaluate("scrollY") == before
    ana.tap("When asked")


def test_knobs_pull_the_edges_of_what_is_selected_and_of_the_span(ana: Finger) -> None:
    ana.hold("unacceptable")
    ana.pull("end", ana.end_of("export controls"))
    ana.pull("start", ana.middle_of("it is “un"))
    assert ana.selected == CLAIM
    label(ana, "Claim")
    expect(ana.card.locator("blockquote")).to_have_text(CLAIM)
    assert spans(ana) == [("CLAIM", CLAIM)]
    # The edges of the chosen span: what it would be shows while one pulls.
    ana.pull("end", ana.seen(ana.end_of, "should not be linked"))
    expect(ana.card.locator("blockquote")).to_have_text(LINKED)
    ana.pull("start", ana.seen(ana.middle_of, "“unacceptable"))
    expect(ana.card.locator("blockquote")).to_have_text(LINKED.removeprefix("it is "))
    assert ana.selected == ""
    assert spans(ana) == [("CLAIM", LINKED.removeprefix("it is "))]
    ana.page.get_by_role("button", name="Undo").tap()
    expect(ana.card.locator("blockquote")).to_have_text(LINKED)
    assert small(ana.page, 44) == []


def test_a_tap_on_a_span_opens_its_card_and_selects_nothing(ana: Finger) -> None:
    ana.tap(
        "intelligence-sharing", crowd.TEXT[: crowd.TEXT.index(LINKED)].count("intelligence-sharing")
    )
    expect(ana.card.locator("blockquote")).to_have_text(LINKED)
    assert (ana.selected, ana.page.evaluate("String(getSelection())")) == ("", "")
    expect(ana.page.locator(".palette")).to_be_hidden()
    expect(ana.page.locator(".knob:visible")).to_have_count(2)
    # A tap on a knob is one on the words below it.
    box = ana.knob("end").bounding_box()
    assert box
    ana.page.touchscreen.tap(box["x"] + 30, box["y"] + 30)
    expect(ana.card).to_be_hidden()


def test_two_spans_are_linked_by_taps(ana: Finger) -> None:
    ana.hold("Yoshihide")
    ana.pull("end", ana.end_of("Suga"))
    label(ana, "Source")
    ana.tap("unacceptable")
    ana.card.locator(".handle").tap()
    # The text has the screen while one looks for the partner.
    expect(ana.card).to_be_hidden()
    assert small(ana.page, 44) == []
    ana.tap("Yoshihide")
    expect(ana.card).to_contain_text("Yoshihide Suga")
    expect(ana.card).to_contain_text("Attitude")
    expect(ana.page.locator(".said")).to_have_count(1)


def test_scrolling_never_selects_nor_marks(ana: Finger) -> None:
    before = spans(ana)
    ana.middle_of("unacceptable")
    at = ana.page.evaluate("scrollY")
    ana.down(200, 600)
    ana.draw((200, 600), (200, 250), steps=50)
    ana.up()
    assert ana.page.evaluate("scrollY") > at + 200
    assert ana.selected == ""
    # Nor does a finger that rests while it scrolls, or two that zoom.
    ana.down(200, 600)
    ana.draw((200, 600), (200, 560))
    ana.page.wait_for_timeout(700)
    ana.up()
    assert ana.selected == ""
    ana.pinch((150, 400), (250, 500))
    assert ana.selected == ""
    expect(ana.page.locator(".palette")).to_be_hidden()
    assert spans(ana) == before


def test_the_queue_and_the_list_are_large_enough(ana: Finger) -> None:
    for summary in ana.page.locator(".side > details > summary").all():
        summary.tap()
    expect(ana.page.locator(".spans [role=option]").first).to_be_visible()
    assert small(ana.page, 44) == []
    ana.page.locator(".spans [role=option]").last.tap()
    expect(ana.card.locator("blockquote")).to_have_text(LINKED)


def test_who_takes_the_mouse_selects_with_it_again(ana: Finger) -> None:
    ana.hold("Singapore")
    ana.tap("informal")
    ana.drag_over("informal meeting")
    assert ana.page.evaluate("String(getSelection())") == "informal meeting"
    expect(ana.page.locator(".knob:visible")).to_have_count(0)


def test_two_spans_are_merged_by_taps(ana: Finger) -> None:
    for words in ("Singapore", "Kono"):
        ana.hold(words)
        label(ana, "Cue")
        ana.card.get_by_role("button", name="Close").tap()
    ana.tap("Singapore")
    ana.card.get_by_role("button", name="Merge with next").tap()
    said = ana.page.locator(".toast")
    expect(said).to_contain_text("There is no cue behind this one to merge it with.")
    ana.card.get_by_role("button", name="Close").tap()
    ana.tap("Kono")
    ana.card.get_by_role("button", name="Merge with next").tap()
    expect(said).to_contain_text("Merged with “Singapore”.")
    expect(ana.card.locator("blockquote > span:not(.gap)")).to_have_text(["Kono", "Singapore"])
    said.get_by_role("button", name="Undo").tap()
    expect(said).to_contain_text("Undone: merged into cue “Kono … Singapore”.")
    assert {("CUE", "Kono"), ("CUE", "Singapore")} <= set(spans(ana))


def test_nothing_lies_over_the_labels_and_each_stands_on_one_line(
    ana: Finger, complaints: Any
) -> None:
    complaints.expect(r"422 \(Unprocessable")
    palette, said = ana.page.locator(".palette"), ana.page.locator(".toast")
    ana.hold("Vietnam")
    label(ana, "Entity")
    ana.down(*ana.seen(ana.middle_of, "Philippines"))
    ana.page.wait_for_timeout(LONG)
    ana.up()
    expect(palette).to_contain_text("Add to the entity")
    for each in palette.get_by_role("button").all():
        box = each.bounding_box()
        assert box
        assert box["height"] == 48
    ana.card.get_by_role("button", name="Close").tap()
    start, end = ana.middle_of("Philippines and"), ana.end_of("and Vietnam")
    ana.down(*start)
    ana.page.wait_for_timeout(LONG)
    ana.draw(start, end)
    ana.up()
    label(ana, "Entity")
    expect(said).to_have_text("Another entity is here already, and they may not overlap.")
    # The words are selected again, for another try.
    expect(palette).to_be_visible()
    bar, words = palette.bounding_box(), said.bounding_box()
    assert bar
    assert words
    assert words["y"] + words["height"] < bar["y"]
