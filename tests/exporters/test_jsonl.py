"""The native export: every offset with its quote, and back again byte for byte."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labels.exporters import jsonl
from labels.importers import jsonl as importer
from labels.records import Article, Fragment, Provenance, Span
from labels.text.offsets import OffsetMap
from labels.vocabulary import Choice, Kind

from ..text.texts import kept_texts
from .articles import BY_ANA, ODD_TEXTS, SAMPLE, SECOND, TEXT, article, number


def written(*articles: Article, unit: str = "codepoint") -> bytes:
    """Return an export as a whole."""
    return b"".join(jsonl.write(articles, unit))


def objects(data: bytes) -> list[dict[str, Any]]:
    """Return the lines of an export."""
    return [json.loads(line) for line in data.split(b"\n")[:-1]]


def restored(data: bytes) -> list[Article]:
    """Return an export read back, which must have no fault."""
    found = list(importer.read(io.BytesIO(data), "export.jsonl"))
    assert all(isinstance(each, Article) for each in found), found
    return found  # type: ignore[return-value]  # just asserted


def test_a_line_for_each_article():
    lines = objects(written(SAMPLE, article("two\nparagraphs")))
    assert [each["article"]["text"] for each in lines] == [TEXT, "two\nparagraphs"]
    assert lines[1]["annotation_sets"] == []
    for each in lines:
        assert each["offset_unit"] == "codepoint"
        assert each["text_sha256"] == each["article"]["text_sha256"]
        assert each["article"]["length"] == len(each["article"]["text"])


@pytest.mark.parametrize(
    ("unit", "places"),
    [
        ("codepoint", [(3, 19), (31, 47), (20, 24)]),
        ("utf16", [(4, 20), (32, 48), (21, 25)]),
        ("utf8", [(8, 28), (40, 60), (29, 33)]),
    ],
)
def test_offsets_in_each_unit(unit, places):
    (line,) = objects(written(SAMPLE, unit=unit))
    assert line["offset_unit"] == unit
    (made,) = line["annotation_sets"]
    fragments = [each for span in made["spans"] for each in span["fragments"]]
    assert [(each["start"], each["end"]) for each in fragments] == places
    assert [each["quote"] for each in fragments] == ["“Taxes fell 5%,”", "“and jobs rose.”", "Ruiz"]
    proposal = made["spans"][0]["reviews"][0]["proposal"]
    assert (proposal["fragments"][0]["start"], proposal["fragments"][0]["end"]) == places[0]


def test_reviews_stand_with_their_unit_and_the_rest_with_the_set():
    (line,) = objects(written(article(TEXT, sets=[BY_ANA, SECOND])))
    by_ana, second = line["annotation_sets"]
    assert [each["verdict"] for each in by_ana["spans"][0]["reviews"]] == ["fix"]
    assert by_ana["spans"][1]["reviews"] == by_ana["relations"][0]["reviews"] == []
    assert [each["verdict"] for each in second["spans"][0]["reviews"]] == ["accept"]
    assert [each["verdict"] for each in second["reviews"]] == ["missing", "reject"]


def test_members_come_in_one_order_whatever_the_database_gave():
    turned = replace(SAMPLE, extra={"z": {"b": 1, "a": 2}, "a": 1})
    other = replace(SAMPLE, extra={"a": 1, "z": {"a": 2, "b": 1}})
    assert written(turned) == written(other)


@pytest.mark.parametrize("unit", ["codepoint", "utf16", "utf8"])
def test_importing_and_exporting_again_gives_the_same_bytes(unit):
    articles = [SAMPLE, article(TEXT, sets=[BY_ANA, SECOND]), *map(article, ODD_TEXTS)]
    first = written(*articles, unit=unit)
    back = restored(first)
    assert written(*back, unit=unit) == first
    # Whatever the unit on the way, records count code points.
    assert written(*back) == written(*articles)


def test_a_gold_set_tells_of_each_unit_where_it_comes_from():
    origin = Provenance(
        derived_from=number(1),
        set=BY_ANA.id,
        annotator="ana",
        choice=Choice.TAKE,
        reason="guideline",
        note="Section 2.",
        adjudicator="rita",
        decided_at="2019-10-31T09:00:00+00:00",
    )
    units: list[Any] = [*BY_ANA.spans, *BY_ANA.relations]
    gold = replace(
        BY_ANA,
        id=number(20),
        annotator="",
        kind=Kind.GOLD,
        reviews=[],
        provenance={each.id: origin for each in units},
    )
    first = written(article(TEXT, sets=[gold, BY_ANA]))
    made, plain = objects(first)[0]["annotation_sets"]
    told = [each["provenance"] for each in (*made["spans"], *made["relations"])]
    assert [(each["derived_from"], each["annotator"]) for each in told] == [
        (str(number(1)), "ana")
    ] * 3
    assert "provenance" not in plain["spans"][0]
    (back,) = restored(first)
    assert back.annotation_sets[0].provenance == gold.provenance
    assert written(back) == first


@given(text=kept_texts, data=st.data(), unit=st.sampled_from(["codepoint", "utf16", "utf8"]))
def test_any_span_of_any_text_comes_back(text, data, unit):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = Span(id=number(1), label="CLAIM", fragments=(Fragment(start, end),))
    made = replace(BY_ANA, spans=[span], relations=[], reviews=[])
    first = written(article(text, sets=[made]), unit=unit)
    (line,) = objects(first)
    (fragment,) = line["annotation_sets"][0]["spans"][0]["fragments"]
    assert fragment["quote"] == text[start:end]
    assert OffsetMap(text, unit).to_codepoint(fragment["start"]) == start
    (back,) = restored(first)
    assert back.annotation_sets[0].spans[0].fragments == (Fragment(start, end),)
    assert written(back, unit=unit) == first
