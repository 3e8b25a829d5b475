"""Krippendorff's |u-alpha: marked or not, any number of people.

How far people mark the same stretches of text, whatever labels they give them, beyond chance. Where it is high
and u-alpha is low, people find the same places and call them differently.

|u-alpha = 1 - (l0. - l00)/(e0. - e00), the family of 2016. Units of any label that overlap are taken as one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ._corpus import Corpus, Floats
from ._layer import of_label
from ._tally import Tally
from ._unitizing import over, read, table, tally

OVER = "all"
PAIRS_ONLY = False
MATCHING = "Code point by code point; units of any label, overlapping ones of one person as one."


def tallies(corpus: Corpus, group: Sequence[int], kind: int | None) -> Iterator[Tally]:
    """Yield the one tally."""
    yield tally(table(corpus, of_label(corpus, kind), group), 2, marked)


def marked(sums: Floats) -> Floats:
    """Return |u-alpha of lengths of gaps and of what was marked."""
    observed, chance = read(sums, 2)
    differs = observed[..., 0, :].sum(axis=-1) - observed[..., 0, 0]
    return 1 - over(differs, chance[..., 0, :].sum(axis=-1) - chance[..., 0, 0])
