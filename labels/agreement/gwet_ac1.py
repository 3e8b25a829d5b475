"""Gwet's AC1 on words, any number of people.

How far people agree on every word's category, corrected for a chance that is small where one category holds
nearly all words, so that it does not collapse there as kappa does. By the same turn it is high for rare labels
on which people hardly agree: read it beside F1, never alone.

AC1 = (Ao - Ae) / (1 - Ae), Ae = sum of p (1 - p) over the q categories / (q - 1) (Gwet 2008).
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
    rows = table(corpus, group, kind)
    used = rows[:, 2:].sum(axis=0) > 0
    many = int(used.sum())
    yield tally(rows, lambda sums: ac1(sums, many))


def ac1(sums: Floats, many: int) -> Floats:
    """Return AC1 of sums of words, agreement and shares of categories; NaN for a single category."""
    share = ratio(sums[..., 2:], sums[..., :1])
    chance = (share * (1 - share)).sum(axis=-1) / max(many - 1, 1)
    found: Floats = beyond_chance(observed(sums), chance)
    return found if many > 1 else found * float("nan")
