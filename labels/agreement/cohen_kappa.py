"""Cohen's kappa on words, two people.

How far two people agree on every word's category beyond what their own habits would give by chance: 1 is full
agreement, 0 is chance. For one label a word is in it or not; for all labels the category is what labels lie on
the word together. It depends on how frequent a category is and rises when the two have different habits; read
the raw agreement and the prevalence beside it.

kappa = (Ao - Ae) / (1 - Ae), Ae from each one's own margins (Cohen 1960). It is not for more than two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ..records import Remark
from ..words import noted
from ._continuum import categories
from ._corpus import Corpus, Floats
from ._tally import Tally, beyond_chance, ratio
from ._words import agreed, margins, observed, why, words

OVER = "labels"
PAIRS_ONLY = True
BIAS = 0.02
"""How far above Scott's pi it is worth a word."""
POOLED = "fleiss_kappa"
"""The measure in which the rates of both are put together."""
HABITS = noted(
    "The two use the categories at different rates, which raises Cohen’s kappa: by the rates of both"
    " together ({measure}) it is {value}."
)
MATCHING = "Word by word; a word is marked when a span covers any of it."


def tallies(corpus: Corpus, group: Sequence[int], kind: int | None) -> Iterator[Tally]:
    """Yield the one tally: words, agreement, then each one's categories."""
    one, two = group
    many = categories(corpus, kind)[1]
    sides = [margins(corpus, each, kind) for each in group]
    yield Tally(
        np.column_stack([words(corpus), agreed(corpus, one, two, kind), *sides]),
        lambda sums: kappa(sums, many),
        n=lambda sums: sums[..., 0],
        why=why,
        observed=observed,
        prevalence=lambda sums: ratio(_both(sums, many).max(axis=-1, initial=0), 2 * sums[..., 0]),
        remarks=lambda sums: _bias(sums, many),
    )


def _bias(sums: Floats, many: int) -> Iterator[Remark]:
    """Say where different habits raise it: with pooled margins it is Scott's pi."""
    expected = ratio((_both(sums, many) ** 2).sum(axis=-1), 4 * sums[..., 0] ** 2)
    pooled = float(beyond_chance(observed(sums), expected))
    # Not so where either has no value.
    if float(kappa(sums, many)) - pooled >= BIAS:
        yield Remark(HABITS, {"measure": POOLED, "value": f"{pooled:.2f}"})


def _both(sums: Floats, many: int) -> Floats:
    both: Floats = sums[..., 2 : 2 + many] + sums[..., 2 + many :]
    return both


def kappa(sums: Floats, many: int) -> Floats:
    """Return kappa of sums of words, agreement and both margins."""
    margins = (sums[..., 2 : 2 + many] * sums[..., 2 + many :]).sum(axis=-1)
    return beyond_chance(observed(sums), ratio(margins, sums[..., 0] ** 2))
