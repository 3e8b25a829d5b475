"""Attribute values that name a span, as an attribution names its cue: cleared and put back with it."""

from __future__ import annotations

from typing import Any

from ..models import Relation, Revision, Span
from .desk import Desk


def clear(desk: Desk, span: Span, rev: int) -> list[dict[str, Any]]:
    """Remove the attribute values that name a span, and return them."""
    own, cleared = str(span.uuid), []
    for unit, key in _referring(desk, span.label):
        names = [name for name, value in unit.attributes.items() if value == own]
        if not names or unit.uuid == span.uuid:
            continue
        unit.attributes = {k: v for k, v in unit.attributes.items() if k not in names}
        _save(unit, rev)
        cleared += [{key: str(unit.uuid), "attribute": name, "value": own} for name in names]
    return cleared


def _referring(desk: Desk, label: str) -> list[tuple[Span | Relation, str]]:
    """Return the units whose attributes may name a span of this label: few types can."""

    def can(attributes: Any) -> bool:
        return any(
            each.type == "span" and (not each.labels or label in each.labels)
            for each in attributes.values()
        )

    types = [each.name for each in desk.scheme.relations.values() if can(each.attributes)]
    labels = [each.name for each in desk.scheme.labels.values() if can(each.attributes)]
    found: list[tuple[Span | Relation, str]] = []
    if types:
        relations = Relation.objects.filter(annotation_set=desk.row, type__in=types).live()
        taken = desk.take_relations(relations.select_related("source", "target"))
        found += [(each, "relation") for each in taken if each.deleted_rev is None]
    if labels:
        spans = Span.objects.filter(annotation_set=desk.row, label__in=labels).live()
        found += [(each, "span") for each in desk.take_spans(spans)]
    return found


def give_back(desk: Desk, deleted_at: int, rev: int) -> list[str]:
    """Put back the references that a deletion cleared, where nothing else stands there by now."""
    returned = []
    for each in _cleared(desk, deleted_at):
        for unit in _named_unit(desk, each):
            if unit.deleted_rev is None and each["attribute"] not in unit.attributes:
                unit.attributes = unit.attributes | {each["attribute"]: each["value"]}
                _save(unit, rev)
                returned.append(str(unit.uuid))
    return returned


def _cleared(desk: Desk, version: int) -> list[dict[str, Any]]:
    if version in desk.cleared:
        return desk.cleared[version]
    line = Revision.objects.filter(annotation_set=desk.row, version=version).first()
    return line.payload.get("cleared", []) if line else []


def _named_unit(desk: Desk, reference: dict[str, Any]) -> list[Span] | list[Relation]:
    if "relation" in reference:
        found = Relation.objects.filter(annotation_set=desk.row, uuid=reference["relation"])
        return desk.take_relations(found.select_related("source", "target"))
    return desk.take_spans(Span.objects.filter(annotation_set=desk.row, uuid=reference["span"]))


def _save(unit: Span | Relation, rev: int) -> None:
    unit.rev = rev
    unit.save(update_fields=["rev", "attributes"])
