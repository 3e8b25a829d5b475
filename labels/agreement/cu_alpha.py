"""Krippendorff's cu-alpha: same labels where both marked, any number of people.

Of the text that two people marked: how far they give it the same label, beyond chance. What only one of them
marked does not count, so read it beside the coverage or |u-alpha. Only the outermost unit counts at any place.

cu-alpha, the family of 2016: u-alpha on the places alone that two people marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ._corpus import Corpus
from ._layer import outermost
from ._tally import Tally
from ._unitizing import all_values, left_out, meetings, tally

OVER = "all"
PAIRS_ONLY = False
MATCHING = "Code point by code point, where two people marked the text; only outermost units, each fragment one."


def tallies(corpus: Corpus, group: Sequence[int], kind: int | None) -> Iterator[Tally]:
    """Yield the one tally."""
    del kind  # There is nothing to tell apart in one label.
    layer = outermost(corpus)
    rows, values = meetings(corpus, layer, group), layer.values
    found = tally(rows, values, lambda sums: all_values(sums, values), gaps=False)
    yield replace(found, warnings=left_out(corpus, layer, group))
