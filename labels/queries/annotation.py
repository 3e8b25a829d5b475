"""Annotation sets as records and as the payload that API, pages and exports share.

Queries and the index behind each are listed in docs/decisions/0001-span-storage.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from .. import records
from ..columnar import known, written
from ..models import AnnotationSet, Fragment, Relation, Span
from ..text.offsets import OffsetMap
from ..vocabulary import OffsetUnit, Origin
from .prepared import Place, prepared


class Digits(Cast):
    """A UUID as its 32 hexadecimal digits."""

    def __init__(self, column: str) -> None:
        super().__init__(column, TextField())

    def as_postgresql(self, compiler: Any, connection: Any, **_more: Any) -> Any:
        """Write them from the sixteen bytes: cast to text there are dashes between them."""
        return self.as_sql(
            compiler, connection, template="encode(uuid_send(%(expressions)s), 'hex')"
        )


VALUES = (
    # As text: what Django makes of these values takes longer than all the rest of a span.
    Cast("attributes", TextField()),
    "origin",
    Digits("derived_from"),
    "confidence",
    Cast("flag", TextField()),
    "rev",
)
"""What a span has beside its name and its place."""
SPAN_COLUMNS = ("pk", Digits("uuid"), "label", *VALUES)
ORIGINS = {each.value: each for each in Origin}
TRUE = {"1", "true"}
"""How SQLite and PostgreSQL write it."""


def _spans(spans: QuerySet[Span]) -> QuerySet[Span, tuple[Any, ...]]:
    return spans.values_list(*SPAN_COLUMNS)


def _fragments(fragments: QuerySet[Fragment]) -> QuerySet[Fragment, tuple[int, int, int]]:
    return fragments.order_by("start").values_list("span_id", "start", "end")


@prepared
def _spans_of_set() -> QuerySet[Span, tuple[Any, ...]]:
    return _spans(Span.objects.filter(annotation_set=Place("set"), deleted_rev=None))


@prepared
def _fragments_of_set() -> QuerySet[Fragment, tuple[int, int, int]]:
    living = Fragment.objects.filter(span__annotation_set=Place("set"), span__deleted_rev=None)
    return _fragments(living)


@prepared
def _relations_of_set() -> QuerySet[Relation, tuple[Any, ...]]:
    living = Relation.objects.filter(annotation_set=Place("set"), deleted_rev=None)
    return living.order_by("pk").values_list(
        "uuid", "type", "source__uuid", "target__uuid", "attributes", "rev"
    )


def span_record(span: Span) -> records.Span:
    """Return one span, living or deleted, as a record."""
    (row,) = _spans(Span.objects.filter(pk=span.pk))
    return next(_made([row], _fragments(Fragment.objects.filter(span=span))))


def _made(
    spans: Iterable[tuple[Any, ...]], fragments: Iterable[tuple[int, int, int]]
) -> Iterator[records.Span]:
    by_span: dict[int, list[records.Fragment]] = defaultdict(list)
    for span, start, end in fragments:
        by_span[span].append(records.Fragment(start, end))
    return (span_of(row, tuple(by_span[row[0]])) for row in spans)


def span_of(row: Sequence[Any], fragments: tuple[records.Fragment, ...]) -> records.Span:
    """Make a span of its `SPAN_COLUMNS` and its fragments."""
    _pk, uuid, label, attributes, origin, derived_from, confidence, flag, rev = row
    return records.Span(
        known(uuid),
        label,
        fragments,
        orjson.loads(attributes),
        ORIGINS[origin],
        known(derived_from) if derived_from else None,
        confidence,
        flag in TRUE,
        rev,
    )


def values_of(
    attributes: Iterable[str],
    origins: Iterable[str],
    derived_from: Sequence[str | None],
    confidences: Sequence[float | None],
    flags: Iterable[str],
    revs: Sequence[int],
) -> tuple[Any, ...]:
    """Make of the `VALUES` of many spans what `Columns` end with."""
    return (
        [records.NONE if each == "{}" else orjson.loads(each) for each in attributes],
        [ORIGINS[each] for each in origins],
        derived_from,
        confidences,
        [each in TRUE for each in flags],
        revs,
    )


def place(span: records.Span) -> tuple[int, int, str, UUID]:
    """Return what spans are sorted by: the first start, then the longest first."""
    fragments = span.fragments
    return fragments[0].start, -fragments[-1].end, span.label, span.id


def units(row: AnnotationSet) -> tuple[list[records.Span], list[records.Relation]]:
    """Return a set's living spans, by first start then longest first, and its relations in order of creation."""
    spans = _made(_spans_of_set(set=row.pk), _fragments_of_set(set=row.pk))
    return sorted(spans, key=place), _relations(row)


