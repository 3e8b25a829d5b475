"""Same links, ends to the character.

As the figure by overlap, but both ends must be the same spans: same label, same fragments.

F1 = 2 TP / (|A| + |B|) over triples of type, source and target; a symmetric link is the same both ways round.
Several people: over all pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ._corpus import Corpus
from ._links import identical, linked
from ._tally import Tally

OVER = "relations"
PAIRS_ONLY = False
MATCHING = "Same type; both ends with the same label and fragments."


def tallies(corpus: Corpus, group: Sequence[int], kind: int | None) -> Iterator[Tally]:
    """Yield the one tally."""
    yield from linked(corpus, group, kind, identical)
