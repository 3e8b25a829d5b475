"""The gold set that follows from the decisions, and the operations that lead to it.

Each gold span belongs to one decision. Relations, and attributes that refer to a span, are kept as the set from
which a unit was taken has them; here they are led on to the gold spans. A relation comes when both its ends are
in gold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from ..records import Decision, Relation, Span
from .alignment import shared
from .scheme import Attribute, RelationType, Scheme

Unit = tuple[UUID, UUID]
Operation = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a gold unit comes from: the decision, and the unit of the set that was taken."""

    decision: Decision
    derived_from: UUID | None


@dataclass(slots=True)
class Gold:
    """The spans and relations that the decisions come to, and where each comes from."""

    spans: list[Span] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    origins: dict[UUID, Origin] = field(default_factory=dict)


def gold(held: Sequence[Decision], scheme: Scheme) -> Gold:
    """Return what the decisions that stand come to."""
    ways = _Ways(held)
    found = Gold()
    for decision in held:
        for span in decision.spans:
            values = ways.attributes(decision, _known(scheme, span.label), span.attributes)
            found.spans.append(span._replace(attributes=values))
            found.origins[span.id] = Origin(decision, span.derived_from)
    labels = {each.id: each.label for each in found.spans}
    drawn: dict[object, Relation] = {}
    for decision, link in ((each, link) for each in held for link in each.links):
        kind = scheme.relations.get(link.type)
        made = ways.relation(decision, link, kind) if kind else None
        if made and kind and _fits(kind, made, labels, drawn.values()):
            ends = (made.source, made.target)
            same = (made.type, frozenset(ends) if kind.symmetric else ends)
            if same not in drawn:
                drawn[same] = made
                found.origins[made.id] = Origin(decision, link.id)
    found.relations = list(drawn.values())
    return found


def _known(scheme: Scheme, label: str) -> Mapping[str, Attribute]:
    return scheme.labels[label].attributes if label in scheme.labels else {}


def _fits(
    kind: RelationType, made: Relation, labels: Mapping[UUID, str], drawn: Iterable[Relation]
) -> bool:
    """Whether the scheme joins the two in gold, where one may have got another label, and allows one more."""
    if made.source == made.target or not kind.joins(labels[made.source], labels[made.target]):
        return False
    outgoing = [each for each in drawn if (each.type, each.source) == (made.type, made.source)]
    others = [each for each in outgoing if each.target != made.target]
    return kind.max is None or len(others) < kind.max


class _Ways:
    """Leads from a unit of a set to the gold span that was decided on in its place."""

    def __init__(self, held: Sequence[Decision]) -> None:
        self._by_unit: dict[Unit, tuple[Decision, Span]] = {}
        for decision in held:
            for each in decision.about:
                for span in each.spans:
                    self._by_unit[each.set, span.id] = decision, span

    def to(self, taken: UUID | None, unit: UUID) -> Span | None:
        """Return the gold span: the one made of this unit, else the one that shares most words with it."""
        decision, there = self._by_unit.get((taken, unit), (None, None)) if taken else (None, None)
        if decision is None or there is None or not decision.spans:
            return None
        own = [
            each for each in decision.spans if (decision.taken, each.derived_from) == (taken, unit)
        ]
        return own[0] if own else max(decision.spans, key=lambda each: shared(each, there))

    def relation(self, decision: Decision, link: Relation, kind: RelationType) -> Relation | None:
        """Return a relation between gold spans; None where one of its ends is not in gold."""
        source, target = (self.to(decision.taken, each) for each in (link.source, link.target))
        if source is None or target is None:
            return None
        values = self.attributes(decision, kind.attributes, link.attributes)
        return Relation(link.led(source.id, target.id), link.type, source.id, target.id, values)

    def attributes(
        self, decision: Decision, known: Mapping[str, Attribute], values: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return values with references led on to gold; one that leads nowhere is dropped."""
        found = {}
        for name, value in values.items():
            attribute = known.get(name)
            if attribute is None or attribute.type != "span":
                found[name] = value
                continue
            span = self.to(decision.taken, UUID(value))
            if span and (not attribute.labels or span.label in attribute.labels):
                found[name] = str(span.id)
        return found


# The operations that lead to it


def span_operations(
    text: str,
    now: Iterable[Span],
    deleted: set[UUID],
    wanted: Sequence[Span],
    ours: set[UUID],
    scheme: Scheme,
) -> list[Operation]:
    """Return what makes the wanted spans stand, without their references: those come once all are there.

    Spans that are not `ours`, as of a gold set that was imported, stay as they are.
    """
    living, kept = {each.id for each in now}, {each.id for each in wanted}
    made: list[Operation] = [
        {"op": "delete_span", "id": str(each)} for each in sorted((living & ours) - kept)
    ]
    for span in wanted:
        if span.id in deleted:
            made.append({"op": "restore_span", "id": str(span.id)})
        elif span.id not in living:
            made.append(_add_span(text, span, scheme))
    return made


def _add_span(text: str, span: Span, scheme: Scheme) -> Operation:
    known = _known(scheme, span.label)
    plain = {
        name: value
        for name, value in span.attributes.items()
        if name not in known or known[name].type != "span"
    }
    return {
        "op": "add_span",
        "id": str(span.id),
        "label": span.label,
        "fragments": [
            {"start": each.start, "end": each.end, "quote": text[each.start : each.end]}
            for each in span.fragments
        ],
        "attributes": plain,
        "derived_from": str(span.derived_from) if span.derived_from else None,
    }


def link_operations(
    now: tuple[Sequence[Span], Sequence[Relation]],
    deleted: Mapping[UUID, Mapping[str, Any]],
    wanted: Gold,
    ours: set[UUID],
) -> list[Operation]:
    """Return what leads references to where they belong and makes the wanted relations stand.

    `deleted` are the attributes of deleted relations by id.
    """
    spans, relations = now
    there = {each.id: each.attributes for each in spans}
    kept = {each.id for each in wanted.relations}
    made: list[Operation] = [
        {"op": "delete_relation", "id": str(each.id)}
        for each in relations
        if each.id not in kept and {each.source, each.target} <= ours
    ]
    for span in wanted.spans:
        made += _values("set_attributes", span, there[span.id])
    living = {each.id: each.attributes for each in relations}
    for relation in wanted.relations:
        made += _relation(relation, living, deleted)
    return made


def _relation(
    wanted: Relation,
    living: Mapping[UUID, Mapping[str, Any]],
    deleted: Mapping[UUID, Mapping[str, Any]],
) -> list[Operation]:
    named = {"id": str(wanted.id)}
    if wanted.id in living:
        return _values("set_relation_attributes", wanted, living[wanted.id])
    if wanted.id in deleted:
        change = _values("set_relation_attributes", wanted, deleted[wanted.id])
        return [{"op": "restore_relation", **named}, *change]
    ends = {"type": wanted.type, "from": str(wanted.source), "to": str(wanted.target)}
    return [{"op": "add_relation", **named, **ends, "attributes": dict(wanted.attributes)}]


def _values(op: str, unit: Span | Relation, now: Mapping[str, Any]) -> list[Operation]:
    """Return the operation that gives a unit its values, none where it has them."""
    change = {name: None for name in now if name not in unit.attributes}
    change |= {name: value for name, value in unit.attributes.items() if now.get(name) != value}
    return [{"op": op, "id": str(unit.id), "attributes": change}] if change else []
