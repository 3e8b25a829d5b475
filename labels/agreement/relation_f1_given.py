"""Same links where both ends are there.

Of 100 links whose two ends both people marked, how many both drew. It says how far people agree on the linking
itself, with disagreement about the spans left out.

F1 = 2 TP / (|A| + |B|) over triples of type, source and target; a symmetric link is the same both ways round.
Several people: over all pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ._corpus import Corpus
from ._links import linked, overlapping
from ._tally import Tally

OVER = "relations"
PAIRS_ONLY = False
MATCHING = (
    "Same type, among links whose ends are both matched by largest overlap, with the same label."
)


def tallies(corpus: Corpus, group: Sequence[int], kind: int | None) -> Iterator[Tally]:
    """Yield the one tally."""
    yield from linked(corpus, group, kind, overlapping, given=True)
