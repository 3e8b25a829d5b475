"""Which spans of several annotation sets are about the same words: the groups that a comparison speaks of.

Two spans belong together when they share code points. Those of one label find each other first, the closest first
(shared code points by those that either covers), and each at most one of every other set; then those of different
labels, where at least half of what either covers is shared. What one set has as one span and another as several is
one group. The result depends neither on the order of the sets nor on that of their spans.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..records import Span

HALF = 2
"""Of two spans with different labels so much must be shared: the whole by this."""

Group = dict[int, list[Span]]
"""The spans of each set, by the set's place in what was given."""


@dataclass(frozen=True, slots=True)
class _Unit:
    owner: int
    span: Span


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two spans of two sets that share code points."""

    one: _Unit
    other: _Unit
    shared: int
    covered: int

    @property
    def same_label(self) -> bool:
        return self.one.span.label == self.other.span.label

    def rank(self) -> tuple[Any, ...]:
        """Return what pairs are matched by: same label, closest, most shared, most alike, first in the text."""
        first, second = sorted((self.one, self.other), key=lambda unit: str(unit.span.id))
        alike = _alike(self.one.span, self.other.span)
        return (
            not self.same_label,
            -self.shared / self.covered,
            -self.shared,
            -alike,
            min(first.span.start, second.span.start),
            str(first.span.id),
            str(second.span.id),
            self.one.owner,
        )


def shared(one: Span, other: Span) -> int:
    """Count the code points that two spans share."""
    return sum(
        max(0, min(a.end, b.end) - max(a.start, b.start))
        for a in one.fragments
        for b in other.fragments
    )


def length(span: Span) -> int:
    """Count the code points of a span."""
    return sum(each.end - each.start for each in span.fragments)


def aligned(sets: Sequence[Sequence[Span]]) -> list[Group]:
    """Return the groups, each span of each set in exactly one, in the order of the text."""
    units = [_Unit(owner, span) for owner, spans in enumerate(sets) for span in spans]
    pairs = sorted(_pairs(units), key=_Pair.rank)
    groups = {(each.owner, each.span.id): {each.owner: [each.span]} for each in units}
    for pair in pairs:
        _match(groups, pair)
    for pair in pairs:
        if pair.same_label:
            _gather(groups, pair)
    return sorted({id(each): each for each in groups.values()}.values(), key=_place)


def _pairs(units: Iterable[_Unit]) -> Iterator[_Pair]:
    """Yield the pairs worth looking at, reading the text from left to right."""
    near: list[_Unit] = []
    for unit in sorted(units, key=lambda each: (each.span.start, each.owner)):
        near = [each for each in near if each.span.end > unit.span.start]
        for other in near:
            if other.owner != unit.owner and (pair := _pair(other, unit)):
                yield pair
        near.append(unit)


def _pair(one: _Unit, other: _Unit) -> _Pair | None:
    common = shared(one.span, other.span)
    covered = length(one.span) + length(other.span) - common
    if not common or (one.span.label != other.span.label and common * HALF < covered):
        return None
    return _Pair(one, other, common, covered)


Groups = dict[tuple[int, Any], Group]


def _match(groups: Groups, pair: _Pair) -> None:
    """Join two groups that have no set in common and whose spans all share code points."""
    one, other = (groups[unit.owner, unit.span.id] for unit in (pair.one, pair.other))
    if one is other or one.keys() & other.keys():
        return
    if all(shared(a, b) for a in _spans(one) for b in _spans(other)):
        _join(groups, one, other)


def _gather(groups: Groups, pair: _Pair) -> None:
    """Join what one set has as one span and another as several."""
    one, other = (groups[unit.owner, unit.span.id] for unit in (pair.one, pair.other))
    if one is not other and (_is_part(one, of=other) or _is_part(other, of=one)):
        _join(groups, one, other)


def _is_part(part: Group, *, of: Group) -> bool:
    """Whether a set that both have cut up what is one span of a set that only the larger group has."""
    both = part.keys() & of.keys()
    pieces = [span for owner in both for span in of[owner]]
    if not both or len({span.label for span in (*_spans(part), *_spans(of))}) > 1:
        return False
    if any(shared(a, b) for a in pieces for owner in both for b in part[owner]):
        return False
    wholes = [span for owner in of.keys() - part.keys() for span in of[owner]]
    return any(all(_covers(each, piece) for piece in (*_spans(part), *pieces)) for each in wholes)


def _covers(whole: Span, piece: Span) -> bool:
    return shared(whole, piece) * HALF >= length(piece)


def _join(groups: Groups, one: Group, other: Group) -> None:
    for owner, spans in other.items():
        one.setdefault(owner, []).extend(spans)
        one[owner].sort(key=lambda span: (span.start, span.end, str(span.id)))
        for span in spans:
            groups[owner, span.id] = one


def _spans(group: Group) -> list[Span]:
    return [span for spans in group.values() for span in spans]


def _place(group: Group) -> tuple[int, int, str, str]:
    spans = _spans(group)
    start = min(span.start for span in spans)
    end = max(span.end for span in spans)
    return start, -end, min(span.label for span in spans), min(str(span.id) for span in spans)


def _alike(one: Span, other: Span) -> int:
    """Count the attributes that two spans have in common: it tells those apart that cover the same words."""
    return sum(other.attributes.get(name) == value for name, value in one.attributes.items())
