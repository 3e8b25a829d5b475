"""What of a set would clash or has no place in another version of its scheme."""

from __future__ import annotations

import copy
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labels.records import Fragment, Span
from labels.rules import carrying
from labels.rules import scheme as schemes

from ..factories import SCHEME


def at(label: str, start: int, end: int) -> Span:
    return Span(UUID(int=start * 100 + end), label, (Fragment(start, end),))


@pytest.mark.parametrize(
    ("overlap", "count"),
    [("free", 0), ("nest", 1), ("none", 2)],
)
def test_spans_that_may_not_lie_so_are_found(overlap: Any, count: int) -> None:
    label = schemes.Label("A", "A", overlap, {})
    spans = [at("A", 0, 10), at("B", 2, 5), at("B", 8, 14), at("A", 20, 30), at("B", 30, 31)]
    found = carrying.clashes(label, [(each, each.label) for each in spans])
    assert len(found) == count
    assert all({one.label, two.label} == {"A", "B"} for one, two in found)


def test_what_clashed_before_is_not_told() -> None:
    label = schemes.Label("A", "A", "none", {})
    spans = [at("A", 0, 10), at("A", 5, 12)]
    assert carrying.clashes(label, [(each, "A") for each in spans]) == []


@given(
    st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 30), st.integers(1, 9)), max_size=9)
)
def test_clashes_are_those_of_every_pair(given_spans: list[tuple[str, int, int]]) -> None:
    label = schemes.Label("A", "A", "none", {})
    spans = [
        Span(UUID(int=number), name, (Fragment(start, start + length),))
        for number, (name, start, length) in enumerate(given_spans)
    ]
    found = {
        frozenset((one.id, two.id))
        for one, two in carrying.clashes(label, [(each, each.label) for each in spans])
    }
    expected = {
        frozenset((one.id, two.id))
        for one in spans
        for two in spans
        if one.label != two.label and one.start < two.end and two.start < one.end
    }
    assert found == expected


def test_what_has_no_place_does_not_fit() -> None:
    scheme = schemes.parse(SCHEME)
    claim: carrying.Said = ("CLAIM", {"form": "direct"})
    source: carrying.Said = ("SOURCE", {})
    said: Any = ("ATTRIBUTED_TO", {"stance": "deny"})
    assert carrying.fits(scheme, [claim, source], [(said, "CLAIM", "SOURCE")])
    assert not carrying.fits(scheme, [("THING", {})], [])
    assert not carrying.fits(scheme, [("CLAIM", {"colour": "red"})], [])
    assert not carrying.fits(scheme, [("CLAIM", {"form": "loud"})], [])
    assert not carrying.fits(scheme, [], [(said, "SOURCE", "CLAIM")])
    assert not carrying.fits(scheme, [], [(("LIKES", {}), "CLAIM", "SOURCE")])


def test_a_scheme_extends_another_that_says_less() -> None:
    full = schemes.parse(SCHEME)
    less = copy.deepcopy(SCHEME)
    less["relations"] = less["relations"][:2]
    less["labels"][0]["attributes"][0]["values"].pop()
    assert carrying.extends(full, schemes.parse(less))
    assert not carrying.extends(schemes.parse(less), full)
