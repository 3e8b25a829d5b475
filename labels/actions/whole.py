"""The whole set on the desk: for thousands of operations, which would each ask for a few rows and write a few.

All units are read once, neighbours are found in memory, and what is new or changed is written together at the end
(`put_away`), into the same rows as operation by operation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID

from django.db.models import Model

from .. import records
from ..models import AnnotationSet, Fragment, Relation, Span
from ..rules.scheme import Scheme
from . import bulk
from .desk import Desk, cleared

FROM = 50
"""From so many operations on, reading all of a set takes less time than asking for each."""
STRETCH = 256
"""Code points of text whose spans are looked through together."""
CHANGED: dict[type[Model], tuple[str, ...]] = {
    Span: ("label", "attributes", "confidence", "flag", "rev", "deleted_rev"),
    Relation: ("type", "attributes", "rev", "deleted_rev", "deleted_with"),
}


@dataclass(slots=True)
class WholeDesk(Desk):
    """A desk on which all of a set lies."""

    there: dict[int, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    """Spans by the stretches of text in which they are, or once were."""
    links: dict[UUID, list[Relation]] = field(default_factory=lambda: defaultdict(list))
    """Relations by each of their ends."""
    free: dict[type[Model], Iterator[int]] = field(default_factory=dict)
    new: dict[type[Model], list[Any]] = field(default_factory=lambda: defaultdict(list))
    changed: dict[type[Model], dict[int, Any]] = field(default_factory=lambda: defaultdict(dict))
    moved: set[int] = field(default_factory=set)

    @classmethod
    def spread(cls, row: AnnotationSet, scheme: Scheme, operations: Sequence[Any]) -> Self:
        """Read a set for these operations."""
        desk = cls(row, scheme, row.article.text)
        desk.spans = {each.uuid: each for each in Span.objects.filter(annotation_set=row)}
        parts: dict[int, list[records.Fragment]] = defaultdict(list)
        found = Fragment.objects.filter(span__annotation_set=row).order_by("start")
        for pk, start, end in found.values_list("span_id", "start", "end"):
            parts[pk].append(records.Fragment(start, end))
        for span in desk.spans.values():
            desk._lay(span, tuple(parts[span.pk]))
        own = {each.pk: each for each in desk.spans.values()}
        for link in Relation.objects.filter(annotation_set=row).order_by("pk"):
            link.source, link.target = own[link.source_id], own[link.target_id]
            desk._tie(link)
        for model, name in ((Span, "add_span"), (Relation, "add_relation")):
            count = sum(each["op"] == name for each in operations)
            desk.free[model] = iter(bulk.keys(model, count) if count else ())
        restored = {each["id"] for each in operations if each["op"] == "restore_span"}
        gone = {
            x.deleted_rev for x in desk.spans.values() if x.deleted_rev and str(x.uuid) in restored
        }
        desk.cleared = cleared(row, gone)
        return desk

    def _lay(self, span: Span, fragments: tuple[records.Fragment, ...]) -> None:
        self.fragments[span.pk] = fragments
        for each in fragments:
            for stretch in _stretches(each.start, each.end):
                self.there[stretch].add(span.uuid)

    def _tie(self, link: Relation) -> None:
        self.relations[link.uuid] = link
        for end in (link.source, link.target):
            self.links[end.uuid].append(link)

    # Writing

    def add(self, made: Span | Relation) -> None:
        """Keep a new unit."""
        made.pk = next(self.free[type(made)])
        self.new[type(made)].append(made)
        if isinstance(made, Relation):
            self._tie(made)

    def change(self, unit: Span | Relation, *_names: str) -> None:
        """Keep in mind that a unit has changed; one that is new is written as it is in the end."""
        if not unit._state.adding:  # noqa: SLF001 - as Django documents it
            self.changed[type(unit)][unit.pk] = unit

    def place(self, span: Span, fragments: tuple[records.Fragment, ...]) -> None:
        """Keep the fragments of a span."""
        self.moved.add(span.pk)
        self._lay(span, fragments)

    def move(self, span: Span, fragments: tuple[records.Fragment, ...]) -> None:
        """Keep other fragments of a span."""
        self.place(span, fragments)

    def put_away(self) -> None:
        """Write everything, inside the caller's transaction."""
        known = self.changed[Span].keys() & self.moved
        if known:
            Fragment.objects.filter(span__in=known).delete()
        for model in (Span, Relation):
            names = [each.name for each in model._meta.concrete_fields]  # noqa: SLF001 - as above
            bulk.insert(model, names, bulk.values(names, self.new[model]))
            changed = bulk.values((*CHANGED[model], "id"), self.changed[model].values())
            bulk.change(model, CHANGED[model], changed)
            if model is Span:
                places = [
                    (pk, each.start, each.end)
                    for pk in sorted(self.moved)
                    for each in self.fragments[pk]
                ]
                bulk.insert(Fragment, ("span", "start", "end"), places)

    # Looking up

    def neighbours(self, label: str, span: records.Span) -> list[records.Span]:
        """Return the living spans of a label that share code points with a span."""
        near = {each for at in _stretches(span.start, span.end) for each in self.there.get(at, ())}
        others = [self.spans[each] for each in near if each != span.id]
        return [
            self.record(each)
            for each in sorted(others, key=lambda each: each.pk)
            if each.label == label
            and each.deleted_rev is None
            and any(x.start < span.end and x.end > span.start for x in self.fragments[each.pk])
        ]

    def touching(self, span: Span) -> list[Relation]:
        """Return the living relations at a span."""
        return [each for each in self.links[span.uuid] if each.deleted_rev is None]

    def gone_with(self, span: Span) -> list[Relation]:
        """Return the relations that a span's deletion took along."""
        return [each for each in self.links[span.uuid] if each.deleted_with_id == span.pk]

    def links_of(self, types: Collection[str]) -> list[Relation]:
        """Return the living relations of some types."""
        return [x for x in self.relations.values() if x.type in types and x.deleted_rev is None]

    def spans_of(self, labels: Collection[str]) -> list[Span]:
        """Return the living spans of some labels."""
        return [x for x in self.spans.values() if x.label in labels and x.deleted_rev is None]

    def named(self, reference: dict[str, Any]) -> Sequence[Span | Relation]:
        """Return the unit whose attribute the log says was cleared, if it is there."""
        units: dict[UUID, Any] = self.relations if "relation" in reference else self.spans
        found = units.get(UUID(reference.get("relation") or reference["span"]))
        return [found] if found else []


def _stretches(start: int, end: int) -> range:
    return range(start // STRETCH, (end - 1) // STRETCH + 1)
