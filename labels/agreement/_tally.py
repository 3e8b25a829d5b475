"""What a measure counts in each article, and what becomes of the counts when they are summed.

All measures are pooled: their counts are added over articles, and the coefficient is taken once of the sums.
So a bootstrap over articles adds other articles, and never looks at a span again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ..records import Remark
from ..words import noted
from ._corpus import Corpus, Floats, Ints, added

Coefficient = Callable[[Floats], Floats]
"""Takes sums in its last axis, gives values without it; NaN where there is none."""

NOBODY = noted("Nobody marked anything of this kind.")
ONE_PERSON = noted("Only one person has labelled these articles.")
NO_ARTICLE = noted("No article was labelled by two of these people.")


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts by article, `rows[article, count]`, and how to read their sums.

    `observed`, `prevalence` and `coverage` read shares from the sums, `n` how many were compared. `why` says of
    sums that give no value why they do not; `warnings` and, of the sums, `remarks` are to be said beside it.
    """

    rows: Floats
    coefficient: Coefficient
    n: Coefficient
    why: Callable[[Floats], str]
    observed: Coefficient | None = None
    prevalence: Coefficient | None = None
    attribute: str | None = None
    level: str | None = None
    coverage: Coefficient | None = None
    warnings: tuple[Remark, ...] = ()
    remarks: Callable[[Floats], Iterable[Remark]] | None = None


def ratio(above: Floats, below: Floats) -> Floats:
    """Divide, with NaN where there is nothing to divide by."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.where(below > 0, above / below, np.nan)
    return found


def beyond_chance(observed: Floats, expected: Floats) -> Floats:
    """Return (Ao - Ae) / (1 - Ae); NaN where chance alone would agree always."""
    room = 1 - expected
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.where(room > 1e-12, (observed - expected) / room, np.nan)  # noqa: PLR2004 - rounding
    return found


def beyond_disorder(observed: Floats, expected: Floats) -> Floats:
    """Return 1 - Do / De; NaN where no disagreement could be expected."""
    return 1 - ratio(observed, np.where(expected > 1e-12, expected, 0))  # noqa: PLR2004 - rounding


def column(number: int) -> Coefficient:
    """Return the reader of one sum."""
    return lambda sums: sums[..., number]


def f1(both: Floats, one: Floats, two: Floats) -> Tally:
    """Return F1 = 2 both / (one + two), from counts by article."""
    return Tally(
        np.stack([both, one + two], axis=1).astype(np.float64),
        lambda sums: ratio(2 * sums[..., 0], sums[..., 1]),
        n=column(1),
        why=lambda _sums: NOBODY,
    )


def pooled(
    corpus: Corpus, group: Sequence[int], count: Callable[[int, int], tuple[Floats, Floats, Floats]]
) -> Tally:
    """Return F1 over all pairs of a group, each in the articles that both have labelled."""
    parts = [_shared(corpus, pair, count(*pair)) for pair in combinations(group, 2)]
    both, one, two = (sum(each) for each in zip(*parts, strict=True))
    return f1(both, one, two)


def _shared(
    corpus: Corpus, pair: Sequence[int], counts: tuple[Floats, Floats, Floats]
) -> list[Floats]:
    shared = corpus.shared(pair)
    return [np.where(shared, each, 0).astype(np.float64) for each in counts]


def summed(table: Floats, label: int | None) -> Floats:
    """Return the column of a label of a table by article and label, or all of them together."""
    found: Floats = table.sum(axis=1) if label is None else table[:, label]
    return found


def counted(corpus: Corpus, article: Ints, label: Ints, weights: Floats | None = None) -> Floats:
    """Count, or sum weights, by article and label."""
    shape = len(corpus.bases), len(corpus.labels)
    place = article * shape[1] + label
    found = added(place, weights=weights, minlength=shape[0] * shape[1])
    return found.reshape(shape)
