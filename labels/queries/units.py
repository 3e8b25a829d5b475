"""The living spans and relations of many annotation sets, as records."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet

from .. import records
from ..models import Relation, Span
from ..models.annotation import UnitQuerySet
from . import annotation
from .among import Among
from .prepared import Place, prepared

SPAN_COLUMNS = (
    "annotation_set_id",
    "fragments__start",
    "fragments__end",
    *annotation.SPAN_COLUMNS,
)


def units_of(
    sets: list[int], label: str = ""
) -> tuple[dict[int, list[records.Span]], dict[int, list[records.Relation]]]:
    """Return spans, of one label or all, and the relations between them, each by the set's key.

    Two queries, and none without sets.
    """
    if not sets:
        return defaultdict(list), defaultdict(list)
    spans, by_key = _spans(sets, label)
    return spans, _relations(sets, by_key)


def _spans(
    sets: list[int], label: str
) -> tuple[dict[int, list[records.Span]], dict[int, records.Span]]:
    """Return spans by set, in order of their place, and by primary key."""
    rows = _labelled(sets=sets, label=label) if label else _living(sets=sets)
    by_set: dict[int, list[records.Span]] = defaultdict(list)
    by_key: dict[int, records.Span] = {}
    for owner, start, end, *row in rows:
        key, fragment = row[0], records.Fragment(start, end)
        span = by_key.get(key)
        if span is None:
            span = annotation.span_of(row, (fragment,))
            by_set[owner].append(span)
        else:
            span = span._replace(fragments=(*span.fragments, fragment))
            by_set[owner][-1] = span
        by_key[key] = span
    for each in by_set.values():
        each.sort(key=annotation.place)
    return by_set, by_key


def _rows(spans: UnitQuerySet[Span]) -> QuerySet[Span, tuple[Any, ...]]:
    """Return a row for each fragment, those of a span together, in the order of the index: nothing is sorted."""
    found = spans.live().filter(Among("annotation_set", "sets"))
    return found.order_by("annotation_set", "uuid", "fragments__start").values_list(*SPAN_COLUMNS)


@prepared
def _living() -> QuerySet[Span, tuple[Any, ...]]:
    return _rows(Span.objects.all())


@prepared
def _labelled() -> QuerySet[Span, tuple[Any, ...]]:
    return _rows(Span.objects.filter(label=Place("label")))


def _relations(
    sets: list[int], spans: dict[int, records.Span]
) -> dict[int, list[records.Relation]]:
    """Return relations by set, in order of creation; those to spans that are not wanted stay out."""
    found: dict[int, list[records.Relation]] = defaultdict(list)
    for owner, uuid, kind, source, target, attributes, rev in _links(sets=sets):
        if source in spans and target in spans:
            found[owner].append(
                records.Relation(uuid, kind, spans[source].id, spans[target].id, attributes, rev)
            )
    return found


@prepared
def _links() -> QuerySet[Relation, tuple[Any, ...]]:
    found = Relation.objects.filter(Among("annotation_set", "sets")).live().order_by("pk")
    return found.values_list(
        "annotation_set_id", "uuid", "type", "source_id", "target_id", "attributes", "rev"
    )
