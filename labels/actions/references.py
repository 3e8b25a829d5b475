"""Attribute values that name a span, as an attribution names its cue: cleared and put back with it."""

from __future__ import annotations

from typing import Any

from ..models import Relation, Span
from .desk import Desk


def clear(desk: Desk, span: Span, rev: int) -> list[dict[str, Any]]:
    """Remove the attribute values that name a span, and return them."""
    own, cleared = str(span.uuid), []
    for unit, key in _referring(desk, span.label):
        names = [name for name, value in unit.attributes.items() if value == own]
        if not names or unit.uuid == span.uuid:
            continue
        unit.attributes = {k: v for k, v in unit.attributes.items() if k not in names}
        unit.rev = rev
        desk.change(unit, "rev", "attributes")
        cleared += [{key: str(unit.uuid), "attribute": name, "value": own} for name in names]
    return cleared


def _referring(desk: Desk, label: str) -> list[tuple[Span | Relation, str]]:
    """Return the units whose attributes may name a span of this label: few types can."""

    def can(attributes: Any) -> bool:
        return any(
            each.type == "span" and (not each.labels or label in each.labels)
            for each in attributes.values()
        )

    types = {each.name for each in desk.scheme.relations.values() if can(each.attributes)}
    labels = {each.name for each in desk.scheme.labels.values() if can(each.attributes)}
    found: list[tuple[Span | Relation, str]] = []
    if types:
        links = desk.links_of(types)
        found += [(each, "relation") for each in links if each.deleted_rev is None]
    if labels:
        found += [(each, "span") for each in desk.spans_of(labels)]
    return found


def give_back(desk: Desk, deleted_at: int, rev: int) -> list[str]:
    """Put back the references that a deletion cleared, where nothing else stands there by now."""
    returned = []
    for each in desk.cleared_at(deleted_at):
        for unit in desk.named(each):
            if unit.deleted_rev is None and each["attribute"] not in unit.attributes:
                unit.attributes = unit.attributes | {each["attribute"]: each["value"]}
                unit.rev = rev
                desk.change(unit, "rev", "attributes")
                returned.append(str(unit.uuid))
    return returned
