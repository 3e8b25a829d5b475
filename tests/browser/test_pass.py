"""A claim's card is filled in by keys in one pass: what is needed, its source, the link's own, how sure one is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, expect

from ..factories import SEEDS
from .labeller import Labeller

TEXT = next(SEEDS.glob("*.txt")).read_text()
WRITTEN = "[data-keep='null normalized_text']"
UNACCEPTABLE = "it is “unacceptable,”"

NewContext = Callable[..., BrowserContext]


def armed(labeller: Labeller) -> Any:
    """Return the field that is asked for."""
    return labeller.card.locator("[data-armed]")


def unit(labeller: Labeller, label: str) -> dict[str, Any]:
    """Return a span of the set as the server has it."""
    labeller.wait_until_saved()
    found: dict[str, Any] = labeller.page.evaluate(
        """async (label) => {
            const { urls } = JSON.parse(document.getElementById('galley-boot').textContent);
            const set = await (await fetch(urls.set)).json();
            const span = set.spans.find((each) => each.label === label);
            return { ...span, links: set.relations.filter((each) => each.from === span.id) };
        }""",
        label,
    )
    return found


def test_an_attributed_claim_takes_ten_keys_and_its_sentence(ana: Labeller) -> None:
    ana.mark_with_keys(TEXT, "Yoshihide Suga", "s")
    ana.press("1")
    cue = TEXT[: TEXT.index(UNACCEPTABLE)].count("said") - 1
    ana.mark_with_keys(TEXT, "said", "u", cue)
    ana.walk_over(TEXT, UNACCEPTABLE)
    keys = ["c", "2", "3", "1", "Space"]
    ana.press(*keys)
    expect(ana.card.locator(WRITTEN)).to_be_focused()
    ana.type("Linking the two is unacceptable.")
    more = ["Enter", "Enter", "1", "1", "3"]
    ana.press(more[0])
    expect(ana.page.locator(".linking")).to_contain_text("Yoshihide Suga")
    ana.press(more[1], more[2], more[3])
    expect(armed(ana)).to_contain_text("Channel")
    ana.press(more[4])
    assert len(keys + more) == 10
    claim = unit(ana, "CLAIM")
    assert claim["attributes"] == {
        "form": "indirect",
        "check_worthiness": "CFS",
        "claim_type": ["event_property"],
        "normalized_text": "Linking the two is unacceptable.",
    }
    (link,) = claim["links"]
    cue_id = link["attributes"].pop("cue")
    assert link["attributes"] == {
        "attitude": "statement",
        "stance": "affirm",
        "channel": "press_conference_speech",
    }
    assert cue_id == unit(ana, "CUE")["id"]


def test_how_sure_one_is_and_a_flag_are_said_by_keys(ana: Labeller) -> None:
    ana.click_span(UNACCEPTABLE)
    ana.press("$")
    expect(armed(ana)).to_contain_text("How sure are you?")
    ana.press("3", "!")
    chosen = ana.card.locator("[aria-pressed=true]")
    expect(chosen.filter(has_text="unsure")).to_be_visible()
    claim = unit(ana, "CLAIM")
    assert (claim["confidence"], claim["flag"]) == (0.3, True)
    ana.press("Control+z", "Control+z")
    claim = unit(ana, "CLAIM")
    assert (claim["confidence"], claim["flag"]) == (None, False)


def test_the_space_bar_goes_on_to_what_may_be_given_and_ends(ana: Labeller) -> None:
    ana.click_span(UNACCEPTABLE)
    asked = []
    for _ in range(12):
        ana.press("Space")
        if ana.page.locator(".toast", has_text="That was its last field.").is_visible():
            break
        asked.append(armed(ana).locator(".field-name").inner_text().split("\n")[0].strip())
    assert asked[0].startswith("Source not in the text")
    assert asked[-1].startswith("How sure are you?")


def test_a_source_that_is_not_in_the_text_is_one_key(ana: Labeller) -> None:
    ana.mark_with_keys(TEXT, "the issues of export controls", "c")
    ana.press("2", "1")
    expect(ana.card).to_contain_text("Link it to its Source (“said by”).")
    ana.press("m")
    expect(ana.card).not_to_contain_text("Link it to its")
    ana.wait_until_saved()


def test_what_is_written_is_kept_whichever_way_one_leaves(ana: Labeller) -> None:
    ana.click_span("the issues of export")
    ana.press("o")
    field = ana.card.locator(WRITTEN)
    expect(field).to_be_focused()
    expect(ana.card.locator(".writing").first).to_be_visible()
    ana.type("A sentence.")
    ana.press("Escape")
    expect(ana.page.locator("[data-part=text]")).to_be_focused()
    expect(field).to_have_value("A sentence.")
    # An empty one begins with the words of the span, at a key or a press.
    words = ana.card.locator("blockquote").inner_text()
    field.fill("")
    ana.press("ArrowDown")
    expect(field).to_have_value(words)
    expect(ana.card.get_by_role("button", name="begin with its words")).to_be_hidden()
    field.fill("")
    ana.card.get_by_role("button", name="begin with its words").click()
    ana.type(", it is said")
    expect(field).to_have_value(f"{words}, it is said")
    ana.wait_until_saved()


def test_the_digits_after_a_link_are_what_the_link_needs(ana: Labeller) -> None:
    ana.mark_with_keys(TEXT, "Kono", "s")
    ana.press("1")
    ana.walk_over(TEXT, "the accord")
    # Of the types of claim there may be several: the digits stay theirs until a link is made.
    ana.press("c")
    expect(armed(ana)).to_contain_text("Form")
    ana.press("2", "2", "7")
    expect(armed(ana)).to_contain_text("Type of claim")
    ana.press("r", "r")
    expect(armed(ana)).to_contain_text("Attitude")
    ana.press("1", "1")
    expect(armed(ana)).to_contain_text("Channel")
    chosen = ana.card.locator("[aria-pressed=true]")
    expect(chosen.filter(has_text="prediction")).to_be_visible()
    expect(chosen.filter(has_text="event property")).to_have_count(0)
    ana.wait_until_saved()
