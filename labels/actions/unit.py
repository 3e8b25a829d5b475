"""What each operation does to spans and relations.

One function per operation: check by the rules, write the rows, and say what changed. Nothing is lost: a
deleted unit keeps its row, and the log holds it before and after.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from .. import records
from ..errors import BadAttribute, Malformed, NotJoined, TooManyRelations, UnitExists
from ..models import Relation, Span
from ..rules import annotation as rules
from ..rules.scheme import Label
from ..vocabulary import Kind, Origin
from ..words import say
from . import references
from .desk import Desk, read_uuid

Operation = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """What one operation did: the unit before and after, and the ids it touched along."""

    id: UUID
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    also: list[str] = field(default_factory=list)
    cleared: list[dict[str, Any]] = field(default_factory=list)
    """Attribute values that referred to a deleted span: `{span|relation, attribute, value}`."""

    def payload(self) -> dict[str, Any]:
        """Return what the log keeps."""
        kept = {"before": self.before, "after": self.after, "also": self.also}
        return kept | ({"cleared": self.cleared} if self.cleared else {})


# Spans


def add_span(desk: Desk, operation: Operation, rev: int) -> Change:
    """Make a span with an id of the client's choice."""
    uuid = read_uuid(operation, "id")
    if uuid in desk.spans:
        raise UnitExists(say("There is a span {uuid} in this set already.", uuid=uuid))
    label = _offered(desk, operation)
    fragments = rules.fragments(desk.text, operation.get("fragments"))
    given = operation.get("attributes", {})
    values = rules.attributes(label.attributes, {}, given, _labels(desk, label.attributes, given))
    rules.check_overlap(
        label,
        new := records.Span(uuid, label.name, fragments),
        desk.neighbours(label.name, new),
    )
    span = Span(
        annotation_set=desk.row,
        uuid=uuid,
        label=label.name,
        attributes=values,
        rev=rev,
        **_provenance(operation),
        **_marks(operation),
    )
    desk.add(span)
    desk.place(span, fragments)
    desk.spans[uuid] = span
    return Change(uuid, None, desk.payload(span))


def move_span(desk: Desk, operation: Operation, rev: int) -> Change:
    """Give a span other fragments."""
    span = desk.span(operation)
    before = desk.payload(span)
    fragments = rules.fragments(desk.text, operation.get("fragments"))
    moved = records.Span(span.uuid, span.label, fragments)
    label = desk.scheme.label(span.label)
    rules.check_overlap(label, moved, desk.neighbours(span.label, moved))
    desk.move(span, fragments)
    _save(desk, span, rev)
    return Change(span.uuid, before, desk.payload(span))


def relabel_span(desk: Desk, operation: Operation, rev: int) -> Change:
    """Give a span another label. It keeps the attributes that the new label has, too.

    Raises `NotJoined` when one of its relations would no longer fit: nothing is dropped silently.
    """
    span = desk.span(operation)
    before = desk.payload(span)
    label = _offered(desk, operation)
    misfits = [each for each in desk.touching(span) if not _fits(desk, each, span.uuid, label.name)]
    if misfits:
        raise NotJoined(
            say(
                "{count} of its links do not fit the label {name}. Delete them first.",
                count=len(misfits),
                name=label.name,
            ),
            errors=[
                {"relation": str(each.uuid), "code": "relation_not_joined"} for each in misfits
            ],
        )
    now = desk.record(span)
    rules.check_overlap(
        label,
        records.Span(span.uuid, label.name, now.fragments),
        desk.neighbours(label.name, now),
    )
    span.attributes = _kept(desk, label.attributes, span.attributes)
    span.label = label.name
    _save(desk, span, rev, "label", "attributes")
    return Change(span.uuid, before, desk.payload(span))


def set_attributes(desk: Desk, operation: Operation, rev: int) -> Change:
    """Merge attribute values into a span; None removes one. `flag` and `confidence` may come along."""
    span = desk.span(operation)
    before = desk.payload(span)
    known = desk.scheme.label(span.label).attributes
    given = operation.get("attributes", {})
    span.attributes = rules.attributes(known, span.attributes, given, _labels(desk, known, given))
    for name, value in _marks(operation).items():
        setattr(span, name, value)
    _save(desk, span, rev, "attributes", "flag", "confidence")
    return Change(span.uuid, before, desk.payload(span))


