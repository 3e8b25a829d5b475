"""Krippendorff's (k)u-alpha: one label among all, any number of people.

How reliably one label is given, with all other labels and unmarked text as what it could be taken for. Only the
outermost unit counts at any place, so a label that lies inside others is seen only in part: for such a label
take u-alpha by label, which looks at it alone.

(k)u-alpha = 1 - (ek./lk.) (lk. - lkk)/(ek. - ekk), the family of 2016.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ._corpus import Corpus, Floats
from ._layer import outermost
from ._tally import NOBODY, Tally, ratio
from ._unitizing import left_out, over, read, table, tally

OVER = "each"
PAIRS_ONLY = False
MATCHING = (
    "Code point by code point; only the outermost unit of each person counts, each fragment a unit."
)


def tallies(corpus: Corpus, group: Sequence[int], kind: int | None) -> Iterator[Tally]:
    """Yield the one tally."""
    layer = outermost(corpus)
    values, value = layer.values + 1, (kind or 0) + 1
    rows = corpus.once(("u table", tuple(group)), lambda: table(corpus, layer, group))
    found = tally(rows, values, lambda sums: of_value(sums, values, value))

    def why(sums: Floats) -> str:
        marked = sums[value * values : (value + 1) * values].sum()
        return found.why(sums) if marked else NOBODY

    yield replace(found, why=why, warnings=left_out(corpus, layer, group))


def of_value(sums: Floats, values: int, value: int) -> Floats:
    """Return (k)u-alpha of one value."""
    observed, chance = read(sums, values)
    row, expected = observed[..., value, :].sum(axis=-1), chance[..., value, :].sum(axis=-1)
    differs = row - observed[..., value, value]
    share = over(differs, expected - chance[..., value, value])
    return 1 - ratio(expected, row) * share
