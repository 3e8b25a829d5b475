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
PATIENCE = 60_000
LARGE = b" " * 4 * 1024 * 1024 + b"\n"
NewContext = Callable[..., BrowserContext]
LOST = """
from labels.actions import making, membership
from labels.actions.access import Actor
from labels.models import User
by = {each: Actor(User.objects.get(username=each)) for each in ("max", "rita")}
slug = "japan-south-korea"
for role in ("manager", "reviewer"):
    membership.add(by=by["max"], slug=slug, username="rita", role=role)
    if role == "manager":
        print(making.take(by=by["rita"], slug=slug).uuid)
"""
"""Rita asks for a release, and may not any more when it is made."""


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


def lines(count: int) -> bytes:
    """Return articles, each with a set that is approved."""
    found = []
    for number in range(count):
        text = f"{number}. Ministers met in Lima."
        span = {"id": f"00000000-0000-4000-8000-{number:012}", "label": "CUE"}
        place = {"start": text.index("met"), "end": text.index("met") + 3, "quote": "met"}
        made: dict[str, Any] = {"id": f"00000000-0000-4000-9000-{number:012}", "annotator": "kim"}
        made |= {"kind": "own", "state": "approved", "spans": [span | {"fragments": [place]}]}
        found.append({"article": {"text": text}, "annotation_sets": [made]})
    return "".join(json.dumps(each) + "\n" for each in found).encode()


def arrives(page: Page, heading: str) -> None:
    """Wait for a page, which may come by itself."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading, timeout=PATIENCE)


def choose(page: Page, name: str, content: bytes) -> None:
    """Have a large file looked at."""
    page.goto(f"{PROJECT}import/")
    upload = FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
    page.locator("input[type=file]").set_input_files([upload])
    page.get_by_role("button", name="Look before importing").click()


def test_a_large_import_waits_fails_is_cancelled_and_is_done(galley: Instance, page: Page) -> None:
    looking = "Your files are being looked at"
    with held(galley, "imports"):
        choose(page, "a.bin", b"\x01" + LARGE)
        arrives(page, looking)
        assert faults(page) == []
    # The page goes on by itself.
    arrives(page, "Not imported")
    expect(page.locator(".lede")).to_contain_text("a.bin: no format recognises this file.")
    assert faults(page) == []
    with held(galley, "imports"):
        choose(page, "a.jsonl", lines(2) + LARGE)
        arrives(page, looking)
        page.get_by_role("button", name="Cancel").click()
        arrives(page, "Not imported")
        expect(page.locator(".lede")).to_have_text("It was cancelled. Nothing of it remains.")
        assert faults(page) == []
    choose(page, "a.jsonl", lines(2) + LARGE)
    page.get_by_role("button", name="Import 2 articles").click(timeout=PATIENCE)
    expect(page.get_by_text("2 articles were imported")).to_be_visible(timeout=PATIENCE)
    assert faults(page) == []


def test_a_large_release_waits_is_cancelled_and_is_made(
    galley: Instance, page: Page, tmp_path: Path
) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(lines(350))
    galley.manage("import_articles", str(file), "--project", "japan-south-korea")
    for last in (False, True):
        page.goto(f"{PROJECT}releases/")
        page.get_by_label("Train, dev and test").select_option("article")
        with held(galley, "releases"):
            page.get_by_role("button", name="Make the release").click()
            arrives(page, "The release is being made")
            if not last:
                assert faults(page) == []
                page.get_by_role("button", name="Cancel").click()
                arrives(page, "No release was made")
                assert faults(page) == []
    # The page goes to the release by itself.
    arrives(page, "Release 1.0.0")


def test_a_release_fails_whose_maker_may_not_make_it_any_more(galley: Instance, page: Page) -> None:
    with held(galley, "releases"):
        uuid = galley.manage("shell", "--no-imports", "-c", LOST).strip()
        page.goto(f"{PROJECT}releases/making/{uuid}/")
        arrives(page, "The release is being made")
    arrives(page, "No release was made")
    expect(page.locator(".lede")).to_have_text("As reviewer you may not make a release.")
    assert faults(page) == []
