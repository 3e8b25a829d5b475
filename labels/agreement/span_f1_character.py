"""Same characters.

Of all characters that two people marked, how much both marked with the same label. It gives part of the credit for
part of a span. Characters are Unicode code points. Long spans weigh more than short ones: look at each label.

F1 = 2 |A and B| / (|A| + |B|) over pairs of label and place. Several people: over all pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ._continuum import marked
from ._corpus import Corpus, Floats
from ._tally import Tally, pooled, summed

OVER = "labels"
PAIRS_ONLY = False
MATCHING = "Same label on the same code point."


def tallies(corpus: Corpus, group: Sequence[int], kind: int | None) -> Iterator[Tally]:
    """Yield the one tally."""

    def count(one: int, two: int) -> tuple[Floats, Floats, Floats]:
        return (
            summed(marked(corpus, "character", one, two), kind),
            summed(marked(corpus, "character", one, one), kind),
            summed(marked(corpus, "character", two, two), kind),
        )

    yield pooled(corpus, group, count)
