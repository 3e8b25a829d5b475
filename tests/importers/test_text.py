"""Plain text: the text whole, and what was found in it as metadata."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from labels.importers import text
from labels.records import Article

SEED = next((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def one(data: bytes) -> Article:
    """Read a file that has no fault."""
    (found,) = text.read(io.BytesIO(data), "a.txt")
    assert isinstance(found, Article), found
    return found


def test_the_seed_stays_whole_and_its_finds_are_offered():
    data = SEED.read_bytes()
    found = one(data)
    assert found.text.encode() == data
    assert found.text_sha256 == found.original_sha256
    assert found.length == len(data.decode())
    assert found.byline == "Kyodo"
    assert found.extra["agency"] == "Kyodo"
    assert found.publisher == ""
    span, appeal = found.extra["byline_span"], found.extra["closing_appeal"]
    assert found.text[span["start"] : span["end"]] == "• Kyodo"
    assert found.text[appeal["start"] : appeal["end"]].startswith(
        "In a time of both misinformation"
    )
    assert appeal["end"] == found.length
    assert list(found.notes) == [
        "No headline found: the title is the first sentence.",
        "Byline found: “Kyodo” (line 1). It stays in the text.",
        (
            "Closing appeal found: “In a time of both misinformation and too much information, …”"
            " (lines 36–37). It stays in the text."
        ),
    ]


def test_a_text_with_nothing_around_it():
    found = one(b"Ruiz said so. Nobody asked.")
    assert (found.title, found.byline, dict(found.extra)) == ("Ruiz said so.", "", {})
    assert found.notes == ["No headline found: the title is the first sentence."]


def test_the_sample_has_everything():
    found = one(
        "Ministers to meet\n\nBy Jane Doe\n\nRuiz said so.\n\nSubscribe now.\n".encode("utf-8-sig")
    )
    assert (found.title, found.byline) == ("Ministers to meet", "Jane Doe")
    assert "agency" not in found.extra
    assert found.extra["byline_span"] == {"start": 19, "end": 30}
    assert found.notes == [
        "Headline found: “Ministers to meet” (line 1). It stays in the text.",
        "Byline found: “Jane Doe” (line 3). It stays in the text.",
        "Closing appeal found: “Subscribe now.” (line 7). It stays in the text.",
    ]
    assert found.text.startswith("Ministers")
    assert found.text_sha256 != found.original_sha256


@pytest.mark.parametrize(
    ("head", "name", "recognised"),
    [
        (b"Ruiz said", "a.txt", True),
        (b"Ruiz said", "A.TXT", True),
        (b"", "a.txt", True),
        (b'{"text": "Ruiz"}', "a.txt", True),
        (b"Ruiz said", "a", True),
        (b"\xef\xbb\xbfRuiz said\r\n", "pasted", True),
        (b"", "a", False),
        (b"PK\x03\x04", "a.docx", False),
        (b'{"text": "Ruiz"}', "a.json", False),
        (b'[{"text": "Ruiz"}]', "a", False),
        (b"\xef\xbb\xbf  <html>", "a.html", False),
    ],
)
def test_what_is_taken_for_plain_text(head, name, recognised):
    assert bool(text.recognises(head, name)) is recognised
