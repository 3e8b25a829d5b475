"""What people called the same unit: labels of one against labels of the other, and what only one has marked.

And what they said of their units: how often each gave which value.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ._corpus import Codes, Corpus, Floats, Ints, added
from ._matching import by_overlap, units


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


def together(corpus: Corpus, group: Sequence[int], *, any_label: bool) -> Ints:
    """Return all units of several people in articles that two of them have labelled: a row each, -1 for nothing.

    Those that two have are the units that alpha compares; after them come those of one person alone.
    """
    if len(group) < 2:  # noqa: PLR2004 - nobody to compare with
        return np.empty((0, len(group)), dtype=np.int64)
    met = units(corpus, group, any_label=any_label)
    alone = np.flatnonzero(np.isin(corpus.annotator, group) & corpus.shared(group)[corpus.article])
    alone = np.setdiff1d(alone, met)
    rows = np.full((len(alone), len(group)), -1, dtype=np.int64)
    place = np.zeros(len(corpus.annotators), dtype=np.int64)
    place[list(group)] = np.arange(len(group))
    rows[np.arange(len(alone)), place[corpus.annotator[alone]]] = alone
    return np.concatenate([met, rows])


def confusion(corpus: Corpus, one: int, two: int) -> Floats:
    """Count pairs by label of one, in rows, and of the other; the last row and column are of no partner."""
    left, right = pairs(corpus, one, two)
    many = len(corpus.labels)
    labels = np.append(corpus.label, many)
    place = labels[left] * (many + 1) + labels[right]
    return added(place, minlength=(many + 1) ** 2).reshape(many + 1, many + 1)


def said(corpus: Corpus) -> list[tuple[Codes, Ints]]:
    """Return for each attribute how often each annotator gave each of its values, as `[annotator, value]`."""
    people, found = len(corpus.annotators), []
    for codes in corpus.attributes:
        given = np.flatnonzero(codes.of_span >= 0)
        many = len(codes.values)
        place = corpus.annotator[given] * many + codes.of_span[given]
        counts = added(place, minlength=people * many).reshape(people, many)
        found.append((codes, counts.astype(np.int64)))
    return found
