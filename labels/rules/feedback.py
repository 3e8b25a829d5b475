"""How near somebody came to gold: plain counts, for those who want to learn from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..records import Span
from .alignment import aligned


@dataclass(frozen=True, slots=True)
class Nearness:
    """How many spans one set and gold have, and how many of them match exactly, or by overlap and label."""

    own: int = 0
    gold: int = 0
    exact: int = 0
    overlap: int = 0

    def plus(self, other: Nearness) -> Nearness:
        """Add up over articles."""
        return Nearness(
            self.own + other.own,
            self.gold + other.gold,
            self.exact + other.exact,
            self.overlap + other.overlap,
        )

    @property
    def f1_exact(self) -> float | None:
        """F1 of spans with the same label and the same fragments; None where there are none at all."""
        return self._f1(self.exact)

    @property
    def f1_overlap(self) -> float | None:
        """F1 of spans of the same label that share words, matched one to one."""
        return self._f1(self.overlap)

    def _f1(self, matched: int) -> float | None:
        return 2 * matched / (self.own + self.gold) if self.own + self.gold else None


def changed(had: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return the attributes that were decided otherwise, with both values; None where there is none."""
    names = sorted({*had, *now})
    pairs = {name: (had.get(name), now.get(name)) for name in names}
    return {name: (one, other) for name, (one, other) in pairs.items() if one != other}


def nearness(own: Sequence[Span], gold: Sequence[Span]) -> Nearness:
    """Count the matches of a set with gold."""
    exact = overlap = 0
    for group in aligned([own, gold]):
        for one, other in zip(group.get(0, ()), group.get(1, ()), strict=False):
            exact += (one.label, one.fragments) == (other.label, other.fragments)
            overlap += one.label == other.label
    return Nearness(len(own), len(gold), exact, overlap)
