"""Spans and relations as records: the living ones of annotation sets, or one span."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Field, Func, QuerySet, TextField
from django.db.models.functions import Cast

from .. import records
from ..columnar import Columns, Spans
from ..models import Relation, Span
from ..models.annotation import UnitQuerySet
from ..vocabulary import Origin
from .among import Among
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


OWNER, START, UP_TO, LABEL, ID, KEY = range(6)
SPAN_COLUMNS = (
    "annotation_set_id",
    # Rows of a set, compared value by value, come in the order of spans: the first start, then the longest first.
    "fragments__start",
    # Of no type: an integer's is looked at value by value.
    Func("fragments__end", template="-%(expressions)s", output_field=Field()),
    "label",
    Digits("uuid"),
    "pk",
    # As text: what Django makes of these values takes longer than all the rest of a span.
    Cast("attributes", TextField()),
    "origin",
    Digits("derived_from"),
    "confidence",
    Cast("flag", TextField()),
    "rev",
)
ORIGINS = {each.value: each for each in Origin}
TRUE = {"1", "true"}
"""How SQLite and PostgreSQL write it."""
Row = tuple[Any, ...]
Units = tuple[dict[int, Sequence[records.Span]], dict[int, list[records.Relation]]]


def units_of(sets: list[int], label: str = "") -> Units:
    """Return spans, of one label or all, and the relations between them, each by the set's key.

    Spans come in the order of their place. Two queries, and none without sets.
    """
    spans: dict[int, Sequence[records.Span]] = defaultdict(list)
    if not sets:
        return spans, defaultdict(list)
    rows = _labelled(sets=sets, label=label) if label else _living(sets=sets)
    for owner, group in groupby(rows, itemgetter(OWNER)):
        spans[owner] = _spans(list(group))
    return spans, _relations(sets, spans)


def span_of(row: Span) -> records.Span:
    """Return one span, living or deleted."""
    (found,) = _spans(_one(span=row.pk))
    return found


def _spans(rows: list[Row]) -> Spans:
    """Return the spans of one set, of a row for each fragment."""
    if len({row[KEY] for row in rows}) == len(rows):  # As nearly always.
        rows.sort()
        return Spans(_columns(rows, rows, [1] * len(rows)))
    fragments: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        fragments[row[KEY]].append(row)
    ordered = sorted(fragments.values(), key=_place)
    firsts = [each[0] for each in ordered]
    return Spans(_columns(firsts, list(chain.from_iterable(ordered)), list(map(len, ordered))))


def _place(fragments: list[Row]) -> Row:
    first, last = fragments[0], fragments[-1]
    return first[START], last[UP_TO], first[LABEL], first[ID]


def _columns(firsts: list[Row], fragments: list[Row], parts: list[int]) -> Columns:
    _owners, _starts, _ends, labels, ids, _keys, *values = zip(*firsts, strict=True)
    attributes, origins, derived_from, confidences, flags, revs = values
    return Columns(
        ids,
        labels,
        parts,
        [row[START] for row in fragments],
        [-row[UP_TO] for row in fragments],
        [records.NONE if each == "{}" else orjson.loads(each) for each in attributes],
        [ORIGINS[each] for each in origins],
        derived_from,
        confidences,
        [each in TRUE for each in flags],
        revs,
    )


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


@prepared
def _one() -> QuerySet[Span, tuple[Any, ...]]:
    found = Span.objects.filter(pk=Place("span"))
    return found.order_by("fragments__start").values_list(*SPAN_COLUMNS)


def _relations(
    sets: list[int], spans: dict[int, Sequence[records.Span]]
) -> dict[int, list[records.Relation]]:
    """Return relations by set, in order of creation; those to spans that are not wanted stay out."""
    found: dict[int, list[records.Relation]] = defaultdict(list)
    wanted: dict[int, set[UUID]] = {}
    for owner, uuid, kind, source, target, attributes, rev in _links(sets=sets):
        there = wanted.get(owner)
        if there is None:
            there = wanted[owner] = {each.id for each in spans[owner]}
        if source in there and target in there:
            found[owner].append(records.Relation(uuid, kind, source, target, attributes, rev))
    return found


@prepared
def _links() -> QuerySet[Relation, tuple[Any, ...]]:
    found = Relation.objects.filter(Among("annotation_set", "sets")).live().order_by("pk")
    return found.values_list(
        "annotation_set_id", "uuid", "type", "source__uuid", "target__uuid", "attributes", "rev"
    )
