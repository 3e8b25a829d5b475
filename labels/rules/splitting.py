"""Dividing articles into train, dev and test so that nothing leaks from one into another.

Articles that are nearly the same always go together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from ..records import Article, Splits, Terms
from ..text.resemblance import resemblance, sketched
from ..vocabulary import Split

ALIKE = 0.5
"""From this resemblance (0 to 1) on, two articles are nearly the same."""


@dataclass(slots=True)
class Divider:
    """Takes articles one by one, keeps a sketch of each, and says at the end where each belongs."""

    terms: Terms
    sketches: list[tuple[int, ...]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    seen: dict[int, int] = field(default_factory=dict)
    """The last article that had a hash."""
    parents: list[int] = field(default_factory=list)

    def take(self, article: Article) -> None:
        """Note an article, and the earlier ones that it is nearly the same as."""
        number, sketch = len(self.ids), sketched(article.text)
        self.ids.append(str(article.id))
        self.dates.append(article.published_at[:10])
        self.sketches.append(sketch)
        self.parents.append(number)
        shared = Counter(self.seen[each] for each in sketch if each in self.seen)
        for other, count in sorted(shared.items()):
            # A sentence that stands under every article makes no two of them the same.
            if count >= len(sketch) * ALIKE / 2 and self._alike(sketch, other):
                self.parents[self._root(number)] = self._root(other)
        self.seen |= dict.fromkeys(sketch, number)

    def splits(self) -> Splits:
        """Return the split of every article."""
        groups = self._groups()
        near = [[self.ids[each] for each in group] for group in groups if len(group) > 1]
        placed = self._by_time(groups) if self.terms.split == "time" else self._by_hash(groups)
        of = {self.ids[each]: name for each, name in sorted(placed.items())}
        return Splits(of, near, self._dates(placed), sum(not date for date in self.dates))

    def _dates(self, placed: Mapping[int, str]) -> dict[str, tuple[str, str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for number, name in placed.items():
            if self.dates[number]:
                found[name].append(self.dates[number])
        return {name: (min(dates), max(dates)) for name, dates in sorted(found.items())}

    def _alike(self, sketch: tuple[int, ...], other: int) -> bool:
        return resemblance(sketch, self.sketches[other]) >= ALIKE

    def _groups(self) -> list[list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for number in range(len(self.ids)):
            found[self._root(number)].append(number)
        return sorted(found.values())

    def _root(self, number: int) -> int:
        while self.parents[number] != number:
            self.parents[number] = self.parents[self.parents[number]]
            number = self.parents[number]
        return number

    def _by_hash(self, groups: Iterable[list[int]]) -> Mapping[int, str]:
        """Draw by the id of a group's first article, so that a later release leaves it where it is."""
        return {
            each: _name(draw(self.terms.seed, self.ids[group[0]]), self.terms.shares)
            for group in groups
            for each in group
        }

    def _by_time(self, groups: list[list[int]]) -> Mapping[int, str]:
        """Put the oldest first; a group is as young as its youngest article, and one without dates is oldest."""
        ordered = sorted(groups, key=lambda group: (max(self.dates[each] for each in group), group))
        placed: dict[int, str] = {}
        for group in ordered:
            name = _name(len(placed) / len(self.ids), self.terms.shares)
            placed |= dict.fromkeys(group, name)
        return placed


def draw(seed: int, key: str) -> float:
    """Return a number from 0 to 1 that depends on nothing but these two."""
    return int.from_bytes(sha256(f"{seed} {key}".encode()).digest()[:8], "big") / 2**64


def _name(part: float, shares: tuple[int, int, int]) -> str:
    train, dev, _test = shares
    if part < train / 100:
        return Split.TRAIN.value
    return (Split.DEV if part < (train + dev) / 100 else Split.TEST).value
