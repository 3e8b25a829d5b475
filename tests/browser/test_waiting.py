"""What is done beside the requests: pages that show how far it is, and let it be cancelled."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from ..server import Instance
from .test_everybody import faults

PROJECT = "/projects/japan-south-korea/"
NewContext = Callable[..., BrowserContext]


@contextmanager
def held(galley: Instance, room: str) -> Iterator[None]:
    """Take the place of the process that does the work, so that what is asked for waits."""
    lock = galley.folder / room / "lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture
def page(galley: Instance, new_context: NewContext) -> Page:
    made = new_context().new_page()
    made.goto(galley.link("max"))
    return made


def lines(count: int, more: int = 0) -> bytes:
    """Return articles with a set that is approved; `more` blanks make each longer."""
    found = []
    for number in range(count):
        text = f"{number}. Ministers met in Lima.{' ' * more}"
        span = {"id": f"00000000-0000-4000-8000-{number:012}", "label": "CUE"}
        place = {"start": text.index("met"), "end": text.index("met") + 3, "quote": "met"}
        made: dict[str, Any] = {"id": f"00000000-0000-4000-9000-{number:012}", "annotator": "kim"}
        made |= {"kind": "own", "state": "approved", "spans": [span | {"fragments": [place]}]}
        found.append({"article": {"text": text}, "annotation_sets": [made]})
    return "".join(json.dumps(each) + "\n" for each in found).encode()


def test_a_large_import_waits_and_is_cancelled(galley: Instance, page: Page) -> None:
    upload = FilePayload(name="a.jsonl", mimeType="application/jsonl", buffer=lines(50, 100_000))
    with held(galley, "imports"):
        page.goto(f"{PROJECT}import/")
        page.locator("input[type=file]").set_input_files([upload])
        page.get_by_role("button", name="Look before importing").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Your files are being looked at")
        assert faults(page) == []
        page.get_by_role("button", name="Cancel").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Not imported")
        assert faults(page) == []


def test_a_large_release_waits_is_cancelled_and_is_made(
    galley: Instance, page: Page, tmp_path: Path
) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(lines(350))
    galley.manage("import_articles", str(file), "--project", "japan-south-korea")
    heading = page.get_by_role("heading", level=1)
    for last in (False, True):
        page.goto(f"{PROJECT}releases/")
        page.get_by_label("Train, dev and test").select_option("article")
        with held(galley, "releases"):
            page.get_by_role("button", name="Make the release").click()
            expect(heading).to_have_text("The release is being made")
            if not last:
                assert faults(page) == []
                page.get_by_role("button", name="Cancel").click()
                expect(heading).to_have_text("No release was made")
                assert faults(page) == []
    # The page goes to the release by itself.
    expect(heading).to_have_text("Release 1.0.0", timeout=60_000)