def _relations(row: AnnotationSet) -> list[records.Relation]:
    return [records.Relation(*each) for each in _relations_of_set(set=row.pk)]


def span_payload(span: records.Span, text: str, offsets: OffsetMap | None = None) -> dict[str, Any]:
    """Return a span as clients see it; `offsets` converts from code points to another unit."""
    return _span_payload(
        str(span.id),
        span.label,
        _shown(span.fragments, text, offsets),
        span.attributes,
        span.origin,
        str(span.derived_from) if span.derived_from else None,
        span.confidence,
        span.flag,
        span.rev,
    )


def _span_payload(
    uuid: str,
    label: str,
    places: list[dict[str, Any]],
    attributes: Any,
    origin: Origin,
    derived_from: str | None,
    confidence: float | None,
    flag: bool,  # noqa: FBT001 - in the order of a record
    rev: int,
) -> dict[str, Any]:
    return {
        "id": uuid,
        "label": label,
        "fragments": places,
        "attributes": attributes,
        "rev": rev,
        "origin": origin,
        "derived_from": derived_from,
        "confidence": confidence,
        "flag": flag,
    }


def _shown(
    places: Iterable[tuple[int, int]], text: str, offsets: OffsetMap | None
) -> list[dict[str, Any]]:
    if offsets is None:
        return [{"start": start, "end": end, "quote": text[start:end]} for start, end in places]
    convert = offsets.from_codepoint
    return [
        {"start": convert(start), "end": convert(end), "quote": text[start:end]}
        for start, end in places
    ]


def _span_payloads(row: AnnotationSet, offsets: OffsetMap | None) -> list[dict[str, Any]]:
    """Return a set's living spans as clients see them, sorted as `units` are.

    Straight from the rows: to make records of them first takes three times as long.
    """
    text = row.article.text
    places: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for span, start, end in _fragments_of_set(set=row.pk):
        places[span].append((start, end))

    def place_of(row: tuple[Any, ...]) -> tuple[int, int, str, str]:
        own = places[row[0]]
        return own[0][0], -own[-1][1], row[2], row[1]

    return [
        _span_payload(
            written(uuid),
            label,
            _shown(places[pk], text, offsets),
            orjson.loads(attributes),
            ORIGINS[origin],
            written(derived_from) if derived_from else None,
            confidence,
            flag in TRUE,
            rev,
        )
        for pk, uuid, label, attributes, origin, derived_from, confidence, flag, rev in sorted(
            _spans_of_set(set=row.pk), key=place_of
        )
    ]


def relation_payload(relation: records.Relation) -> dict[str, Any]:
    """Return a relation as clients see it."""
    return {
        "id": str(relation.id),
        "type": relation.type,
        "from": str(relation.source),
        "to": str(relation.target),
        "attributes": relation.attributes,
        "rev": relation.rev,
    }


def head(row: AnnotationSet) -> dict[str, Any]:
    """Return what a list shows of a set: all but its units."""
    return {
        "id": str(row.uuid),
        "article": str(row.article.uuid),
        "annotator": annotator_name(row),
        "kind": row.kind,
        "round": row.round,
        "state": row.state,
        "version": row.version,
        "scheme_version": row.scheme.version,
    }


def payload(row: AnnotationSet, unit: OffsetUnit = OffsetUnit.CODEPOINT) -> dict[str, Any]:
    """Return a whole set as clients see it, in four queries whatever its size."""
    offsets = None if unit == OffsetUnit.CODEPOINT else OffsetMap(row.article.text, unit)
    return head(row) | {
        "offset_unit": unit,
        "spans": _span_payloads(row, offsets),
        "relations": [relation_payload(each) for each in _relations(row)],
    }


def annotator_name(row: AnnotationSet) -> str:
    """Return whose set it is, by account name or by the name an import brought."""
    return row.annotator.username if row.annotator else row.annotator_name


def labels_by_id(spans: Iterable[records.Span]) -> Mapping[str, str]:
    """Return the label of each span by its id."""
    return {str(each.id): each.label for each in spans}
