"""Agreement on every word's category, for the coefficients that correct it for chance."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from ..words import noted
from ._continuum import categories, marked, pieces, weighed
from ._corpus import Corpus, Floats, added
from ._tally import NO_ARTICLE, Coefficient, Tally, ratio

ONE_VALUE = noted("No variation: everybody put every word into the same category.")


def why(sums: Floats) -> str:
    """Say what stands in the way of a coefficient."""
    return ONE_VALUE if sums[0] > 0 else NO_ARTICLE


def observed(sums: Floats) -> Floats:
    """Return the share of pairs of judgements that agree."""
    return ratio(sums[..., 1], sums[..., 0])


def words(corpus: Corpus) -> Floats:
    """Count words by article."""
    return np.diff(corpus.word_bases).astype(np.float64)


def agreed(corpus: Corpus, one: int, two: int, kind: int | None) -> Floats:
    """Return by article on how many words two people agree."""
    return corpus.once(("agreed", one, two, kind), lambda: _agreed(corpus, one, two, kind))


def _agreed(corpus: Corpus, one: int, two: int, kind: int | None) -> Floats:
    if kind is not None:
        mine, theirs, both = (
            marked(corpus, "token", *pair)[:, kind] for pair in ((one, one), (two, two), (one, two))
        )
        return words(corpus) - mine - theirs + 2 * both
    found, (codes, _many) = pieces(corpus, "token"), categories(corpus, kind)
    return weighed(corpus, found, codes[:, one] == codes[:, two])


def margins(corpus: Corpus, annotator: int, kind: int | None) -> Floats:
    """Return by article how many words somebody put into each category."""
    return corpus.once(("margins", annotator, kind), lambda: _margins(corpus, annotator, kind))


def _margins(corpus: Corpus, annotator: int, kind: int | None) -> Floats:
    if kind is not None:
        mine = marked(corpus, "token", annotator, annotator)[:, kind]
        return np.column_stack([words(corpus) - mine, mine])
    found, (codes, many) = pieces(corpus, "token"), categories(corpus, kind)
    place, rows = found.article * many + codes[:, annotator], len(corpus.bases)
    counts = added(place, weights=found.weight, minlength=rows * many)
    return counts.reshape(rows, many)


def table(corpus: Corpus, group: Sequence[int], kind: int | None) -> Floats:
    """Return by article: words, agreement on them, and each category's share of judgements, summed over words.

    A word counts in full however many have judged it; words of articles that one person labelled do not.
    """
    return corpus.once(("words", tuple(group), kind), lambda: _table(corpus, group, kind))


def _table(corpus: Corpus, group: Sequence[int], kind: int | None) -> Floats:
    judges = corpus.labelled[:, list(group)].astype(np.float64)
    number = judges.sum(axis=1)
    judged = number > 1
    agreement = np.zeros(len(corpus.bases))
    for one, two in combinations(group, 2):
        both = corpus.labelled[:, one] & corpus.labelled[:, two]
        agreement += np.where(both, agreed(corpus, one, two, kind), 0)
    shares = np.zeros((len(corpus.bases), categories(corpus, kind)[1]))
    for column, annotator in enumerate(group):
        part = judged * judges[:, column] / np.maximum(number, 1)
        shares += margins(corpus, annotator, kind) * part[:, np.newaxis]
    pairs = np.maximum(number * (number - 1) / 2, 1)
    return np.column_stack([words(corpus) * judged, agreement / pairs, shares])


def tally(rows: Floats, coefficient: Coefficient) -> Tally:
    """Return a coefficient of rows as `table` gives them."""
    return Tally(
        rows,
        coefficient,
        n=lambda sums: sums[..., 0],
        why=why,
        observed=observed,
        prevalence=lambda sums: ratio(
            sums[..., 2:].max(axis=-1, initial=0), sums[..., 2:].sum(axis=-1)
        ),
    )
