"""The whole way through the pages: two people label, a third reviews, one corrects, a fourth exports."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.request import Request, urlopen

from playwright.sync_api import BrowserContext, expect

from ..factories import SEEDS
from ..server import Instance
from .labeller import Labeller

TEXT = next(SEEDS.glob("*.txt")).read_text()
UNACCEPTABLE = "it is “unacceptable,”"
LINKED = "the issues of export controls and the intelligence-sharing pact should not be linked"
TALKS = (
    "Japan is making final arrangements with South Korea for their defense ministers to hold talks"
)
REALIZED = "Kono is scheduled to visit Thailand from Saturday through Monday"

NewContext = Callable[..., BrowserContext]


def nth_of(quote: str, context: str) -> int:
    """Return which occurrence of a quote lies in a context."""
    return TEXT[: TEXT.index(context) + context.index(quote)].count(quote)


def test_from_a_fresh_instance_to_an_exported_data_set(
    galley: Instance, new_context: NewContext, complaints: Any
) -> None:
    # Submitting too early is refused, and the browser notes the failed request.
    complaints.expect(r"422 \(Unprocessable")
    ana = Labeller(new_context(), galley.link("ana"))
    ben = Labeller(new_context(), galley.link("ben"))
    rita = Labeller(new_context(), galley.link("rita"))
    max_ = Labeller(new_context(), galley.link("max"))

    ana_labels_with_the_mouse(ana)
    ben_labels_with_the_keyboard(ben)
    rita_approves_one_and_returns_one(rita)
    ben_corrects_and_resubmits(ben)
    rita_approves_the_rest(rita)
    exported = max_exports_with_a_token(max_, galley)
    every_quote_is_the_text_at_its_offsets(exported)
    the_sets_hold_what_was_done(exported)
    assert "All is well" in galley.manage("doctor")


def ana_labels_with_the_mouse(ana: Labeller) -> None:
    ana.open_work("Label")
    ana.mark_with_mouse(UNACCEPTABLE, "Claim")
    ana.drag_over(LINKED)
    ana.palette("Add to the claim")
    ana.choose("mixed", "not factual")
    ana.mark_with_mouse("Yoshihide Suga", "Source")
    ana.choose("named individual")
    ana.mark_with_mouse("said", "Cue", nth_of("said", "said it is"))
    # One drag from the claim to its source; the cue in the same sentence comes along.
    ana.click_span(UNACCEPTABLE)
    ana.drag_link_to("Yoshihide Suga")
    ana.choose("statement", "affirm")
    expect(ana.card).to_contain_text("said")
    # A span that lies inside the claim, and one marked by mistake and undone.
    ana.mark_with_mouse("export controls", "Entity")
    ana.choose("law")
    ana.mark_with_mouse("When asked on Monday", "Claim")
    ana.press("Control+z")
    ana.wait_until_saved()
    submit_is_refused_until_nothing_is_missing(ana)


def submit_is_refused_until_nothing_is_missing(ana: Labeller) -> None:
    ana.mark_with_mouse("Thailand", "Entity")
    ana.wait_until_saved()
    ana.page.get_by_role("button", name="Submit").click()
    said = ana.page.locator(".toast")
    expect(said).to_have_text("Not submitted yet: Type of entity is missing.")
    expect(ana.card).to_contain_text("Thailand")
    ana.choose("country, city, state")
    said.get_by_role("button", name="Submit").click()
    expect(ana.page.locator(".banner")).to_contain_text("Submitted.")


def ben_labels_with_the_keyboard(ben: Labeller) -> None:
    ben.open_work("Label")
    ben.mark_with_keys(TEXT, "a government source", "s")
    ben.press("2")
    ben.mark_with_keys(TEXT, "said", "u")
    ben.mark_with_keys(TEXT, TALKS, "c")
    ben.press("2", "2", "1")
    # Linked in two strokes: the nearest source, and the cue beside it comes along.
    ben.press("r", "r")
    ben.press("a", "1", "z", "1")
    ben.mark_with_keys(TEXT, REALIZED, "c")
    ben.press("4", "2", "7")
    ben.wait_until_saved()
    ben.press("Shift+Enter")
    expect(ben.page.locator(".banner")).to_contain_text("Submitted.")


def rita_approves_one_and_returns_one(rita: Labeller) -> None:
    open_review(rita, "ana")
    rita.press("Shift+A")
    expect(rita.page.locator("[data-part=progress]")).to_contain_text("5 of 5")
    rita.press("Shift+Enter")
    rita.page.get_by_role("dialog").get_by_role("button", name="Approve").click()
    expect(rita.page.locator(".banner")).to_contain_text("Approved.")

    open_review(rita, "ben")
    # The claim is too long: a corrected copy, made by moving its end to the left by one word.
    rita.click_span(TALKS)
    rita.press("f", "{", "{", "{", "Enter")
    rita.click_span(REALIZED)
    rita.press("x", "1")
    rita.click_span("a government source")
    rita.press("a")
    rita.wait_until_saved()
    rita.press("Shift+A", "Shift+Enter")
    dialog = rita.page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("Leave the purpose out of the claim.")
    dialog.get_by_role("button", name="Return to ben").click()
    expect(rita.page.locator(".banner")).to_contain_text("Returned to ben.")


def open_review(rita: Labeller, annotator: str) -> None:
    rita.page.goto("/")
    row = rita.page.get_by_role("listitem").filter(has_text=annotator)
    row.get_by_role("link", name=re.compile("^Review")).click()
    rita.wait_until_ready()


def ben_corrects_and_resubmits(ben: Labeller) -> None:
    ben.open_work("Correct")
    expect(ben.page.locator(".banner")).to_contain_text("Returned to you.")
    expect(ben.page.locator("body")).to_contain_text("Leave the purpose out of the claim.")
    ben.press("j")
    expect(ben.card).to_contain_text("rita")
    ben.press("k")
    ben.wait_until_saved()
    ben.press("j")
    expect(ben.card).to_contain_text("boundary")
    ben.press("x")
    ben.type("It is the whole sentence, but I see it.")
    ben.press("Enter", "Escape")
    ben.wait_until_saved()
    ben.press("Shift+Enter")
    expect(ben.page.locator(".banner")).to_contain_text("Submitted.")


def rita_approves_the_rest(rita: Labeller) -> None:
    open_review(rita, "ben")
    rita.click_span(REALIZED)
    expect(rita.card).to_contain_text("It is the whole sentence, but I see it.")
    rita.press("a", "Shift+A", "Shift+Enter")
    rita.page.get_by_role("dialog").get_by_role("button", name="Approve").click()
    expect(rita.page.locator(".banner")).to_contain_text("Approved.")


def max_exports_with_a_token(max_: Labeller, galley: Instance) -> list[dict[str, Any]]:
    page = max_.page
    page.goto("/projects/japan-south-korea/export/")
    call = page.locator("pre.code").inner_text()
    page.goto("/me/tokens/?scopes=export&project=japan-south-korea")
    page.get_by_label("What it is for").fill("a first export")
    page.get_by_role("button", name="Make the token").click()
    secret = page.locator("#made").input_value()
    address = re.search(r"http://[^\s'\"]+", call)
    assert address
    assert address.group().startswith(galley.url)
    request = Request(address.group(), headers={"Authorization": f"Bearer {secret}"})
    with urlopen(request) as answer:
        return [json.loads(line) for line in answer]


def every_quote_is_the_text_at_its_offsets(exported: list[dict[str, Any]]) -> None:
    (line,) = exported
    assert line["article"]["text"] == TEXT
    spans = [span for each in line["annotation_sets"] for span in each["spans"]]
    assert len(spans) == 9
    for span in spans:
        for fragment in span["fragments"]:
            assert TEXT[fragment["start"] : fragment["end"]] == fragment["quote"]


def the_sets_hold_what_was_done(exported: list[dict[str, Any]]) -> None:
    ana, ben = (found(exported, name) for name in ("ana", "ben"))
    assert (ana["state"], ben["state"]) == ("approved", "approved")
    quotes = {
        tuple(part["quote"] for part in span["fragments"]): span["label"]
        for each in (ana, ben)
        for span in each["spans"]
    }
    assert quotes == {
        (UNACCEPTABLE, LINKED): "CLAIM",
        ("Yoshihide Suga",): "SOURCE",
        ("said",): "CUE",
        ("export controls",): "ENTITY",
        ("Thailand",): "ENTITY",
        ("a government source",): "SOURCE",
        (TALKS.removesuffix(" to hold talks"),): "CLAIM",
        (REALIZED,): "CLAIM",
    }
    for each in (ana, ben):
        (link,) = each["relations"]
        labels = {span["id"]: span["label"] for span in each["spans"]}
        assert (labels[link["from"]], labels[link["to"]]) == ("CLAIM", "SOURCE")
        assert labels[link["attributes"]["cue"]] == "CUE"
        assert {link["attributes"]["attitude"], link["attributes"]["stance"]} == {
            "statement",
            "affirm",
        }
    verdicts = [review["verdict"] for span in ben["spans"] for review in span["reviews"]]
    assert set(verdicts) == {"fix", "reject", "accept"}


def found(exported: list[dict[str, Any]], annotator: str) -> dict[str, Any]:
    (one,) = [each for each in exported[0]["annotation_sets"] if each["annotator"] == annotator]
    return dict(one)
