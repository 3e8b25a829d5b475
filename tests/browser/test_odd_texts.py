"""Odd texts all the way: imported, marked in a real browser, saved, loaded again, exported; equal throughout."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count
from typing import Any
from urllib.request import Request, urlopen

from hypothesis import HealthCheck, Phase, assume, example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import BrowserContext, expect

from labels.text.boundaries import words
from labels.text.canonical import TextError, canonical

from ..server import Instance
from ..text.texts import PIECES
from .labeller import Labeller

PROJECT = "japan-south-korea"
EDGES = st.sampled_from(["", " ", "\t", "\n\n", " \n ", "\ufeff", "\u2028", "\r\n"])
STEPS = st.lists(st.integers(0, 6), min_size=1, max_size=3)
SHOWN = """() => [...document.querySelectorAll('[data-part=text] p')].map((each) => {
    const copy = each.cloneNode(true);
    for (const chip of copy.querySelectorAll('.chip')) chip.remove();
    return [Number(each.dataset.start), copy.textContent];
})"""
MARKED = (
    "() => [...document.querySelectorAll('[data-part=text] mark')].map((each) => each.textContent)"
)
_number = count(1)


@st.composite
def originals(draw: st.DrawFn) -> str:
    """Draw a file's content: odd pieces, odd ends, odd line ends."""
    pieces = draw(st.lists(st.sampled_from(PIECES), min_size=2, max_size=14))
    at = draw(st.integers(0, len(pieces)))
    # No two are alike: a text that the project knows would be the same article.
    pieces.insert(at, f" number{next(_number)} ")
    text = draw(EDGES) + "".join(pieces) + draw(EDGES)
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


class Desk:
    """A manager's hands on the API, and ana at the browser."""

    def __init__(self, galley: Instance, ana: Labeller) -> None:
        self.galley, self.ana = galley, ana
        self.token = galley.manage(
            "create_token", "max", "--scopes", "read,import,export,manage"
        ).strip()

    def call(self, path: str, body: Any = None) -> bytes:
        """Return what the API answers."""
        request = Request(
            f"{self.galley.url}/api/v1/projects/{PROJECT}/{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        with urlopen(request) as answer:
            return bytes(answer.read())

    def hand_out(self, text: str) -> str:
        """Import a text, assign it to ana and return its id."""
        made = json.loads(self.call("articles/", {"text": text, "title": "Odd"}))
        self.call("assignments/", {"person": "ana", "role": "annotate", "article": made["id"]})
        return str(made["id"])

    def exported(self, article: str) -> dict[str, Any]:
        """Return an article's line of the export."""
        lines = [json.loads(line) for line in self.call("export/").splitlines()]
        (found,) = [each for each in lines if each["article"]["id"] == article]
        return dict(found)


def mark_by_keys(ana: Labeller, article: str, steps: list[int]) -> None:
    """Mark some words as entities, wherever the steps lead."""
    ana.page.goto(f"/articles/{article}/label/")
    ana.wait_until_ready()
    for step in steps:
        ana.press(*["ArrowRight"] * (step + 1), "e")
    expect(ana.page.locator("[data-part=text] mark").first).to_be_visible()
    ana.press("Escape", "Escape")
    ana.wait_until_saved()


def test_text_and_quotes_stay_what_they_are(
    galley: Instance, new_context: Callable[..., BrowserContext]
) -> None:
    desk = Desk(galley, Labeller(new_context(), galley.link("ana")))

    @settings(
        max_examples=12,
        deadline=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    # A sign that stands before a flag: one grapheme, and for the browser a word without it.
    @example(" \n\u0600🇰🇷🇺 b", [0, 0])
    @given(originals(), STEPS)
    def check(original: str, steps: list[int]) -> None:
        try:
            text = canonical(original).text
        except TextError:
            assume(False)
        assume(words(text))
        article = desk.hand_out(original)
        mark_by_keys(desk.ana, article, steps)
        desk.ana.page.reload()
        desk.ana.wait_until_ready()

        for start, shown in desk.ana.page.evaluate(SHOWN):
            assert text[start : start + len(shown)] == shown
        line = desk.exported(article)
        assert line["article"]["text"] == text
        (made,) = line["annotation_sets"]
        parts = [part for span in made["spans"] for part in span["fragments"]]
        assert parts
        for part in parts:
            assert text[part["start"] : part["end"]] == part["quote"]
        assert sorted(desk.ana.page.evaluate(MARKED)) == sorted(part["quote"] for part in parts)

    check()
