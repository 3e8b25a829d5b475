"""Two or more annotation sets of one article side by side: where they agree, and how they differ elsewhere.

A *unit* is a span with the relations that leave it (and, where a relation has no direction, those that reach
it). `compare` puts the units of all sets into clusters, one *version* a set. Pure, and the same whatever the
order of the sets: they are taken in the order of their ids.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ..records import AnnotationSet, Fragment, Relation, Span
from ..vocabulary import Difference
from .alignment import Group, aligned

Places = Mapping[tuple[int, UUID], int]
"""The cluster of each span, by the place of its set and its id."""


@dataclass(frozen=True, slots=True)
class Link:
    """A relation seen from one of its ends, with the cluster in which the other end is."""

    relation: Relation
    to: int
    alike: str
    """What is compared: equal for links of two sets that say the same."""


@dataclass(frozen=True, slots=True)
class Version:
    """What one set says in a cluster: nothing, a span, or several where others have one."""

    set: UUID
    spans: tuple[Span, ...] = ()
    links: tuple[Link, ...] = ()
    values: str = ""
    """The attributes of its spans, references resolved: equal where two sets say the same."""

    @property
    def span(self) -> Span:
        """The first span; there is one."""
        return self.spans[0]

    @property
    def fragments(self) -> tuple[tuple[Fragment, ...], ...]:
        """The fragments of each span."""
        return tuple(each.fragments for each in self.spans)

    @property
    def said(self) -> frozenset[str]:
        """What its links say."""
        return frozenset(each.alike for each in self.links)


@dataclass(frozen=True, slots=True)
class Cluster:
    """One unit as each of the sets has it."""

    number: int
    versions: tuple[Version, ...]
    kinds: tuple[Difference, ...]

    @property
    def present(self) -> list[Version]:
        """The versions that say something."""
        return [each for each in self.versions if each.spans]

    @property
    def agreed(self) -> bool:
        """Whether all sets say the same."""
        return not self.kinds

    @property
    def labels(self) -> list[str]:
        """The labels that occur, sorted."""
        return sorted({span.label for each in self.versions for span in each.spans})

    @property
    def units(self) -> list[tuple[UUID, UUID]]:
        """The set and the id of each span."""
        return [(each.set, span.id) for each in self.versions for span in each.spans]


def compare(
    sets: Iterable[AnnotationSet], *, symmetric: Collection[str] = ()
) -> tuple[Cluster, ...]:
    """Return the clusters in the order of the text; `symmetric` names the relations without direction."""
    rows = sorted(sets, key=lambda each: str(each.id))
    groups = aligned([each.spans for each in rows])
    places = {
        (owner, span.id): number
        for number, group in enumerate(groups)
        for owner, spans in group.items()
        for span in spans
    }
    links = [_links(owner, row, places, symmetric) for owner, row in enumerate(rows)]
    return tuple(
        _cluster(number, rows, group, links, places) for number, group in enumerate(groups)
    )


def _cluster(
    number: int,
    rows: Sequence[AnnotationSet],
    group: Group,
    links: Sequence[Mapping[int, list[Link]]],
    places: Places,
) -> Cluster:
    versions = tuple(
        Version(
            row.id,
            tuple(group.get(owner, ())),
            tuple(links[owner].get(number, ())),
            repr([_values(span.attributes, owner, places) for span in group.get(owner, ())]),
        )
        for owner, row in enumerate(rows)
    )
    return Cluster(number, versions, differences(versions))


def _links(
    owner: int, row: AnnotationSet, places: Places, symmetric: Collection[str]
) -> dict[int, list[Link]]:
    """Return a set's relations by the cluster that they are compared in."""
    found: dict[int, list[Link]] = {}
    for relation in row.relations:
        source, target = places[owner, relation.source], places[owner, relation.target]
        values = _values(relation.attributes, owner, places)
        ends = [(source, target)]
        if relation.type in symmetric:
            ends.append((target, source))
        for here, there in ends:
            said = repr((relation.type, there, values))
            found.setdefault(here, []).append(Link(relation, there, said))
    return found


def _values(attributes: Mapping[str, Any], owner: int, places: Places) -> list[tuple[str, Any]]:
    """Return attributes for comparing: a span of the set is known by its cluster, choices by what was chosen."""
    return [(name, _value(value, owner, places)) for name, value in sorted(attributes.items())]


def _value(value: Any, owner: int, places: Places) -> Any:
    if isinstance(value, list):
        return sorted(map(repr, value))
    if isinstance(value, str):
        try:
            return "cluster", places[owner, UUID(value)]
        except (ValueError, KeyError):
            return value
    return value


# How versions differ


def differences(versions: Sequence[Version]) -> tuple[Difference, ...]:
    """Return the ways in which versions differ, none where they all say the same."""
    present = [each for each in versions if each.spans]
    found = [Difference.MISSING] if len(present) < len(versions) else []
    if any(len(each.spans) > 1 for each in present):
        cut = _vary(each.fragments for each in present)
        return (*found, Difference.SPLIT) if cut else tuple(found)
    if _vary(each.span.label for each in present):
        found.append(Difference.LABEL)
    if _vary(len(each.span.fragments) for each in present):
        found.append(Difference.FRAGMENT)
    elif _vary(each.fragments for each in present):
        found.append(Difference.BOUNDARY)
    # Another label has other attributes: that is one difference, not two.
    if Difference.LABEL not in found and _vary(each.values for each in present):
        found.append(Difference.ATTRIBUTE)
    if _vary(each.said for each in present):
        found.append(Difference.LINK)
    return tuple(found)


def _vary(values: Iterable[object]) -> bool:
    return len(set(values)) > 1
