"""Annotation sets as records and as the payload that API, pages and exports share.

Queries and the index behind each are listed in docs/decisions/0001-span-storage.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from .. import records
from ..models import AnnotationSet, Fragment, Relation, Span
from ..text.offsets import OffsetMap
from ..vocabulary import OffsetUnit, Origin

SPAN_COLUMNS = (
    "pk",
    "uuid",
    "label",
    "attributes",
    "origin",
    "derived_from",
    "confidence",
    "flag",
    "rev",
)


def span_records(spans: QuerySet[Span]) -> dict[int, records.Span]:
    """Return spans with their fragments by primary key, in two queries, by first start then longest first."""
    rows = list(spans.values_list(*SPAN_COLUMNS))
    fragments: dict[int, list[records.Fragment]] = defaultdict(list)
    found = Fragment.objects.filter(span__in=spans.order_by()).order_by("start")
    for span_id, start, end in found.values_list("span_id", "start", "end"):
        fragments[span_id].append(records.Fragment(start, end))
    made = {row[0]: _span(row, fragments[row[0]]) for row in rows}
    return dict(sorted(made.items(), key=lambda item: _place(item[1])))


def _span(row: tuple[Any, ...], fragments: Iterable[records.Fragment]) -> records.Span:
    _pk, uuid, label, attributes, origin, derived_from, confidence, flag, rev = row
    return records.Span(
        id=uuid,
        label=label,
        fragments=tuple(fragments),
        attributes=attributes,
        origin=Origin(origin),
        derived_from=derived_from,
        confidence=confidence,
        flag=flag,
        rev=rev,
    )


def _place(span: records.Span) -> tuple[int, int, str, UUID]:
    return span.start, -span.end, span.label, span.id


def relation_records(relations: QuerySet[Relation]) -> list[records.Relation]:
    """Return relations in order of creation."""
    rows = relations.order_by("pk").values_list(
        "uuid", "type", "source__uuid", "target__uuid", "attributes", "rev"
    )
    return [records.Relation(*row) for row in rows]


def units(row: AnnotationSet) -> tuple[list[records.Span], list[records.Relation]]:
    """Return the living spans and relations of a set."""
    spans = Span.objects.filter(annotation_set=row).live()
    relations = Relation.objects.filter(annotation_set=row).live()
    return list(span_records(spans).values()), relation_records(relations)


def span_payload(span: records.Span, text: str, offsets: OffsetMap | None = None) -> dict[str, Any]:
    """Return a span as clients see it; `offsets` converts from code points to another unit."""
    convert = offsets.from_codepoint if offsets else int
    return {
        "id": str(span.id),
        "label": span.label,
        "fragments": [
            {
                "start": convert(each.start),
                "end": convert(each.end),
                "quote": text[each.start : each.end],
            }
            for each in span.fragments
        ],
        "attributes": span.attributes,
        "rev": span.rev,
        "origin": span.origin,
        "derived_from": str(span.derived_from) if span.derived_from else None,
        "confidence": span.confidence,
        "flag": span.flag,
    }


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
    spans, relations = units(row)
    text = row.article.text
    offsets = None if unit == OffsetUnit.CODEPOINT else OffsetMap(text, unit)
    return head(row) | {
        "offset_unit": unit,
        "spans": [span_payload(each, text, offsets) for each in spans],
        "relations": [relation_payload(each) for each in relations],
    }


def annotator_name(row: AnnotationSet) -> str:
    """Return whose set it is, by account name or by the name an import brought."""
    return row.annotator.username if row.annotator else row.annotator_name


def labels_by_id(spans: Iterable[records.Span]) -> Mapping[str, str]:
    """Return the label of each span by its id."""
    return {str(each.id): each.label for each in spans}
