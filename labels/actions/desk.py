"""The desk: what one batch of operations works on.

It holds the set's text and scheme and the units that the batch names, read in three queries, and looks up
neighbours as they are needed, so that an operation costs the same in a set of ten spans and of ten thousand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, UUIDField

from .. import records
from ..errors import Malformed, UnitDeleted, UnknownUnit
from ..models import AnnotationSet, Fragment, Relation, Revision, Span
from ..queries import annotation
from ..queries.prepared import Place, prepared
from ..rules.scheme import Scheme
from ..words import say
from . import row

NAMING = ("id", "from", "to")
"""Members of an operation that name a unit."""
FEW = 4
"""Up to so many look-ups of one span each take less time than one of all."""


@dataclass(slots=True)
class Desk:
    """The set, its text and scheme, and the rows of the units at hand, by id."""

    row: AnnotationSet
    scheme: Scheme
    text: str
    spans: dict[UUID, Span] = field(default_factory=dict)
    fragments: dict[int, tuple[records.Fragment, ...]] = field(default_factory=dict)
    relations: dict[UUID, Relation] = field(default_factory=dict)
    cleared: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    """References cleared by deletions, by version: of this batch's the log does not know yet."""

    @classmethod
    def laid_out(cls, row: AnnotationSet, scheme: Scheme, operations: Iterable[Any]) -> Desk:
        """Read the units that the operations name."""
        named = set(_named(operations))
        desk = cls(row, scheme, row.article.text)
        if _name_relations(operations):
            relations = Relation.objects.filter(annotation_set=row, uuid__in=named)
            desk.take_relations(relations.select_related("source", "target"))
        desk.take_spans(_spans_named(row, named))
        return desk

    def take_spans(self, spans: Iterable[Span]) -> list[Span]:
        """Put spans on the desk with their fragments; those that lie there already stay as they are."""
        taken = [self.spans.setdefault(each.uuid, each) for each in spans]
        unknown = [each.pk for each in taken if each.pk not in self.fragments]
        if unknown:
            found: dict[int, list[records.Fragment]] = {pk: [] for pk in unknown}
            rows = Fragment.objects.filter(span__in=unknown).order_by("start")
            for pk, start, end in rows.values_list("span_id", "start", "end"):
                found[pk].append(records.Fragment(start, end))
            self.fragments.update({pk: tuple(each) for pk, each in found.items()})
        return taken

    def take_relations(self, relations: Iterable[Relation]) -> list[Relation]:
        """Put relations and their ends on the desk."""
        taken = [self.relations.setdefault(each.uuid, each) for each in relations]
        self.take_spans({each.source for each in taken} | {each.target for each in taken})
        return taken

    def span(self, operation: dict[str, Any], key: str = "id", *, deleted: bool = False) -> Span:
        """Return the span that an operation names. Raises `UnknownUnit` or `UnitDeleted`."""
        uuid = read_uuid(operation, key)
        found = self.spans.get(uuid)
        if found is None:
            raise UnknownUnit(
                say("There is no span {uuid} in this set.", uuid=uuid),
                errors=[{"field": key, "code": "unknown_unit"}],
            )
        _check_state(found.deleted_rev, deleted=deleted)
        return found

    def relation(self, operation: dict[str, Any], *, deleted: bool = False) -> Relation:
        """Return the relation that an operation names. Raises `UnknownUnit` or `UnitDeleted`."""
        uuid = read_uuid(operation, "id")
        found = self.relations.get(uuid)
        if found is None:
            raise UnknownUnit(
                say("There is no link {uuid} in this set.", uuid=uuid),
                errors=[{"field": "id", "code": "unknown_unit"}],
            )
        _check_state(found.deleted_rev, deleted=deleted)
        return found

    def record(self, span: Span) -> records.Span:
        """Return a span as a record."""
        return records.Span(
            id=span.uuid,
            label=span.label,
            fragments=self.fragments[span.pk],
            attributes=span.attributes,
            origin=span.origin,  # type: ignore[arg-type]  # the column holds the enumeration's values
            derived_from=span.derived_from,
            confidence=span.confidence,
            flag=span.flag,
            rev=span.rev,
        )

    def payload(self, unit: Span | Relation) -> dict[str, Any]:
        """Return a unit as the log keeps it."""
        if isinstance(unit, Span):
            return annotation.span_payload(self.record(unit), self.text)
        return annotation.relation_payload(relation_record(unit))

    def neighbours(self, label: str, span: records.Span) -> list[records.Span]:
        """Return the living spans of a label that share code points with a span."""
        near = _near(set=self.row.pk, label=label, start=span.start, end=span.end)
        others = [each for each in near if each.uuid != span.id]
        return [self.record(each) for each in self.take_spans(others)]

    # Writing

    def add(self, made: Span | Relation) -> None:
        """Write a new unit."""
        row.add(made)

    def change(self, unit: Span | Relation, *names: str) -> None:
        """Write some columns of a unit."""
        row.change(unit, *names)

    def place(self, span: Span, fragments: tuple[records.Fragment, ...]) -> None:
        """Write the fragments of a new span."""
        for each in fragments:
            row.put(Fragment(span=span, start=each.start, end=each.end))
        self.fragments[span.pk] = fragments

    def move(self, span: Span, fragments: tuple[records.Fragment, ...]) -> None:
        """Give a span other fragments."""
        Fragment.objects.filter(span=span).delete()
        self.place(span, fragments)

    # Looking up

    def touching(self, span: Span) -> list[Relation]:
        """Return the living relations at a span."""
        ends = Q(source=span) | Q(target=span)
        found = Relation.objects.filter(ends, annotation_set=self.row).live()
        return self.take_relations(found.select_related("source", "target"))

    def gone_with(self, span: Span) -> list[Relation]:
        """Return the relations that a span's deletion took along."""
        found = Relation.objects.filter(annotation_set=self.row, deleted_with=span)
        return self.take_relations(found.select_related("source", "target"))

    def links_of(self, types: Collection[str]) -> list[Relation]:
        """Return the living relations of some types."""
        found = Relation.objects.filter(annotation_set=self.row, type__in=types).live()
        return self.take_relations(found.select_related("source", "target"))

    def spans_of(self, labels: Collection[str]) -> list[Span]:
        """Return the living spans of some labels."""
        return self.take_spans(
            Span.objects.filter(annotation_set=self.row, label__in=labels).live()
        )

    def named(self, reference: dict[str, Any]) -> Sequence[Span | Relation]:
        """Return the unit whose attribute the log says was cleared, if it is there."""
        if "relation" in reference:
            links = Relation.objects.filter(annotation_set=self.row, uuid=reference["relation"])
            return self.take_relations(links.select_related("source", "target"))
        return self.take_spans(Span.objects.filter(annotation_set=self.row, uuid=reference["span"]))

    def cleared_at(self, version: int) -> list[dict[str, Any]]:
        """Return the references that the deletion at a version cleared."""
        if version not in self.cleared:
            self.cleared |= cleared(self.row, [version])
        return self.cleared[version]

    def siblings(self, relation_type: str, span: Span) -> list[records.Relation]:
        """Return the living relations of a type at a span, as records."""
        return [relation_record(each) for each in self.touching(span) if each.type == relation_type]

    def labels(self, uuids: set[UUID]) -> dict[str, str]:
        """Return the labels of living spans by id, for checking what attributes refer to."""
        missing = uuids - set(self.spans)
        if missing:
            self.take_spans(_spans_named(self.row, missing))
        found = (self.spans[each] for each in uuids if each in self.spans)
        return {str(each.uuid): each.label for each in found if each.deleted_rev is None}


