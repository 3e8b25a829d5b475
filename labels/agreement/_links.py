"""Relations as triples of type and both ends, where ends count as the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ._corpus import Corpus, Flags, Floats, Ints, added
from ._matching import by_overlap, exactly
from ._tally import Tally, pooled, ratio

Pairing = Callable[[Corpus, int, int], tuple[Ints, Ints]]


@dataclass(frozen=True, slots=True)
class Side:
    """One person's relations: their article and type, whether both ends are the other's too, whether all is."""

    article: Ints
    type: Ints
    ends: Flags
    same: Flags

    def counted(self, corpus: Corpus, which: Flags | None, kind: int | None) -> Floats:
        """Count some, or all, by article."""
        chosen = np.ones(len(self.article), dtype=np.bool_) if which is None else which
        if kind is not None:
            chosen = chosen & (self.type == kind)
        return added(self.article[chosen], minlength=len(corpus.bases))


def triples(corpus: Corpus, annotator: int, moved: Ints) -> tuple[Ints, Ints, Ints]:
    """Return somebody's relations: article, type, and a number for type and both ends, -1 where one is lost.

    `moved` gives for each span what it counts as, or -1.
    """
    mine = corpus.relations[corpus.relations[:, 1] == annotator]
    source, target = moved[mine[:, 3]], moved[mine[:, 4]]
    either = corpus.symmetric[mine[:, 2]] if len(mine) else np.zeros(0, dtype=np.bool_)
    first = np.where(either, np.minimum(source, target), source)
    second = np.where(either, np.maximum(source, target), target)
    many = len(corpus.article)
    triple = (mine[:, 2] * many + first) * many + second
    return mine[:, 0], mine[:, 2], np.where((source < 0) | (target < 0), -1, triple)


def compared(corpus: Corpus, one: int, two: int, pairing: Pairing) -> tuple[Side, Side]:
    """Return both people's relations, held against each other."""
    mine, theirs = pairing(corpus, one, two)
    own, other = (np.full(len(corpus.article), -1, dtype=np.int64) for _ in range(2))
    own[mine], other[theirs] = mine, mine
    (where, kinds, left), (elsewhere, others, right) = (
        triples(corpus, one, own),
        triples(corpus, two, other),
    )
    return (
        Side(where, kinds, left >= 0, (left >= 0) & np.isin(left, right)),
        Side(elsewhere, others, right >= 0, (right >= 0) & np.isin(right, left)),
    )


def linked(
    corpus: Corpus, group: Sequence[int], kind: int | None, pairing: Pairing, *, given: bool = False
) -> Iterator[Tally]:
    """Yield F1 over triples; `given` leaves out relations of which the other lacks an end."""
    key = "links", pairing.__name__

    def count(one: int, two: int) -> tuple[Floats, Floats, Floats]:
        sides = corpus.once((*key, one, two), lambda: compared(corpus, one, two, pairing))
        both, back = (each.counted(corpus, each.same, kind) for each in sides)
        left, right = (each.counted(corpus, each.ends if given else None, kind) for each in sides)
        return (both + back) / 2, left, right

    def met(one: int, two: int) -> tuple[Floats, Floats, Floats]:
        left, right = corpus.once((*key, one, two), lambda: compared(corpus, one, two, pairing))
        ends = left.counted(corpus, left.ends, kind) + right.counted(corpus, right.ends, kind)
        return ends, left.counted(corpus, None, kind), right.counted(corpus, None, kind)

    found, ends = pooled(corpus, group, count), pooled(corpus, group, met)
    yield replace(
        found,
        rows=np.column_stack([found.rows, ends.rows]),
        coverage=lambda sums: ratio(sums[..., 2], sums[..., 3]),
    )


def overlapping(corpus: Corpus, one: int, two: int) -> tuple[Ints, Ints]:
    """Pair ends by largest overlap."""
    return by_overlap(corpus, one, two)


def identical(corpus: Corpus, one: int, two: int) -> tuple[Ints, Ints]:
    """Pair ends with the same label and fragments."""
    return exactly(corpus, one, two)
