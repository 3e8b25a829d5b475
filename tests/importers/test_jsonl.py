"""JSON Lines: every member read or refused with its line, annotation sets held against the text."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from labels.exporters import jsonl as exporter
from labels.importers import _reading, jsonl
from labels.records import Article, BadItem

from ..exporters.articles import SAMPLE, TEXT


def read(*lines: Any) -> list[Article | BadItem]:
    """Read objects, or bytes as they are, as lines."""
    raw = [each if isinstance(each, bytes) else json.dumps(each).encode() for each in lines]
    return list(jsonl.read(io.BytesIO(b"\n".join(raw)), "a.jsonl"))


def refused(line: Any) -> BadItem:
    """Read one line that has a fault."""
    (found,) = read(line)
    assert isinstance(found, BadItem), found
    return found


def native(**changes: Any) -> dict[str, Any]:
    """Return the line of the native export, changed at paths such as `annotation_sets__0__id`."""
    line: dict[str, Any] = json.loads(b"".join(exporter.write([SAMPLE])))
    for path, value in changes.items():
        *way, last = [int(step) if step.isdigit() else step for step in path.split("__")]
        owner: Any = line
        for step in way:
            owner = owner[step]
        owner[last] = value
    return line


def test_members_are_read():
    (found,) = read(
        {
            "text": "Ruiz said so.",
            "external_id": "r-1",
            "title": "Taxes",
            "language": "en",
            "publisher": "The Paper",
            "byline": "Jane Doe",
            "url": "https://example.org/1",
            "published_at": "2019-10-29T08:30:00Z",
            "extra": {"desk": ["world", 1, None]},
        }
    )
    assert isinstance(found, Article)
    assert (found.external_id, found.title, found.language) == ("r-1", "Taxes", "en")
    assert (found.publisher, found.byline) == ("The Paper", "Jane Doe")
    assert (found.url, found.published_at) == ("https://example.org/1", "2019-10-29T08:30:00Z")
    assert found.extra == {"desk": ["world", 1, None]}
    assert found.id is None


@pytest.mark.parametrize("empty", [{}, {"title": None}, {"title": ""}])
def test_a_title_is_found_where_none_is_given(empty):
    (headed,) = read({"text": "Ministers to meet\n\nRuiz said so.", **empty})
    (plain,) = read({"text": "Ruiz said so. Nobody asked.", **empty})
    assert isinstance(headed, Article)
    assert isinstance(plain, Article)
    assert (headed.title, plain.title) == ("Ministers to meet", "Ruiz said so.")


def test_blank_lines_and_a_byte_order_mark_are_no_articles():
    found = read(b'\xef\xbb\xbf{"text":"one"}\r', b"", b"  \r", {"text": "two"}, b"")
    assert [each.text for each in found if isinstance(each, Article)] == ["one", "two"]
    assert len(found) == 2


def test_every_bad_line_is_told_with_its_number_and_the_good_ones_are_read():
    found = read({"text": "one"}, b"nope", {"text": ""}, {"text": "two"}, [1])
    places = [each.place for each in found if isinstance(each, BadItem)]
    assert places == ["a.jsonl, line 2", "a.jsonl, line 3", "a.jsonl, line 5"]
    assert sum(isinstance(each, Article) for each in found) == 2


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        (b"nope", "bad_json", "column 1"),
        (b'{"text": "a"', "bad_json", "not JSON"),
        (b'{"text": "a"} {}', "bad_json", "column"),
        (b'{"text": "caf\xe9"}', "not_utf8", "byte 0xe9 at position 13"),
        (b'{"text": "a\\ud83d"}', "lone_surrogate", "surrogate"),
        (b'{"text": "\\udc00a"}', "lone_surrogate", "surrogate"),
        (b'{"text": "a\\u0000b"}', "nul", "NUL"),
        (b"[" * 5_000 + b"]" * 5_000, "too_deep", "too deep"),
        ([1], "invalid", "an object is expected"),
        ("text", "invalid", "an object is expected"),
        ({}, "invalid", "text: The text"),
        ({"text": None}, "invalid", "text: The text"),
        ({"text": 5}, "invalid", "text: The text"),
        ({"text": " \n"}, "blank_text", "blanks"),
        ({"text": "a", "title": 5}, "invalid", "title: Text is expected"),
        ({"text": "a", "title": 0}, "invalid", "title: Text is expected"),
        ({"text": "a", "title": "t" * 501}, "invalid", "title: At most 500"),
        ({"text": "a", "byline": "a\0"}, "invalid", "byline: It has a character"),
        ({"text": "a", "url": "javascript:alert(1)"}, "invalid", "url: An address"),
        ({"text": "a", "published_at": "soon"}, "invalid", "published_at: A date"),
        ({"text": "a", "extra": []}, "invalid", "extra: An object"),
        ({"text": "a", "extra": {"a": "b\0"}}, "invalid", "extra: It has a character"),
        ({"text": "a", "extra": {"a": 10**30}}, "invalid", "extra: It has a number"),
        ({"text": "a", "author": "b", "date": "c"}, "invalid", "“author”, “date”: not known"),
        ({"text": "a", "text_sha256": "0" * 64}, "text_changed", "text_sha256"),
        ({"text": "a", "id": "a"}, "invalid", "id: A UUID"),
        ({"text": "a", "version": -1}, "invalid", "version: A whole number"),
        ({"article": "a"}, "invalid", "article: an object is expected"),
        ({"article": {"text": "a"}, "labels": []}, "invalid", "“labels”: not known"),
        ({"article": {"text": "a", "labels": []}}, "invalid", "“article.labels”: not known"),
        ({"article": {"text": "a"}, "offset_unit": "byte"}, "invalid", "offset_unit: One of"),
        ({"article": {"text": "a"}, "annotation_sets": {}}, "invalid", "A list is expected"),
        ({"article": {"text": "a"}, "annotation_sets": {"a": 1}}, "invalid", "A list is expected"),
        ({"article": {"text": "a"}, "annotation_sets": [5]}, "invalid", "annotation_sets[0]: an"),
    ],
)
def test_a_fault_is_named(line, code, said):
    found = refused(line)
    assert found.code == code
    assert said in found.detail


def test_a_line_that_is_too_long_is_told_and_the_rest_is_read(monkeypatch):
    monkeypatch.setattr(_reading, "LONGEST_LINE", 100)
    found = read({"text": "one"}, {"text": "x" * 1_000}, {"text": "two"}, {"text": "y" * 1_000})
    assert [each.code if isinstance(each, BadItem) else each.text for each in found] == [
        "one",
        "too_large",
        "two",
        "too_large",
    ]
    assert isinstance(found[1], BadItem)
    assert found[1].place == "a.jsonl, line 2"


def test_a_line_of_the_native_export_is_read_whole():
    (found,) = read(native())
    assert isinstance(found, Article)
    assert found.id == SAMPLE.id
    (made,) = found.annotation_sets
    (before,) = SAMPLE.annotation_sets
    assert list(made.spans) == list(before.spans)
    assert list(made.relations) == list(before.relations)
    assert list(made.reviews) == list(before.reviews)
    assert (made.id, made.annotator, made.kind, made.round) == (
        before.id,
        before.annotator,
        before.kind,
        before.round,
    )
    assert (made.state, made.version, made.scheme_version) == (before.state, 3, 1)


def test_what_a_set_need_not_say():
    span = {
        "id": str(SAMPLE.id),
        "label": "SOURCE",
        "fragments": [{"start": 20, "end": 24, "quote": "Ruiz"}],
    }
    by_ben = {"id": str(SAMPLE.id), "annotator": "ben", "spans": [span]}
    review = {"id": str(SAMPLE.id), "verdict": "accept", "reviewer": "rita", "rev": 0}
    by_ben["reviews"] = [review | {"created_at": "2019-10-30", "span": str(SAMPLE.id)}]
    (found,) = read({"article": {"text": TEXT}, "annotation_sets": [by_ben]})
    assert isinstance(found, Article)
    (made,) = found.annotation_sets
    assert (made.kind, made.round, made.version, list(made.relations)) == ("imported", 1, 0, [])
    assert made.spans[0].origin == "imported"
    assert (made.reviews[0].reason, made.reviews[0].comment) == ("", "")


SPAN = "annotation_sets__0__spans__0__"
LINK = "annotation_sets__0__relations__0__"
REVIEW = f"{SPAN}reviews__0__"


@pytest.mark.parametrize(
    ("path", "value", "code", "said"),
    [
        ("article__text", TEXT.replace("Taxes", "Rates"), "text_changed", "text_sha256"),
        ("text_sha256", "0" * 64, "text_changed", "text_sha256"),
        (f"{SPAN}fragments__0__quote", "“Taxes fell 6%,”", "quote_mismatch", "“Taxes fell 5%,”"),
        (f"{SPAN}fragments__0__quote", None, "quote_missing", "spans[0].fragments[0].quote"),
        (f"{SPAN}fragments__0__end", 99, "bad_offsets", "outside the text: 0 to 47"),
        (f"{SPAN}fragments__0__end", 3, "bad_offsets", "not behind start"),
        (f"{SPAN}fragments__0__start", -1, "invalid", "A whole number"),
        (f"{SPAN}fragments__0__start", True, "invalid", "A whole number"),
        (f"{SPAN}fragments__0__start", 3.0, "invalid", "A whole number"),
        (f"{SPAN}fragments__0__more", 3, "invalid", "fragments[0].more”: not known"),
        (f"{SPAN}fragments", [], "bad_offsets", "at least one"),
        (f"{SPAN}id", "1", "invalid", "A UUID"),
        (f"{SPAN}id", 1, "invalid", "A UUID"),
        (f"{SPAN}id", None, "invalid", "A UUID"),
        (f"{SPAN}id", str(SAMPLE.annotation_sets[0].spans[1].id), "unknown_unit", "not in the set"),
        (f"{SPAN}label", "", "invalid", "Text is expected"),
        (f"{SPAN}label", "L" * 101, "invalid", "At most 100"),
        (f"{SPAN}attributes", [1], "invalid", "attributes: An object"),
        (f"{SPAN}origin", "dream", "invalid", "One of hand"),
        (f"{SPAN}confidence", "high", "invalid", "A number"),
        (f"{SPAN}flag", 1, "invalid", "true or false"),
        (f"{SPAN}rev", -1, "invalid", "A whole number"),
        (f"{LINK}to", str(SAMPLE.id), "unknown_unit", "relations[0].from: It joins a span"),
        (f"{LINK}type", None, "invalid", "Text is expected"),
        (f"{LINK}id", str(SAMPLE.annotation_sets[0].spans[0].id), "unit_exists", "same id"),
        ("annotation_sets__0__kind", "dream", "invalid", "One of own"),
        ("annotation_sets__0__annotator", "", "invalid", "annotator: Text is expected"),
        (f"{REVIEW}verdict", None, "invalid", "One of accept"),
        (f"{REVIEW}created_at", "soon", "invalid", "A date"),
        (f"{REVIEW}proposal", [1], "invalid", "proposal: An object"),
        (
            f"{REVIEW}proposal__fragments__0__end",
            18,
            "quote_mismatch",
            "proposal.fragments[0].quote",
        ),
    ],
)
def test_a_fault_in_a_set_is_named_with_its_path(path, value, code, said):
    found = refused(native(**{path: value}))
    assert found.code == code
    assert said in found.detail


def test_fragments_ascend():
    line = native()
    line["annotation_sets"][0]["spans"][0]["fragments"].reverse()
    assert refused(line).code == "bad_offsets"


def test_offsets_in_utf16_are_known_for_what_they_are():
    line = native()
    span = line["annotation_sets"][0]["spans"][1]
    span["fragments"] = [{"start": 21, "end": 25, "quote": "Ruiz"}]
    found = refused(line)
    assert found.code == "quote_mismatch"
    assert "in utf16: say so in offset_unit" in found.detail


def test_a_place_inside_a_character_is_told():
    line = json.loads(b"".join(exporter.write([SAMPLE], "utf16")))
    line["annotation_sets"][0]["spans"][1]["fragments"][0]["start"] = 1
    found = refused(line)
    assert found.code == "bad_offsets"
    assert "inside a character" in found.detail


@pytest.mark.parametrize(
    ("head", "name", "recognised"),
    [
        (b"", "a.jsonl", True),
        (b"", "a.NDJSON", True),
        (b'{"text": "a"}\n', "a", True),
        (b'\xef\xbb\xbf\n {"title": "a", "text": "b', "a.json", True),
        (b'{"article": {', "a", True),
        (b'{\n  "text": "a"}', "a.json", False),
        (b'[{"text": "a"}]', "a.json", False),
        (b"Ruiz said", "a", False),
        (b"", "a", False),
    ],
)
def test_what_is_taken_for_json_lines(head, name, recognised):
    assert bool(jsonl.recognises(head, name)) is recognised


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("flag", 0),
        ("reviews", {}),
        ("derived_from", ""),
        ("confidence", 2),
        ("origin", "nowhere"),
        ("rev", True),
        ("rev", -1),
        ("label", ""),
        ("id", "x"),
        ("attributes", [1]),
        ("fragments", [{"start": 20, "end": 24, "quote": "Diaz"}]),
        ("fragments", [{"start": True, "end": 24, "quote": "Ruiz"}]),
        ("unheard", 1),
    ],
)
def test_a_span_in_which_one_thing_is_unusual_is_told_with_its_place(member, value):
    bad = refused(native(**{f"annotation_sets__0__spans__1__{member}": value}))
    assert "annotation_sets[0].spans[1]" in bad.detail
