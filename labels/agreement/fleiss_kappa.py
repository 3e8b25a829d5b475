"""Fleiss' kappa on words, any number of people.

How far people agree on every word's category beyond chance, where chance is everybody's habits together. Of two
people it is Scott's pi. Categories as for Cohen's kappa. It falls where one category holds nearly all words.

kappa = (Ao - Ae) / (1 - Ae), Ao the share of agreeing pairs on each word, Ae from the pooled margins (Fleiss
1971). Where articles have different numbers of people, each word counts once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ._corpus import Corpus, Floats
from ._tally import Tally, beyond_chance, ratio
from ._words import observed, table, tally

OVER = "labels"
PAIRS_ONLY = False
MATCHING = "Word by word; a word is marked when a span covers any of it."


def tallies(corpus: Corpus, group: Sequence[int], kind: int | None) -> Iterator[Tally]:
    """Yield the one tally."""
    yield tally(table(corpus, group, kind), kappa)


def kappa(sums: Floats) -> Floats:
    """Return kappa of sums of words, agreement and shares of categories."""
    expected = ratio((sums[..., 2:] ** 2).sum(axis=-1), sums[..., 0] ** 2)
    return beyond_chance(observed(sums), expected)
