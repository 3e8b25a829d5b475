"""What was said in the names of before, in those of now: operations under way, proposals, decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..records import Relation, Span
from .migration import Migration

Past = Sequence[Migration]
"""Migrations, oldest first."""


def operation(given: Mapping[str, Any], label: str, kind: str, past: Past) -> dict[str, Any]:
    """Return an operation in the names of now.

    `label` or `kind` is that of the unit as it stands, for an operation that names none.
    """
    made = dict(given)
    if isinstance(made.get("label"), str):
        made["label"] = label = _now(made["label"], past, of_span=True)
    if isinstance(made.get("type"), str):
        made["type"] = kind = _now(made["type"], past, of_span=False)
    if isinstance(made.get("attributes"), dict):
        made["attributes"] = _attributes(made["attributes"], _names(label, kind, past), past)
    return made


def _now(name: str, past: Past, *, of_span: bool) -> str:
    """Return what a name became, from the last migration on that changed it."""
    changes = [place for place, each in enumerate(past) if _step(each, name, of_span) != name]
    for each in past[changes[-1] :] if changes else ():
        name = _step(each, name, of_span)
    return name


def _step(one: Migration, name: str, of_span: bool) -> str:  # noqa: FBT001 - only called here
    return one.span(name, {})[0] if of_span else one.link(name, {})[0]


def _names(label: str, kind: str, past: Past) -> set[str]:
    """Return all names that a label and a type of now have had."""
    found = {label, kind} - {""}
    for each in reversed(past):
        if each.kind == "rename" and not each.attribute and each.to in found:
            found.add(each.owner)
        elif each.kind == "merge" and each.to in found:
            found.update(each.labels)
        elif each.kind == "split" and found & set(each.into.values()):
            found.add(each.label)
    return found


def _attributes(given: Mapping[str, Any], names: set[str], past: Past) -> dict[str, Any]:
    found = dict(given)
    for each in past:
        if each.kind == "rename" and each.attribute and each.owner in names:
            change = each.span if each.label else each.link
            found = dict(change(each.owner, found)[1])
    return found


def span(label: str, attributes: Mapping[str, Any], past: Past) -> tuple[str, Mapping[str, Any]]:
    """Return a span's label and attributes after migrations that came after it was written down."""
    for each in past:
        label, attributes = each.span(label, attributes)
    return label, attributes


def link(kind: str, attributes: Mapping[str, Any], past: Past) -> tuple[str, Mapping[str, Any]]:
    """Return a relation's type and attributes after migrations that came after it was written down."""
    for each in past:
        kind, attributes = each.link(kind, attributes)
    return kind, attributes


def spans(given: Sequence[Span], past: Past) -> tuple[Span, ...]:
    """Return spans as they are after migrations that came after they were written down."""
    if not past:
        return tuple(given)
    said = (span(each.label, each.attributes, past) for each in given)
    pairs = zip(given, said, strict=True)
    return tuple(each._replace(label=label, attributes=values) for each, (label, values) in pairs)


def links(given: Sequence[Relation], past: Past) -> tuple[Relation, ...]:
    """Return relations as they are after migrations that came after they were written down."""
    if not past:
        return tuple(given)
    said = (link(each.type, each.attributes, past) for each in given)
    pairs = zip(given, said, strict=True)
    return tuple(each._replace(type=kind, attributes=values) for each, (kind, values) in pairs)


def proposal(given: Mapping[str, Any], past: Past) -> dict[str, Any]:
    """Return a proposed span or relation in the names of now."""
    if "type" in given:
        kind, attributes = link(given["type"], given.get("attributes", {}), past)
        return {**given, "type": kind, "attributes": dict(attributes)}
    label, attributes = span(str(given.get("label")), given.get("attributes", {}), past)
    return {**given, "label": label, "attributes": dict(attributes)}
