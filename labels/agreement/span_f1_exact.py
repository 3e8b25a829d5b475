"""Same spans, to the character.

Of 100 spans that two people marked, how many are the same: same label, same fragments, from the first code
point to the last. 1 means that every span has its twin, 0 that none has. It is the strictest figure, and low
wherever people differ by a full stop; read it beside the one by overlap.

F1 = 2 TP / (|A| + |B|), the harmonic mean of precision and recall; the same whoever is called the reference,
and near kappa where most of the text is unmarked (Hripcsak and Rothschild 2005). Several people: over all pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ._corpus import Corpus, Floats
from ._matching import exactly
from ._tally import Tally, counted, pooled, summed

OVER = "labels"
PAIRS_ONLY = False
MATCHING = "Same label and the same fragments."


def tallies(corpus: Corpus, group: Sequence[int], kind: int | None) -> Iterator[Tally]:
    """Yield the one tally."""

    def count(one: int, two: int) -> tuple[Floats, Floats, Floats]:
        spans = corpus.spans()
        return (
            summed(_same(corpus, one, two), kind),
            summed(spans[one], kind),
            summed(spans[two], kind),
        )

    yield pooled(corpus, group, count)


def _same(corpus: Corpus, one: int, two: int) -> Floats:
    def count() -> Floats:
        mine, _theirs = exactly(corpus, one, two)
        return counted(corpus, corpus.article[mine], corpus.label[mine])

    return corpus.once(("same", one, two), count)
