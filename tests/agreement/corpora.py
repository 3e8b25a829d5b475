"""Corpora for the tests of measures, from spans as short as can be written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from labels.agreement import results
from labels.agreement._corpus import Corpus, gathered
from labels.records import Agreement, AnnotationSet, Article, Fragment, Relation, Scale, Span
from labels.vocabulary import Kind, State

Mark = tuple[Any, ...]
"""A label, a list of places (or a begin and an end), and attributes if there are any."""
Sets = Mapping[str, Sequence[Mark]]
Link = tuple[str, int, int]


def span(number: int, mark: Mark) -> Span:
    label, places, *rest = mark
    pairs = places if isinstance(places, list) else [places]
    fragments = tuple(Fragment(*each) for each in pairs)
    return Span(UUID(int=number), label, fragments, rest[0] if rest else {})


def article(text: str, sets: Sets, links: Mapping[str, Sequence[Link]] | None = None) -> Article:
    made = []
    for annotator, marks in sets.items():
        spans = [span(number, mark) for number, mark in enumerate(marks)]
        relations = [
            Relation(UUID(int=number), kind, UUID(int=source), UUID(int=target))
            for number, (kind, source, target) in enumerate((links or {}).get(annotator, ()))
        ]
        made.append(
            AnnotationSet(
                UUID(int=0), annotator, Kind.OWN, 1, State.SUBMITTED, 1, 1, spans, relations
            )
        )
    return Article(text=text, text_sha256="", original_sha256="", annotation_sets=made)


def corpus(
    *articles: Article | Sets,
    text: str = "word " * 60,
    scales: Sequence[Scale] = (),
    symmetric: Sequence[str] = (),
) -> Corpus:
    """Make a corpus of articles, or of sets on one text."""
    made = [each if isinstance(each, Article) else article(text, each) for each in articles]
    return gathered(made, scales, symmetric)


def words(*rows: str) -> Corpus:
    """Make a corpus of one text in which each person gave each word one label; `.` is none."""
    columns = [row.split() for row in rows]
    text = "a " * len(columns[0])
    return corpus(
        {
            f"p{person}": [
                (label, (2 * at, 2 * at + 1)) for at, label in enumerate(row) if label != "."
            ]
            for person, row in enumerate(columns)
        },
        text=text,
    )


def crossed(table: Sequence[Sequence[int]], names: Sequence[str]) -> Corpus:
    """Make a corpus of two people's words from their table: the first in columns, the second in rows."""
    first, second = [], []
    for row, other in zip(table, names, strict=True):
        for count, one in zip(row, names, strict=True):
            first += [one] * count
            second += [other] * count
    return words(" ".join(first), " ".join(second))


def values(*rows: str, type_: str, order: Sequence[str] = ()) -> Corpus:
    """Make a corpus in which each person gave each unit a value; `.` is none."""
    columns = [row.split() for row in rows]

    def given(value: str) -> Any:
        if type_ == "choices":
            return value.split("+")
        return int(value) if type_ == "integer" else value

    return corpus(
        {
            f"p{person}": [
                ("UNIT", (2 * at, 2 * at + 1), {} if value == "." else {"v": given(value)})
                for at, value in enumerate(row)
            ]
            for person, row in enumerate(columns)
        },
        text="a " * len(columns[0]),
        scales=[Scale("UNIT", "v", type_, tuple(order))],
    )


def taken(of: Corpus, measure: str, label: str | None = None, **wanted: Any) -> Agreement:
    """Return one figure: of all annotators together, or as asked."""
    group = wanted.pop("annotators", of.annotators)
    (found,) = [
        each
        for each in results(of, [measure], [[of.annotators.index(name) for name in group]])
        if each.label == label
        and all(getattr(each, name) == value for name, value in wanted.items())
    ]
    return found
