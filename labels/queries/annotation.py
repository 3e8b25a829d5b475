"""Annotation sets as records and as the payload that API, pages and exports share.

Queries and the index behind each are listed in docs/decisions/0001-span-storage.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .. import records
from ..columnar import shown
from ..models import AnnotationSet
from ..text.offsets import OffsetMap
from ..vocabulary import OffsetUnit
from .units import units_of


def units(row: AnnotationSet) -> tuple[Sequence[records.Span], list[records.Relation]]:
    """Return a set's living spans, by first start then longest first, and its relations in order of creation."""
    spans, relations = units_of([row.pk])
    return spans[row.pk], relations[row.pk]


def span_payload(span: records.Span, text: str, offsets: OffsetMap | None = None) -> dict[str, Any]:
    """Return a span as clients see it; `offsets` converts from code points to another unit."""
    return _span_payloads([span], text, offsets)[0]


def _span_payloads(
    spans: Sequence[records.Span], text: str, offsets: OffsetMap | None
) -> list[dict[str, Any]]:
    convert = offsets.from_codepoint if offsets else int

    def place(start: int, end: int) -> dict[str, Any]:
        return {"start": convert(start), "end": convert(end), "quote": text[start:end]}

    return shown(spans, place)


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
    """Return a whole set as clients see it, in three queries whatever its size."""
    spans, relations = units(row)
    text = row.article.text
    offsets = None if unit == OffsetUnit.CODEPOINT else OffsetMap(text, unit)
    return head(row) | {
        "offset_unit": unit,
        "spans": _span_payloads(spans, text, offsets),
        "relations": [relation_payload(each) for each in relations],
    }


def annotator_name(row: AnnotationSet) -> str:
    """Return whose set it is, by account name or by the name an import brought."""
    return row.annotator.username if row.annotator else row.annotator_name
