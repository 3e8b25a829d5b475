"""Three people who differ in every way, settled by keyboard alone; each then sees what was corrected of theirs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import orjson
from playwright.sync_api import BrowserContext, Page, expect

from ..server import Instance
from .test_everybody import faults

PROJECT = "/projects/japan-south-korea/"
CROWD = """
from labels.models import Project
from tests.people import make_crowd
print(make_crowd(Project.objects.get(), "2").article.uuid)
"""
REASONS = {8: "The boundary is not right", 9: "The guideline says so"}
"""Why a unit is decided as it is, by its number."""
CORRECTIONS = {
    # The first card is that of Ana, or of her and another: she was right throughout.
    "ana2": [],
    "ben2": [
        ("overlooked", "nothing marked", "Analysts agree Claim", REASONS[9]),
        ("split", "Prices rose … wages fell", "Prices rose and wages fell Claim", REASONS[8]),
        ("overlooked", "nothing marked", "nobody expects a result Claim", ""),
        (
            "attribute link",
            "Talks will follow in Seoul",
            "Talks will follow in Seoul Claim",
            "",
        ),
        (
            "boundary",
            "Tokyo tightened export controls",
            "Tokyo tightened export controls on chip materials in July Claim",
            "",
        ),
    ],
    "carl2": [
        ("overlooked", "nothing marked", "Analysts agree Claim", REASONS[9]),
        (
            "stretches link",
            "“We are ready,”",
            "“We are ready,” … “and we will wait.” Claim",
            "",
        ),
        ("overlooked", "nothing marked", "nobody expects a result Claim", ""),
        ("label", "Kono Source", "Kono Entity", ""),
    ],
}
"""What each is shown, the latest first: in what it differs, what they had, what was decided, and why."""


def corrected(page: Page) -> list[tuple[str, str, str, str]]:
    """Return the corrections that a page shows."""
    found = []
    for each in page.locator(".corrections > li").all():
        terms = each.locator("dt").all_inner_texts()
        told = dict(zip(terms, each.locator("dd").all_inner_texts(), strict=True))
        kinds = " ".join(each.locator(".chip").all_inner_texts())
        found.append((kinds, told["You"], told["Decided"], told.get("Reason", "")))
    return found


def decide(page: Page, *keys: str) -> None:
    """Press keys, of which the last decides: the page is another one then."""
    for key in keys[:-1]:
        page.keyboard.press(key)
    with page.expect_navigation():
        page.keyboard.press(keys[-1])


def test_all_is_settled_by_keyboard_and_each_sees_their_corrections(
    galley: Instance, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    article = galley.manage("shell", "--no-imports", "-c", CROWD).split()[-1]
    page = new_context().new_page()
    page.goto(galley.link("rita2"))
    page.goto(f"/articles/{article}/adjudication/")
    decide(page, "Enter")
    assert faults(page) == []
    decide(page, "g")
    expect(page.locator("[data-part=progress]")).to_have_text("2 of 9 decided")
    # Who is quicker than the page decides once, whatever is pressed meanwhile.
    decide(page, "x")
    page.evaluate(
        """() => {
            for (const key of ['u', 'x', '1'])
                document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
        }"""
    )
    page.wait_for_load_state()
    expect(page.locator("[data-part=progress]")).to_have_text("2 of 9 decided")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator("[data-part=progress]")).to_have_text("2 of 9 decided")
    for number in range(3, 10):
        if number in REASONS:
            # A number decides from within the list of reasons, too.
            page.keyboard.press("r")
            page.keyboard.type(REASONS[number])
            expect(page.get_by_label("Reason")).to_be_focused()
        decide(page, "1")
        done = page.locator("[data-part=progress]")
        expect(done).to_have_text(f"{number} of 9 decided")
    expect(page.get_by_role("heading", name="Everything is decided")).to_be_visible()
    decide(page, "Enter")
    expect(page.get_by_role("heading", name="The gold set is finished")).to_be_visible()
    for name, corrections in CORRECTIONS.items():
        reader = new_context().new_page()
        reader.goto(galley.link(name))
        reader.goto(f"{PROJECT}feedback/")
        assert corrected(reader) == corrections
        assert faults(reader) == []
    file = tmp_path / "all.jsonl"
    galley.manage("export_dataset", "japan-south-korea", "--output", str(file))
    lines = [orjson.loads(line) for line in file.read_bytes().splitlines()]
    (gold,) = [each for line in lines for each in line["annotation_sets"] if each["kind"] == "gold"]
    units = [*gold["spans"], *gold["relations"]]
    assert len(units) == 12
    origins = [each["provenance"] for each in units]
    own = {
        (each["id"], unit["id"]): each["annotator"]
        for line in lines
        for each in line["annotation_sets"]
        if each["kind"] == "own"
        for unit in [*each["spans"], *each["relations"]]
    }
    for each in origins:
        assert own[each["set"], each["derived_from"]] == each["annotator"]
        assert each["adjudicator"] == "rita2"
    assert {each["reason"] for each in origins} == {"", "guideline", "boundary"}
