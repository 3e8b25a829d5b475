"""Boundary similarity, the ends of spans alone.

How far people begin and end spans at the same words, whichever begin belongs to which end. A boundary one word
off costs half; one that the other lacks costs in full; a boundary of another kind at the same place counts as
one substitution. 1 means that all boundaries are the same. For experts: it is not corrected for chance.

B = 1 - (A + T + S) / (A + all T + all S + matches), with additions A, transpositions over less than two words and
substitutions (Fournier 2013, boundary edit distance with n_t = 2). Kinds of boundary are label and side.
Several people: over all pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ._continuum import stretches
from ._corpus import Corpus, Flags, Floats, Ints, added
from ._tally import NOBODY, Tally, counted, ratio, summed

OVER = "labels"
PAIRS_ONLY = False
MATCHING = "Begins and ends of spans between the same two words; one word off counts half."
NEAR_MISS = 0.5


def tallies(corpus: Corpus, group: Sequence[int], kind: int | None) -> Iterator[Tally]:
    """Yield the one tally: matches, near misses, substitutions and additions."""
    rows = np.zeros((len(corpus.bases), 4))
    for one, two in combinations(group, 2):
        edits = corpus.once(("edits", one, two), lambda one=one, two=two: _edits(corpus, one, two))  # type: ignore[misc]
        rows += edits.of(kind) * corpus.shared((one, two))[:, np.newaxis]
    yield Tally(
        rows,
        similarity,
        n=lambda sums: sums.sum(axis=-1),
        why=lambda _sums: NOBODY,
        observed=lambda sums: ratio(sums[..., 0], sums.sum(axis=-1)),
    )


def similarity(sums: Floats) -> Floats:
    """Return B of matches, near misses, substitutions and additions."""
    wrong = NEAR_MISS * sums[..., 1] + sums[..., 2] + sums[..., 3]
    return 1 - ratio(wrong, sums.sum(axis=-1))


@dataclass(frozen=True, slots=True)
class Edits:
    """What two people's boundaries need to become the same.

    By article and label: matches, near misses and what is left; of this, in pairs, what is a substitution within
    a label, and by article alone what is one whatever the labels.
    """

    matches: Floats
    near: Floats
    left: Floats
    within: Floats
    across: Floats

    def of(self, kind: int | None) -> Floats:
        """Return by article matches, near misses, substitutions and additions."""
        matches, near, left = (summed(each, kind) for each in (self.matches, self.near, self.left))
        swapped = self.across if kind is None else self.within[:, kind]
        return np.column_stack([matches, near, swapped, left - 2 * swapped])


def _edits(corpus: Corpus, one: int, two: int) -> Edits:
    mine, theirs = (boundaries_of(corpus, each) for each in (one, two))
    both = np.sort(np.concatenate([2 * mine, 2 * theirs + 1]))
    boundaries, owner = both >> 1, (both & 1) == 0
    same = np.append(boundaries[1:] == boundaries[:-1], False)[: len(boundaries)]
    rest = ~(same | np.append(False, same)[: len(same)])
    left, owner = boundaries[rest], owner[rest]
    near = _near(left, owner)
    return Edits(
        _table(corpus, boundaries[same]),
        _table(corpus, left[near]) / 2,
        _table(corpus, left[~near]),
        *_substitutions(corpus, left[~near], owner[~near]),
    )


def _table(corpus: Corpus, boundaries: Ints, weights: Floats | None = None) -> Floats:
    labels = boundaries // (2 * _width(corpus))
    return counted(corpus, _article(corpus, boundaries), labels, weights)


def _substitutions(corpus: Corpus, left: Ints, owner: Flags) -> tuple[Floats, Floats]:
    """Count places at which both have a boundary and of another kind: by label, and over all labels."""
    width = _width(corpus)
    kind = left // width
    labelled, swaps = _swapped((kind >> 1) * 2 * width + left % width, owner)
    within = _table(corpus, labelled, swaps)
    places, swaps = _swapped(left % width, owner)
    rows = len(corpus.bases)
    return within, added(_article(corpus, places), weights=swaps, minlength=rows)


def _swapped(places: Ints, owner: Flags) -> tuple[Ints, Floats]:
    """Return each place with how many pairs of boundaries of both people it has."""
    found, where = np.unique(places, return_inverse=True)
    first = added(where, weights=owner, minlength=len(found))
    return found, np.minimum(first, added(where, weights=~owner, minlength=len(found)))


def _width(corpus: Corpus) -> int:
    """Return how many places there are: one before each word and one at the end of each article, with room."""
    return len(corpus.word_starts) + 2 * len(corpus.bases) + 2


def boundaries_of(corpus: Corpus, annotator: int) -> Ints:
    """Return the boundaries of somebody's fragments, ascending: each a number made of its kind and its place."""
    return corpus.once(("boundaries", annotator), lambda: _boundaries(corpus, annotator))


def _boundaries(corpus: Corpus, annotator: int) -> Ints:
    starts, stops = stretches(corpus, "token")
    owner = corpus.fragment_span
    mine = (corpus.annotator[owner] == annotator) & (stops > starts)
    label, shift = corpus.label[owner[mine]], 2 * corpus.article[owner[mine]]
    width = _width(corpus)
    begins = 2 * label * width + starts[mine] + shift
    return np.unique(np.concatenate([begins, (2 * label + 1) * width + stops[mine] + shift]))


def _article(corpus: Corpus, boundaries: Ints) -> Ints:
    bases = corpus.word_bases[:-1] + 2 * np.arange(len(corpus.bases))
    return np.searchsorted(bases, boundaries % _width(corpus), side="right") - 1


def _near(left: Ints, owner: Flags) -> Flags:
    """Tell which boundaries pair with the other's one word further, from the left, each once."""
    if not len(left):
        return np.zeros(0, dtype=np.bool_)
    joins = (np.diff(left) == 1) & (owner[1:] != owner[:-1])
    begins = np.append(True, ~joins)
    run = np.maximum.accumulate(np.where(begins, np.arange(len(left)), 0))
    step = np.arange(len(left)) - run
    last = np.append(np.flatnonzero(begins)[1:], len(left)) - 1
    size = (last - np.flatnonzero(begins) + 1)[np.cumsum(begins) - 1]
    found: Flags = (step < size - 1) | (step % 2 == 1)
    return found
