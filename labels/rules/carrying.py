"""Whether an annotation set can be carried along with its scheme: what has a place, and what would clash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..errors import OverlapRefused
from ..records import Span
from .annotation import check_overlap
from .scheme import Attribute, Label, RelationType, Scheme

Pair = tuple[Span, Span]
Said = tuple[str, Mapping[str, Any]]
"""A label or type with attributes."""


def clashes(label: Label, spans: Sequence[tuple[Span, str]]) -> list[Pair]:
    """Return pairs of one set's spans that may not lie so under one label, each given with the label it had.

    What clashed before, under one and the same label, is not the migration's doing.
    """
    if label.overlap == "free":
        return []
    found: list[Pair] = []
    open_: list[tuple[Span, str]] = []
    for span, was in sorted(spans, key=lambda each: (each[0].start, -each[0].end)):
        open_ = [each for each in open_ if each[0].end > span.start]
        others = [other for other, before in open_ if before != was]
        found += [(other, span) for other in others if _clash(label, span, other)]
        open_.append((span, was))
    return found


def _clash(label: Label, span: Span, other: Span) -> bool:
    try:
        check_overlap(label, span, [other])
    except OverlapRefused:
        return True
    return False


def fits(scheme: Scheme, spans: Iterable[Said], links: Iterable[tuple[Said, str, str]]) -> bool:
    """Whether all that a set says has a place in a scheme; a link comes with the labels of its two ends."""
    for label, attributes in spans:
        found = scheme.labels.get(label)
        if found is None or not _known(found.attributes, attributes):
            return False
    for (kind, attributes), source, target in links:
        relation = scheme.relations.get(kind)
        if relation is None or not relation.joins(source, target):
            return False
        if not _known(relation.attributes, attributes):
            return False
    return True


def _known(known: Mapping[str, Attribute], values: Mapping[str, Any]) -> bool:
    return all(name in known and _can(known[name], value) for name, value in values.items())


def _can(attribute: Attribute, value: Any) -> bool:
    given = value if isinstance(value, list) else [value]
    return not attribute.values or set(given) <= set(attribute.values)


def extends(new: Scheme, old: Scheme) -> bool:
    """Whether all that a set may say by one scheme may be said by another, too."""
    return all(
        name in new.labels and _has(new.labels[name].attributes, each.attributes)
        for name, each in old.labels.items()
    ) and all(
        name in new.relations and _joins(new.relations[name], each)
        for name, each in old.relations.items()
    )


def _has(new: Mapping[str, Attribute], old: Mapping[str, Attribute]) -> bool:
    return all(
        name in new and new[name].type == each.type and set(each.values) <= set(new[name].values)
        for name, each in old.items()
    )


def _joins(new: RelationType, old: RelationType) -> bool:
    ends = set(old.sources) <= set(new.sources) and set(old.targets) <= set(new.targets)
    same = new.symmetric == old.symmetric and new.same_label <= old.same_label
    return ends and same and _has(new.attributes, old.attributes)
