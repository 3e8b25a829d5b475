"""Annotations of the web: Galley's own come back, others' are found by positions and by quotes."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings

from labels.exporters import web_annotation as exporter
from labels.importers import _objects, web_annotation
from labels.records import Article, BadItem

from ..exporters.articles import BY_ANA, SAMPLE, TEXT, article, number
from ..exporters.strategies import articles

URL = "https://news.example/taxes"
SOMEWHERE = {URL: TEXT}


def read(thing: Any, texts: Mapping[str, str] = SOMEWHERE) -> list[Article | BadItem]:
    """Read annotations, or a file as it is; `texts` are those that the project has."""
    data = thing if isinstance(thing, bytes) else json.dumps(thing).encode()
    return list(web_annotation.read(io.BytesIO(data), "a file", texts.get))


def one(thing: Any, texts: Mapping[str, str] = SOMEWHERE) -> Article:
    (found,) = read(thing, texts)
    assert isinstance(found, Article), found
    return found


def fault(thing: Any, texts: Mapping[str, str] = SOMEWHERE) -> BadItem:
    (found,) = read(thing, texts)
    assert isinstance(found, BadItem), found
    return found


def mark(unit: str, *selectors: Any, tag: str = "SOURCE", **more: Any) -> dict[str, Any]:
    """Return an annotation as Recogito makes one."""
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": unit,
        "type": "Annotation",
        "body": [{"type": "TextualBody", "purpose": "tagging", "value": tag}],
        "target": {"source": URL, "selector": [*selectors]},
        **more,
    }


def quote(exact: str, prefix: str = "", suffix: str = "") -> dict[str, str]:
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def position(start: Any, end: Any) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def words(found: Article) -> list[str]:
    (made,) = found.annotation_sets
    return [found.text[each.start : each.end] for each in made.spans]


@settings(deadline=None, max_examples=50)
@given(found=articles())
def test_what_it_holds_comes_back_byte_for_byte(found: list[Article]) -> None:
    def written(all_: list[Any]) -> bytes:
        return b"".join(exporter.write(all_))

    # Sets of one name are one set when they come back: after that nothing moves any more.
    back = read(written(found))
    again = read(written(back))
    assert again == back
    assert written(again) == written(back)
    ids = [{span.id for made in each.annotation_sets for span in made.spans} for each in found]
    assert ids == [
        {span.id for made in each.annotation_sets for span in made.spans}
        for each in back
        if isinstance(each, Article)
    ]


def test_the_sample_comes_back_byte_for_byte() -> None:
    first = b"".join(exporter.write([SAMPLE, article("Ministers met.", last=9)]))
    back = read(first)
    assert b"".join(exporter.write(back)) == first  # type: ignore[arg-type]  # no fault, or it would differ


def test_a_page_written_out_anew_is_read_alike() -> None:
    first = b"".join(exporter.write([SAMPLE]))
    page = json.loads(first)
    turned = {"items": page["items"], "type": page["type"], "@context": page["@context"]}
    within = {"type": "AnnotationCollection", "first": page}
    for thing in (turned, page["items"], within):
        assert read(thing) == read(first)
    assert read(json.dumps(page, indent=2).encode()) == read(first)


def test_a_long_page_is_read_an_annotation_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_objects, "LONGEST_LINE", 20_000)
    several = [article(f"{at} " + "Ruiz said so. " * 100, last=10 + at) for at in range(30)]
    found = read(b"".join(exporter.write(several)))
    assert [each.text for each in found if isinstance(each, Article)] == [
        each.text for each in several
    ]


@pytest.mark.parametrize("cut", [2, 3, 40, 400])
def test_a_page_that_breaks_off_is_told(cut: int) -> None:
    found = read(b"".join(exporter.write([SAMPLE]))[:-cut])
    assert [each.code for each in found if isinstance(each, BadItem)] == ["bad_json"]


@pytest.mark.parametrize(("start", "end", "unit"), [(20, 24, ""), (21, 25, "utf16")])
def test_what_offsets_count_is_found_by_the_quotes(start: int, end: int, unit: str) -> None:
    found = one([mark("#1", quote("Ruiz"), position(start, end))])
    assert words(found) == ["Ruiz"]
    assert list(found.notes) == (
        [f"Offsets counted {unit}; they are code points now."] if unit else []
    )


def test_positions_of_another_text_give_way_to_the_quotes() -> None:
    found = one([mark("#1", quote("said"), position(5, 9)), mark("#2", quote("Ruiz"))])
    assert words(found) == ["said", "Ruiz"]
    assert list(found.notes) == [
        "Places found by their quotes, since the positions were others: 1."
    ]


def test_a_quote_that_stands_often_is_found_by_what_is_around_it() -> None:
    texts = {URL: "He said yes. She said no. They said nothing."}
    found = one([mark("#1", quote("said", "She ", " no."))], texts)
    (span,) = found.annotation_sets[0].spans
    assert (span.start, list(found.notes)) == (17, [])


def test_a_quote_that_fits_several_places_is_kept_and_told() -> None:
    texts = {URL: "He said yes. She said no. They said nothing."}
    found = one([mark("#1", quote("said")), mark("#2", quote("said"), position(18, 22))], texts)
    assert [each.start for each in found.annotation_sets[0].spans] == [3, 17]
    first, moved, second = sorted(found.notes, key=lambda note: ("Places" in note, note))
    assert "“said” stands 3 times in the text: the one at 17 was taken" in first
    assert "the one at 3 was taken" in moved
    assert "by their quotes" in second


def test_hypothesis_answers_are_read() -> None:
    row = {
        "id": "aB3",
        "created": "2020-01-01T00:00:00+00:00",
        "user": "acct:ana@hypothes.is",
        "uri": URL,
        "text": "Who is that?",
        "tags": ["SOURCE", "check"],
        "target": [
            {
                "source": URL,
                "selector": [
                    {"type": "RangeSelector", "startContainer": "/p[1]", "startOffset": 0},
                    position(21, 25),
                    quote("Ruiz"),
                ],
            }
        ],
    }
    note = {
        "id": "cD4",
        "user": "acct:ben@hypothes.is",
        "uri": URL,
        "text": "x",
        "target": [{"source": URL}],
    }
    data = {"total": 2, "rows": [row, note]}
    assert web_annotation.recognises(json.dumps(data).encode(), "hypothesis.json")
    found = one(data)
    (made,) = found.annotation_sets
    assert made.annotator == "ana@hypothes.is"
    assert made.spans[0].label == "SOURCE"
    assert made.spans[0].attributes == {"comment": "Who is that?", "tags": ["check"]}
    assert found.url == URL
    assert "What is said of the whole text is not taken: 1." in found.notes


def test_links_are_read_wherever_they_stand() -> None:
    link = {
        "id": "#3",
        "type": "Annotation",
        "motivation": "linking",
        "body": [{"type": "TextualBody", "purpose": "tagging", "value": "ATTRIBUTED_TO"}],
        "target": [{"id": "#1"}, {"id": "#2"}],
    }
    marks = [mark("#1", quote("jobs"), tag="CLAIM"), mark("#2", quote("Ruiz"))]
    (made,) = one([link, *marks]).annotation_sets
    claim, source = made.spans
    assert [(each.type, each.source, each.target) for each in made.relations] == [
        ("ATTRIBUTED_TO", claim.id, source.id)
    ]
    (bad,) = read([{**link, "target": ["#1", "#9"]}, *marks])
    assert isinstance(bad, BadItem)
    assert bad.code == "unknown_unit"


def test_sets_are_by_creator() -> None:
    found = one(
        [
            mark("#1", quote("Ruiz"), creator={"id": "https://x/ana", "name": "ana"}),
            mark("#1", quote("Ruiz"), creator="ben", confidence=0.5, flag=True),
        ]
    )
    assert [each.annotator for each in found.annotation_sets] == ["ana", "ben"]
    (span,) = found.annotation_sets[1].spans
    assert (span.confidence, span.flag) == (0.5, True)


@pytest.mark.parametrize(
    ("thing", "code"),
    [
        ([mark("#1", quote("Diaz"))], "quote_mismatch"),
        ([mark("#1", position(5, 99))], "bad_offsets"),
        ([mark("#1", {"type": "XPathSelector", "value": "/p"})], "bad_offsets"),
        ([mark("#1", quote("Ruiz"), tag="x" * 101)], "bad_label"),
        ([mark("#1", quote("Ruiz"), confidence=2)], "invalid"),
        ([mark("#1", quote("Ruiz"), attributes=[1])], "bad_attribute"),
        (
            [
                {
                    **mark("#1", quote("Ruiz")),
                    "target": {"source": "urn:x", "selector": quote("Ruiz")},
                }
            ],
            "no_text",
        ),
        ([{"type": "Annotation", "target": URL}], "empty_file"),
        ({"items": []}, "empty_file"),
        ({"items": [1]}, "empty_file"),
        ({"first": {"items": [1]}}, "invalid"),
    ],
)
def test_a_fault_is_told(thing: Any, code: str) -> None:
    assert fault(thing).code == code


def test_a_text_that_is_not_its_digest_s_is_told_and_one_is_found_by_it() -> None:
    page = json.loads(b"".join(exporter.write([SAMPLE])))
    page["items"][0]["body"]["value"] += " Indeed."
    assert fault(page).code == "text_changed"
    del page["items"][0]
    assert one(page, {SAMPLE.text_sha256: TEXT}).text == TEXT
    assert one(page, {f"urn:uuid:{number(6)}": TEXT}).text == TEXT


def test_annotations_behind_another_text_are_told() -> None:
    two = [article(TEXT, sets=[BY_ANA]), article("Ministers met.", last=9)]
    page = json.loads(b"".join(exporter.write(two)))
    items = page["items"]
    items.append(items.pop(2))
    found = read(page)
    assert [each.code for each in found if isinstance(each, BadItem)] == ["unknown_unit", "late"]


@settings(deadline=None, max_examples=30)
@given(found=articles())
def test_a_file_without_the_texts_is_read_alike_where_they_are(found: list[Article]) -> None:
    bare = b"".join(exporter.WITHOUT_TEXT.pieces(found))
    marked = [one for one in found if any(each.spans for each in one.annotation_sets)]
    codes = [each.code for each in read(bare) if isinstance(each, BadItem)]
    assert codes == (["no_text"] * len(marked) or ["empty_file"])
    if marked:
        there = {each.text_sha256: each.text for each in found}
        assert read(bare, there) == read(b"".join(exporter.write(marked)))


def test_a_text_that_is_not_the_one_that_was_marked_is_told() -> None:
    bare = b"".join(exporter.WITHOUT_TEXT.pieces([SAMPLE]))
    assert fault(bare, {f"urn:uuid:{SAMPLE.id}": f"{TEXT}!"}).code == "text_changed"
