"""Same spans, by overlap.

Of 100 spans that two people marked, how many have a partner: same label, and at least one code point in common.
Each span has one partner at most, the one with which it shares most. It forgives different ends; it does not
say how much of a span is shared, which the figure by characters does.

F1 = 2 TP / (|A| + |B|). Several people: over all pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ._corpus import Corpus, Floats
from ._matching import partners
from ._tally import Tally, pooled, summed

OVER = "labels"
PAIRS_ONLY = False
MATCHING = "Same label; one to one, the pair that shares most code points first."


def tallies(corpus: Corpus, group: Sequence[int], kind: int | None) -> Iterator[Tally]:
    """Yield the one tally."""

    def count(one: int, two: int) -> tuple[Floats, Floats, Floats]:
        spans = corpus.spans()
        return (
            summed(partners(corpus, one, two), kind),
            summed(spans[one], kind),
            summed(spans[two], kind),
        )

    yield pooled(corpus, group, count)
