"""Krippendorff's alpha: values of units by several people, some missing, on one of several scales.

alpha = 1 - Do/De over the coincidences o(c,k), the pairs of values within each unit over one less than its
values; a unit with one value has none. Where the distance of two values is known beforehand, what each article
adds to Do is one number; on an ordinal scale the distance depends on the margins, so all coincidences are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ..words import noted
from ._corpus import Floats, Ints, Value, added
from ._tally import Coefficient, Tally, beyond_disorder, ratio

NO_VALUES = noted("No matched unit has this attribute from two people.")
MOST_RANKS = 40
"""Values of an ordinal scale; beyond these, keeping all coincidences would take too much memory."""


@dataclass(frozen=True, slots=True)
class Coincidences:
    """Pairs of values, both ways round: their article, the values' numbers and the pair's weight, 1/(m - 1)."""

    articles: int
    article: Ints
    one: Ints
    two: Ints
    weight: Floats

    def same(self) -> Floats:
        """Return by article the weight of pairs that agree."""
        weights = self.weight * (self.one == self.two)
        return added(self.article, weights=weights, minlength=self.articles)


def coincidences(values: Ints, article: Ints, articles: int) -> Coincidences:
    """Pair the values of each unit: `values[unit, person]` is a value's number or -1, `article` is by unit."""
    given = (values >= 0).sum(axis=1)
    found: list[tuple[Ints, Ints, Ints, Floats]] = []
    for one, two in combinations(values.T, 2):
        both = np.flatnonzero((one >= 0) & (two >= 0))
        found.append((article[both], one[both], two[both], 1 / (given[both] - 1)))
    where, left, right, weight = (np.concatenate(each) for each in zip(*found, strict=True))
    return Coincidences(
        articles,
        np.concatenate([where, where]),
        np.concatenate([left, right]),
        np.concatenate([right, left]),
        np.concatenate([weight, weight]),
    )


def alpha(found: Coincidences, distances: Floats) -> Tally:
    """Return the tally of alpha for values whose squared distances are known: Do, then the margins."""
    many, articles = len(distances), found.articles
    apart = found.weight * distances[found.one, found.two]
    disorder = added(found.article, weights=apart, minlength=articles)
    place = found.article * many + found.one
    margins = added(place, weights=found.weight, minlength=articles * many)
    rows = np.column_stack([disorder, found.same(), margins.reshape(articles, many)])
    return _tally(rows, lambda sums: _of_margins(sums, distances), lambda sums: sums[..., 2:])


def _of_margins(sums: Floats, distances: Floats) -> Floats:
    margins = sums[..., 2:]
    total = margins.sum(axis=-1)
    expected = ((margins @ distances) * margins).sum(axis=-1)
    return beyond_disorder(ratio(sums[..., 0], total), ratio(expected, total * (total - 1)))


def ordinal(found: Coincidences, many: int) -> Tally:
    """Return the tally of ordinal alpha for values numbered in their order."""
    articles = found.articles
    place = (found.article * many + found.one) * many + found.two
    table = added(place, weights=found.weight, minlength=articles * many**2)
    rows = np.column_stack([np.zeros(articles), found.same(), table.reshape(articles, many**2)])
    return _tally(
        rows,
        lambda sums: _of_table(sums[..., 2:], many),
        lambda sums: _margins(sums[..., 2:], many),
    )


def _margins(table: Floats, many: int) -> Floats:
    found: Floats = table.reshape((*table.shape[:-1], many, many)).sum(axis=-1)
    return found


def _of_table(table: Floats, many: int) -> Floats:
    pairs = table.reshape((*table.shape[:-1], many, many))
    margins = pairs.sum(axis=-1)
    total = margins.sum(axis=-1)
    # The sum of n_g from c to k less half of n_c and n_k is how far the middles of their ranks lie apart.
    middles = np.cumsum(margins, axis=-1) - margins / 2
    distances = (middles[..., :, np.newaxis] - middles[..., np.newaxis, :]) ** 2
    observed = (pairs * distances).sum(axis=(-2, -1))
    outer = margins[..., :, np.newaxis] * margins[..., np.newaxis, :]
    expected = (outer * distances).sum(axis=(-2, -1))
    return beyond_disorder(ratio(observed, total), ratio(expected, total * (total - 1)))


def _tally(rows: Floats, coefficient: Coefficient, margins: Callable[[Floats], Floats]) -> Tally:
    def total(sums: Floats) -> Floats:
        found: Floats = margins(sums).sum(axis=-1)
        return found

    def why(sums: Floats) -> str:
        if not total(sums):
            return NO_VALUES
        return noted("No variation: everybody gave the same value wherever two gave one.")

    return Tally(
        rows,
        coefficient,
        n=total,
        why=why,
        observed=lambda sums: ratio(sums[..., 1], total(sums)),
        prevalence=lambda sums: ratio(margins(sums).max(axis=-1, initial=0), total(sums)),
    )


def nominal_distances(values: Sequence[Value]) -> Floats:
    """Return 1 for any two different values."""
    return 1 - np.eye(len(values))


def interval_distances(values: Sequence[Value]) -> Floats:
    """Return (c - k)^2."""
    numbers = np.array(values, dtype=np.float64)
    found: Floats = (numbers[:, np.newaxis] - numbers) ** 2
    return found


def ratio_distances(values: Sequence[Value]) -> Floats:
    """Return ((c - k)/(c + k))^2, nothing for two zeros."""
    numbers = np.array(values, dtype=np.float64)
    above, below = numbers[:, np.newaxis] - numbers, numbers[:, np.newaxis] + numbers
    found: Floats = (above / np.where(below == 0, 1, below)) ** 2
    return found


def jaccard_distances(values: Sequence[Value]) -> Floats:
    """Return 1 - |A and B| / |A or B| of sets: Jaccard's distance, as it is."""
    return _of_sets(values, lambda one, two: 1 - len(one & two) / max(len(one | two), 1))


def masi_distances(values: Sequence[Value]) -> Floats:
    """Return 1 - J M of sets: M is 1 for equals, 2/3 where one holds the other, 1/3 where they meet, else 0.

    Passonneau 2006, so that {1, 2} and {1, 2, 3, 4} are 2/3 apart. Other programs scale Jaccard's distance.
    """
    return _of_sets(values, _masi)


def _masi(one: frozenset[str], two: frozenset[str]) -> float:
    both = len(one & two)
    likeness = 1.0 if one == two else 2 / 3 if one <= two or two <= one else 1 / 3
    return 1 - both / max(len(one | two), 1) * likeness


def _of_sets(
    values: Sequence[Value], distance: Callable[[frozenset[str], frozenset[str]], float]
) -> Floats:
    sets = [frozenset(each) for each in values if isinstance(each, tuple)]
    return np.array([[distance(one, two) for two in sets] for one in sets]).reshape(
        len(sets), len(sets)
    )
