"""The vectors that Python and the browser are both held to; Node runs them in tests/canvas/."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from labels.text import boundaries, quotes, segments
from labels.text.offsets import OffsetMap

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "vectors" / "text.json").read_text()
)


def named(section: str) -> Any:
    """Run a test for each vector of a section, under its name."""
    rows = VECTORS[section]
    assert rows, f"no vectors in {section}"
    return pytest.mark.parametrize(
        "vector", rows, ids=[row.get("name", str(number)) for number, row in enumerate(rows)]
    )


@named("offsets")
def test_offsets(vector):
    text = vector["text"]
    utf16, utf8 = OffsetMap(text, "utf16"), OffsetMap(text, "utf8")
    assert vector["points"][-1] == [len(text), utf16.length, utf8.length]
    for position, unit, byte in vector["points"]:
        assert utf16.from_codepoint(position) == unit
        assert utf16.to_codepoint(unit) == position
        assert utf8.from_codepoint(position) == byte
        assert utf8.to_codepoint(byte) == position


def test_fixture_has_its_published_numbers():
    text = VECTORS["offsets"][0]["text"]
    utf16, utf8 = OffsetMap(text, "utf16"), OffsetMap(text, "utf8")
    assert (len(text), utf16.length, utf8.length) == (47, 48, 60)
    assert text[20:24] == "Ruiz"
    assert [utf16.from_codepoint(at) for at in (20, 24, 3, 19, 31, 47)] == [21, 25, 4, 20, 32, 48]


@named("graphemes")
def test_graphemes(vector):
    text, expected = vector["text"], vector["boundaries"]
    assert boundaries.grapheme_boundaries(text) == expected
    found = [at for at in range(len(text) + 1) if boundaries.is_grapheme_boundary(text, at)]
    assert found == expected


@named("paragraphs")
def test_paragraphs(vector):
    assert [list(block) for block in segments.paragraphs(vector["text"])] == vector["blocks"]


@named("words")
def test_words(vector):
    assert [list(word) for word in boundaries.words(vector["text"])] == vector["words"]


@named("sentences")
def test_sentences(vector):
    found = [list(sentence) for sentence in segments.sentences(vector["text"])]
    assert found == vector["sentences"]


def test_lists_of_abbreviations_are_the_browser_s():
    assert sorted(segments.ABBREVIATIONS) == VECTORS["abbreviations"]
    assert sorted(segments.OPENERS) == VECTORS["openers"]


@named("quotes")
def test_quotes(vector):
    assert quotes.quote(vector["text"], vector["fragments"]) == vector["quote"]


@named("snap")
def test_the_server_takes_what_snapping_gives(vector):
    if vector["snapped"] is None:
        return
    marked = vector["snapped"]
    start, end = marked.index("⟦"), marked.index("⟧") - 1
    text = marked.replace("⟦", "").replace("⟧", "")
    assert text == vector["selected"].replace("⟦", "").replace("⟧", "")
    assert boundaries.is_grapheme_boundary(text, start)
    assert boundaries.is_grapheme_boundary(text, end)
    assert not boundaries.touches_white_space(text, start, end)
