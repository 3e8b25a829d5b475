"""Krippendorff's u-alpha: same units and same labels, any number of people.

How far people mark the same stretches of text with the same labels, beyond chance, unmarked text included. It
counts code points and gives credit for overlap; what only some of them marked lowers it. For one label it says
how far they agree on where that label lies. For all labels together it is dominated by long units and sees only
the outermost: look at each label.

u-alpha of 2016 (Krippendorff, Mathet, Bouvry and Widlöcher, Quality and Quantity 50), which changed that of 1995
because it did not behave for more than two people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ._corpus import Corpus
from ._layer import of_label, outermost
from ._tally import Tally
from ._unitizing import all_values, left_out, table, tally

OVER = "labels"
PAIRS_ONLY = False
MATCHING = "Code point by code point; overlapping units of one person and label as one, each fragment a unit."


def tallies(corpus: Corpus, group: Sequence[int], kind: int | None) -> Iterator[Tally]:
    """Yield the one tally."""
    layer = outermost(corpus) if kind is None else of_label(corpus, kind)
    values = layer.values + 1
    found = tally(table(corpus, layer, group), values, lambda sums: all_values(sums, values))
    yield replace(found, warnings=left_out(corpus, layer, group))