def cleared(row: AnnotationSet, versions: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    """Return the references that deletions cleared, by version, as the log has them."""
    lines = Revision.objects.filter(annotation_set=row, version__in=versions)
    said = dict(lines.values_list("version", "payload"))
    return {each: said[each].get("cleared", []) if each in said else [] for each in versions}


def _spans_named(row: AnnotationSet, uuids: set[UUID]) -> Iterable[Span]:
    """Return a set's spans by their ids: one by one where they are few, as in most batches."""
    if len(uuids) > FEW:
        return Span.objects.filter(annotation_set=row, uuid__in=uuids)
    return [each for uuid in uuids for each in _span_named(set=row.pk, uuid=uuid)]


@prepared
def _span_named() -> QuerySet[Span]:
    return Span.objects.filter(annotation_set=Place("set"), uuid=Place("uuid", UUIDField()))


@prepared
def _near() -> QuerySet[Span]:
    return Span.objects.filter(
        annotation_set=Place("set"),
        label=Place("label"),
        deleted_rev=None,
        fragments__start__lt=Place("end"),
        fragments__end__gt=Place("start"),
    ).distinct()


def relation_record(row: Relation) -> records.Relation:
    """Return a relation with its ends as a record."""
    return records.Relation(
        id=row.uuid,
        type=row.type,
        source=row.source.uuid,
        target=row.target.uuid,
        attributes=row.attributes,
        rev=row.rev,
    )


def read_uuid(operation: dict[str, Any], key: str) -> UUID:
    """Read an id. Raises `Malformed`."""
    try:
        return UUID(operation[key])
    except (KeyError, ValueError, TypeError, AttributeError):
        raise Malformed(
            say("“{key}” is missing or no UUID.", key=key),
            errors=[{"field": key, "code": "malformed"}],
        ) from None


def _named(operations: Iterable[Any]) -> Iterator[UUID]:
    for operation in operations:
        for key in NAMING if isinstance(operation, dict) else ():
            try:
                yield UUID(operation.get(key))
            except (ValueError, TypeError, AttributeError):
                continue


def _name_relations(operations: Iterable[Any]) -> bool:
    """Whether a batch names relations: most do not, and are spared the question."""
    names = (str(each.get("op")) for each in operations if isinstance(each, dict))
    return any("relation" in name for name in names)


def _check_state(deleted_rev: int | None, *, deleted: bool) -> None:
    if deleted and deleted_rev is None:
        raise UnitDeleted(say("This is not deleted, so there is nothing to restore."))
    if not deleted and deleted_rev is not None:
        raise UnitDeleted(say("This was deleted. Restore it first."))
