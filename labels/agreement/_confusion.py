"""What people called the same unit: labels of one against labels of the other, and what only one has marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from ._corpus import Corpus, Floats, Ints, added
from ._matching import by_overlap, partners


def pairs(corpus: Corpus, one: int, two: int) -> tuple[Ints, Ints]:
    """Return two people's spans side by side in articles that both have labelled, -1 where there is no partner.

    Units are matched whatever their labels, so that a different label is seen as one.
    """
    mine, theirs = by_overlap(corpus, one, two, any_label=True)
    shared = corpus.shared((one, two))
    left, right = [mine], [theirs]
    for annotator, taken, here, there in ((one, mine, left, right), (two, theirs, right, left)):
        alone = np.flatnonzero((corpus.annotator == annotator) & shared[corpus.article])
        alone = np.setdiff1d(alone, taken, assume_unique=True)
        here.append(alone)
        there.append(np.full(len(alone), -1, dtype=np.int64))
    return np.concatenate(left), np.concatenate(right)


def confusion(corpus: Corpus, one: int, two: int) -> Floats:
    """Count pairs by label of one, in rows, and of the other; the last row and column are of no partner."""
    left, right = pairs(corpus, one, two)
    many = len(corpus.labels)
    labels = np.append(corpus.label, many)
    place = labels[left] * (many + 1) + labels[right]
    return added(place, minlength=(many + 1) ** 2).reshape(many + 1, many + 1)


def by_period(
    corpus: Corpus, pairs: Iterable[Sequence[int]], periods: Sequence[str]
) -> list[tuple[str, float | None, int]]:
    """Return each period with F1 by overlap over some pairs and how many articles they share in it."""
    names, place = np.unique(np.array(periods, dtype=str), return_inverse=True)
    both, whole = np.zeros((2, len(corpus.bases)))
    compared = np.zeros(len(corpus.bases), dtype=np.bool_)
    for one, two in pairs:
        shared = corpus.shared((one, two))
        compared |= shared
        both += np.where(shared, partners(corpus, one, two).sum(axis=1), 0)
        whole += np.where(shared, corpus.spans()[[one, two]].sum(axis=(0, 2)), 0)
    sums = [added(place, each, len(names)) for each in (both, whole, compared)]
    return [
        (str(name), 2 * matched / spans if spans else None, int(articles))
        for name, matched, spans, articles in zip(names, *sums, strict=True)
        if articles
    ]
