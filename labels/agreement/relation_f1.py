"""Same links, ends by overlap.

Of 100 links that two people drew, how many both drew: same type, and both ends matched. An end that the other
did not mark makes the link differ, so this says how far the whole picture agrees.

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
MATCHING = "Same type; both ends matched one to one by largest overlap, with the same label."


def tallies(corpus: Corpus, group: Sequence[int], kind: int | None) -> Iterator[Tally]:
    """Yield the one tally."""
    yield from linked(corpus, group, kind, overlapping)
