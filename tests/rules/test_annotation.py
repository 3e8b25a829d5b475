"""What may be marked, and what is missing at submit, without a database."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labels import errors
from labels.records import Fragment, Relation, Span
from labels.rules import annotation, scheme

from ..factories import SCHEME

FAMILY = "👨‍👩‍👧 met"
PARSED = scheme.parse(SCHEME)


def span(number: int, label: str, *places: tuple[int, int], **attributes: Any) -> Span:
    return Span(UUID(int=number), label, tuple(Fragment(*each) for each in places), attributes)


def relation(number: int, kind: str, source: Span, target: Span, **attributes: Any) -> Relation:
    return Relation(UUID(int=number), kind, source.id, target.id, attributes)


@pytest.mark.parametrize(("start", "end"), [(1, 6), (0, 1), (0, 3), (2, 9)])
def test_no_edge_inside_a_grapheme_cluster(start: int, end: int) -> None:
    with pytest.raises(errors.BadBoundary):
        annotation.fragments(FAMILY, [{"start": start, "end": end, "quote": FAMILY[start:end]}])


def test_a_whole_family_may_be_marked() -> None:
    found = annotation.fragments(FAMILY, [{"start": 0, "end": 5, "quote": FAMILY[:5]}])
    assert found == (Fragment(0, 5),)


PLACES = st.tuples(st.integers(0, 12), st.integers(1, 6)).map(lambda at: (at[0], at[0] + at[1]))


@st.composite
def spans(draw: st.DrawFn, number: int) -> Span:
    """Draw one or two fragments in ascending order."""
    first = draw(PLACES)
    if draw(st.booleans()):
        start = first[1] + draw(st.integers(1, 4))
        return span(number, "CLAIM", first, (start, start + draw(st.integers(1, 5))))
    return span(number, "CLAIM", first)


def points(of: Span) -> set[int]:
    return {point for each in of.fragments for point in range(each.start, each.end)}


@given(spans(1), spans(2))
def test_nesting_is_what_sets_of_code_points_say(one: Span, other: Span) -> None:
    a, b = points(one), points(other)
    allowed = not a & b or a < b or b < a
    try:
        annotation.check_overlap(PARSED.labels["CLAIM"], one, [other])
        accepted = True
    except errors.OverlapRefused:
        accepted = False
    assert accepted == allowed


@given(spans(1), spans(2))
def test_no_overlap_is_what_sets_of_code_points_say(one: Span, other: Span) -> None:
    try:
        annotation.check_overlap(PARSED.labels["SOURCE"], one, [other])
        accepted = True
    except errors.OverlapRefused:
        accepted = False
    assert accepted == (not points(one) & points(other))


COMPLETE = {"form": "direct", "check_worthiness": "NFS"}
LINK = {"attitude": "statement", "stance": "affirm"}


def missing(*units: Span | Relation) -> list[tuple[str | None, str]]:
    found = annotation.missing(
        PARSED,
        [each for each in units if isinstance(each, Span)],
        [each for each in units if isinstance(each, Relation)],
    )
    return [(each["attribute"], each["code"]) for each in found]


def test_a_complete_attribution_lacks_nothing() -> None:
    claim, source = (
        span(1, "CLAIM", (0, 3), **COMPLETE),
        span(2, "SOURCE", (4, 6), source_type="document"),
    )
    assert missing(claim, source, relation(3, "ATTRIBUTED_TO", claim, source, **LINK)) == []


@pytest.mark.parametrize(
    ("attributes", "lacks"),
    [
        ({}, [("form", "required"), ("check_worthiness", "required")]),
        (COMPLETE, [(None, "ATTRIBUTED_TO")]),
        (COMPLETE | {"source_implicit": True}, []),
        (COMPLETE | {"form": "unattributed"}, []),
        (
            {"form": "unattributed", "check_worthiness": "CFS"},
            [("claim_type", "required"), ("normalized_text", "required")],
        ),
        (
            {
                "form": "unattributed",
                "check_worthiness": "UFS",
                "claim_type": ["causal"],
            },
            [],
        ),
        (
            {
                "form": "unattributed",
                "check_worthiness": "NFS",
                "claim_type": ["causal"],
            },
            [("claim_type", "forbidden")],
        ),
    ],
)
def test_what_a_claim_lacks(attributes: dict[str, Any], lacks: list[Any]) -> None:
    assert missing(span(1, "CLAIM", (0, 3), **attributes)) == lacks


def test_a_source_without_a_claim_is_said() -> None:
    assert missing(span(2, "SOURCE", (4, 6), source_type="document")) == [(None, "ATTRIBUTED_TO")]


def test_an_unattributed_claim_may_not_be_linked() -> None:
    claim = span(1, "CLAIM", (0, 3), **COMPLETE | {"form": "unattributed"})
    source = span(2, "SOURCE", (4, 6), source_type="document")
    link = relation(3, "ATTRIBUTED_TO", claim, source, **LINK)
    assert missing(claim, source, link) == [(None, "ATTRIBUTED_TO")]


def test_a_link_lacks_its_attributes() -> None:
    claim, source = (
        span(1, "CLAIM", (0, 3), **COMPLETE),
        span(2, "SOURCE", (4, 6), source_type="document"),
    )
    link = relation(3, "ATTRIBUTED_TO", claim, source)
    assert missing(claim, source, link) == [
        ("attitude", "required"),
        ("stance", "required"),
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("form", "nope"),
        ("form", ["direct"]),
        ("claim_type", "causal"),
        ("claim_type", ["causal", "causal"]),
        ("claim_type", [3]),
        ("source_implicit", 1),
        ("harm", 0),
        ("harm", 6),
        ("harm", True),
        ("harm", 1.5),
        ("normalized_text", 3),
        ("normalized_text", "x" * 10_001),
        ("normalized_text", "a\0b"),
        ("normalized_text", "\ud800"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(name: str, value: Any) -> None:
    with pytest.raises(errors.BadAttribute) as caught:
        annotation.attributes(PARSED.labels["CLAIM"].attributes, {}, {name: value}, {})
    assert caught.value.errors[0]["attribute"] == name


def test_values_merge_and_none_removes() -> None:
    known = PARSED.labels["CLAIM"].attributes
    now = annotation.attributes(known, {"form": "direct"}, {"harm": 3, "form": None}, {})
    assert now == {"harm": 3}


def test_a_span_value_names_a_span_of_the_right_label() -> None:
    known = PARSED.relations["ATTRIBUTED_TO"].attributes
    cue = str(UUID(int=9))
    assert annotation.attributes(known, {}, {"cue": cue}, {cue: "CUE"}) == {"cue": cue}
    for labels in ({}, {cue: "CLAIM"}):
        with pytest.raises(errors.BadAttribute):
            annotation.attributes(known, {}, {"cue": cue}, labels)
    with pytest.raises(errors.BadAttribute):
        annotation.attributes(known, {}, {"cue": "x"}, {})


def with_pattern(pattern: str, value: str) -> dict[str, Any]:
    made = {"name": "code", "type": "text", "pattern": pattern}
    parsed = scheme.parse({"name": "Codes", "labels": [{"name": "C", "attributes": [made]}]})
    return annotation.attributes(parsed.label("C").attributes, {}, {"code": value}, {})


def test_a_value_looks_like_its_pattern() -> None:
    assert with_pattern("Q[1-9][0-9]*", "Q17") == {"code": "Q17"}
    with pytest.raises(errors.BadAttribute, match="must look like"):
        with_pattern("Q[1-9][0-9]*", "Q17 ")


def test_a_pattern_that_never_ends_is_given_up() -> None:
    begun = time.monotonic()
    with pytest.raises(errors.BadAttribute, match="takes too long"):
        with_pattern("(a|aa)+", "a" * 60 + "b")
    assert time.monotonic() - begun < 5