def delete_span(desk: Desk, operation: Operation, rev: int) -> Change:
    """Delete a span with its relations, and clear the attributes that refer to it."""
    span = desk.span(operation)
    before = desk.payload(span)
    also = []
    for relation in desk.touching(span):
        relation.deleted_rev, relation.deleted_with = rev, span
        _save(desk, relation, rev, "deleted_rev", "deleted_with")
        also.append(str(relation.uuid))
    cleared = desk.cleared[rev] = references.clear(desk, span, rev)
    span.deleted_rev = rev
    _save(desk, span, rev, "deleted_rev")
    also += [each.get("relation") or each["span"] for each in cleared]
    return Change(span.uuid, before, None, also, cleared)


def restore_span(desk: Desk, operation: Operation, rev: int) -> Change:
    """Bring a deleted span back, with the relations and references that went with it.

    A relation whose other end is deleted by now comes back with that end.
    """
    span = desk.span(operation, deleted=True)
    record = desk.record(span)
    label = desk.scheme.label(span.label)
    rules.check_overlap(label, record, desk.neighbours(span.label, record))
    deleted_at = span.deleted_rev or 0
    span.deleted_rev = None
    _save(desk, span, rev, "deleted_rev")
    also = [str(each.uuid) for each in desk.gone_with(span) if _returned(desk, each, span, rev)]
    also += references.give_back(desk, deleted_at, rev)
    return Change(span.uuid, None, desk.payload(span), also)


def _returned(desk: Desk, relation: Relation, span: Span, rev: int) -> bool:
    """Bring a relation back with its span, or leave it to its other end when that is deleted."""
    ends = (relation.source.uuid, relation.target.uuid)
    source, target = (desk.spans[each] for each in ends)
    other = target if source.uuid == span.uuid else source
    if other.deleted_rev is not None:
        relation.deleted_with = other
        _save(desk, relation, rev, "deleted_with")
        return False
    kind = desk.scheme.relation(relation.type)
    try:
        rules.check_relation(
            kind,
            desk.record(source),
            desk.record(target),
            desk.siblings(kind.name, source),
        )
    except TooManyRelations:
        return False  # Another stands in its place by now; it can still be restored by itself.
    relation.deleted_rev = relation.deleted_with = None
    _save(desk, relation, rev, "deleted_rev", "deleted_with")
    return True


# Relations


def add_relation(desk: Desk, operation: Operation, rev: int) -> Change:
    """Link two spans of the set."""
    uuid = read_uuid(operation, "id")
    if uuid in desk.relations:
        raise UnitExists(say("There is a link {uuid} in this set already.", uuid=uuid))
    kind = desk.scheme.relation(str(operation.get("type")))
    source, target = desk.span(operation, "from"), desk.span(operation, "to")
    rules.check_relation(
        kind, desk.record(source), desk.record(target), desk.siblings(kind.name, source)
    )
    given = operation.get("attributes", {})
    values = rules.attributes(kind.attributes, {}, given, _labels(desk, kind.attributes, given))
    relation = Relation(
        annotation_set=desk.row,
        uuid=uuid,
        type=kind.name,
        source=source,
        target=target,
        attributes=values,
        rev=rev,
    )
    desk.add(relation)
    desk.relations[uuid] = relation
    return Change(uuid, None, desk.payload(relation))


def set_relation_attributes(desk: Desk, operation: Operation, rev: int) -> Change:
    """Merge attribute values into a relation; None removes one."""
    relation = desk.relation(operation)
    before = desk.payload(relation)
    known = desk.scheme.relation(relation.type).attributes
    given = operation.get("attributes", {})
    relation.attributes = rules.attributes(
        known, relation.attributes, given, _labels(desk, known, given)
    )
    _save(desk, relation, rev, "attributes")
    return Change(relation.uuid, before, desk.payload(relation))


