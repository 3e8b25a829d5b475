"""Spans as columns are the spans that went in."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from labels.columnar import Columns, Spans, columns, known, written
from labels.records import NONE, Article, Fragment, Span
from labels.vocabulary import Origin

from .exporters import strategies

FIRST = UUID(int=1)
TWO = (
    Span(FIRST, "CLAIM", (Fragment(0, 5), Fragment(8, 9)), {"form": "direct"}, rev=3),
    Span(UUID(int=2), "CUE", (Fragment(6, 7),), NONE, Origin.IMPORTED, FIRST, 0.5, flag=True),
)


def test_values_stand_in_columns() -> None:
    found = columns(TWO)
    assert found.ids == [f"{1:032x}", f"{2:032x}"]
    assert (found.parts, found.starts, found.ends) == ([2, 1], [0, 8, 6], [5, 9, 7])
    assert found.derived_from == [None, FIRST.hex]
    assert columns(Spans(found)) is found


def test_they_are_a_sequence_of_records() -> None:
    spans = Spans.of(TWO)
    assert (len(spans), spans[1], spans[-1:], spans[0] in spans) == (2, TWO[1], [TWO[1]], True)
    assert spans == list(TWO)
    assert spans != list(TWO[:1])
    assert spans != Spans.of(TWO[1:])
    assert not Spans.of([])


@given(articles=strategies.articles())
def test_they_come_back_as_they_were(articles: list[Article]) -> None:
    given_: list[Sequence[Span]] = [x.spans for each in articles for x in each.annotation_sets]
    for each in given_:
        spans = Spans.of(each)
        sent = pickle.loads(pickle.dumps(spans))  # noqa: S301 - our own
        assert list(sent) == list(each)
        assert sent == spans == list(each)
        assert Spans(Columns._make(map(tuple, spans.columns))) == spans


@given(st.uuids())
def test_an_id_is_made_of_its_digits(uuid: UUID) -> None:
    assert known(uuid.hex) == uuid
    assert (str(known(uuid.hex)), hash(known(uuid.hex))) == (str(uuid), hash(uuid))
    assert written(uuid.hex) == str(uuid)
