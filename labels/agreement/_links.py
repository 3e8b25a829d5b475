"""Relations as triples of type and both ends, where ends count as the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from ._corpus import Corpus, Flags, Floats, Ints, added
from ._matching import by_overlap, exactly
from ._tally import Tally, pooled

Pairing = Callable[[Corpus, int, int], tuple[Ints, Ints]]


def ends(corpus: Corpus, annotator: int, kind: int | None, moved: Ints) -> tuple[Ints, Ints]:
    """Return somebody's relations: their article, and a number for type and both ends, -1 where one is lost.

    `moved` gives for each span what it counts as, or -1.
    """
    links = corpus.relations
    mine = links[links[:, 1] == annotator]
    if kind is not None:
        mine = mine[mine[:, 2] == kind]
    source, target = moved[mine[:, 3]], moved[mine[:, 4]]
    either = corpus.symmetric[mine[:, 2]] if len(mine) else np.zeros(0, dtype=np.bool_)
    first = np.where(either, np.minimum(source, target), source)
    second = np.where(either, np.maximum(source, target), target)
    many = len(corpus.article)
    triple = (mine[:, 2] * many + first) * many + second
    return mine[:, 0], np.where((source < 0) | (target < 0), -1, triple)


def compared(
    corpus: Corpus, one: int, two: int, kind: int | None, pairing: Pairing
) -> tuple[tuple[Ints, Ints, Flags], tuple[Ints, Ints, Flags]]:
    """Return of both people's relations: article, triple, and whether the other has it."""
    mine, theirs = pairing(corpus, one, two)
    own, other = (np.full(len(corpus.article), -1, dtype=np.int64) for _ in range(2))
    own[mine], other[theirs] = mine, mine
    (where, triples), (elsewhere, others) = (
        ends(corpus, one, kind, own),
        ends(corpus, two, kind, other),
    )
    return (
        (where, triples, (triples >= 0) & np.isin(triples, others)),
        (elsewhere, others, (others >= 0) & np.isin(others, triples)),
    )


def linked(
    corpus: Corpus, group: Sequence[int], kind: int | None, pairing: Pairing, *, given: bool = False
) -> Iterator[Tally]:
    """Yield F1 over triples; `given` leaves out relations of which the other lacks an end."""

    def count(one: int, two: int) -> tuple[Floats, Floats, Floats]:
        key = "links", pairing.__name__, given, one, two, kind
        return corpus.once(key, lambda: counts(one, two))

    def counts(one: int, two: int) -> tuple[Floats, Floats, Floats]:
        sides = compared(corpus, one, two, kind, pairing)
        rows = len(corpus.bases)
        found = []
        for where, triples, _same in sides:
            weight = np.where(triples >= 0, 1.0, 0.0) if given else np.ones(len(where))
            found.append(added(where, weights=weight, minlength=rows))
        both, back = (added(where, weights=same, minlength=rows) for where, _triples, same in sides)
        return (both + back) / 2, found[0], found[1]

    yield pooled(corpus, group, count)


def overlapping(corpus: Corpus, one: int, two: int) -> tuple[Ints, Ints]:
    """Pair ends by largest overlap."""
    return by_overlap(corpus, one, two)


def identical(corpus: Corpus, one: int, two: int) -> tuple[Ints, Ints]:
    """Pair ends with the same label and fragments."""
    return exactly(corpus, one, two)