def delete_relation(desk: Desk, operation: Operation, rev: int) -> Change:
    """Delete a relation."""
    relation = desk.relation(operation)
    before = desk.payload(relation)
    relation.deleted_rev = rev
    _save(desk, relation, rev, "deleted_rev")
    return Change(relation.uuid, before, None)


def restore_relation(desk: Desk, operation: Operation, rev: int) -> Change:
    """Bring a deleted relation back between two living spans."""
    relation = desk.relation(operation, deleted=True)
    ends = {"from": str(relation.source.uuid), "to": str(relation.target.uuid)}
    source, target = desk.span(ends, "from"), desk.span(ends, "to")
    kind = desk.scheme.relation(relation.type)
    rules.check_relation(
        kind, desk.record(source), desk.record(target), desk.siblings(kind.name, source)
    )
    relation.deleted_rev = relation.deleted_with = None
    _save(desk, relation, rev, "deleted_rev", "deleted_with")
    return Change(relation.uuid, None, desk.payload(relation))


OPERATIONS: dict[str, Callable[[Desk, Operation, int], Change]] = {
    act.__name__: act
    for act in (
        add_span,
        move_span,
        relabel_span,
        set_attributes,
        delete_span,
        restore_span,
        add_relation,
        set_relation_attributes,
        delete_relation,
        restore_relation,
    )
}

_MARKS = {"flag", "confidence"}
_SPAN = {"label", "fragments", "attributes", "origin", "derived_from", *_MARKS}

MEMBERS: dict[str, set[str]] = {
    "add_span": _SPAN,
    "move_span": {"fragments"},
    "relabel_span": {"label"},
    "set_attributes": {"attributes", *_MARKS},
    "delete_span": set(),
    "restore_span": set(),
    "add_relation": {"type", "from", "to", "attributes"},
    "set_relation_attributes": {"attributes"},
    "delete_relation": set(),
    "restore_relation": set(),
}
"""What an operation may say beside `op` and `id`."""


# What several of them do


def _offered(desk: Desk, operation: Operation) -> Label:
    """Return the label that is asked for. Gold takes what the sets say, retired labels too."""
    name = str(operation.get("label"))
    return desk.scheme.label(name) if desk.row.kind == Kind.GOLD else desk.scheme.offered(name)


def _save(desk: Desk, unit: Span | Relation, rev: int, *fields: str) -> None:
    unit.rev = rev
    desk.change(unit, "rev", *fields)


def _labels(desk: Desk, known: Any, given: Any) -> dict[str, str]:
    referred = rules.references(known, given)
    return desk.labels(referred) if referred else {}


def _provenance(operation: Operation) -> dict[str, Any]:
    origin = operation.get("origin", Origin.HAND)
    if origin not in (Origin.HAND, Origin.SUGGESTION):
        raise Malformed(say("origin is “hand” or “suggestion”."))
    derived = operation.get("derived_from")
    return {
        "origin": origin,
        "derived_from": None if derived is None else read_uuid(operation, "derived_from"),
    }


def _marks(operation: Operation) -> dict[str, Any]:
    """Read `flag` and `confidence` where they are given."""
    found: dict[str, Any] = {}
    if "flag" in operation:
        if not isinstance(operation["flag"], bool):
            raise BadAttribute(say("flag is true or false."))
        found["flag"] = operation["flag"]
    if "confidence" in operation:
        value = operation["confidence"]
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if value is not None and not (number and 0 <= value <= 1):
            raise BadAttribute(say("confidence is a number from 0 to 1."))
        # Negative zero does not survive PostgreSQL's jsonb, and the log's digest would not verify.
        found["confidence"] = value and abs(value)
    return found


def _fits(desk: Desk, relation: Relation, span: UUID, label: str) -> bool:
    source = label if relation.source.uuid == span else desk.spans[relation.source.uuid].label
    target = label if relation.target.uuid == span else desk.spans[relation.target.uuid].label
    return desk.scheme.relation(relation.type).joins(source, target)


def _kept(desk: Desk, known: Any, values: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, value in values.items():
        if name in known:
            try:
                kept = rules.attributes(
                    known, kept, {name: value}, _labels(desk, known, {name: value})
                )
            except BadAttribute:
                continue  # The new label has an attribute of that name with other values.
    return kept
