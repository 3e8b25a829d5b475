"""Which spans of two people are the same unit.

`exactly` pairs spans with the same fragments; `by_overlap` pairs those that share text, one to one: of all
pairs the one that shares most code points first, of equals the one that differs least, then the first in the
text, then the first in the alphabet of labels. Both are the same whichever of the two is called first.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from ._corpus import Corpus, Flags, Floats, Ints, added
from ._tally import counted

MOST_ALIKE = 2**20
"""More spans than one person gives the same label and fragments."""


def meeting(starts: Ints, stops: Ints, others: Ints, others_stops: Ints) -> tuple[Ints, Ints]:
    """Return all pairs of intervals `[start, stop)` that share a place, by their numbers on both sides."""
    order = np.argsort(others, kind="stable")
    reach = np.maximum.accumulate(others_stops[order])
    low = np.searchsorted(reach, starts, side="right")
    count = np.maximum(np.searchsorted(others[order], stops, side="left") - low, 0)
    left = np.repeat(np.arange(len(starts)), count)
    within = np.arange(len(left)) - np.repeat(np.cumsum(count) - count, count)
    right = order[np.repeat(low, count) + within]
    keep = others_stops[right] > starts[left]
    return left[keep], right[keep]


def shapes(corpus: Corpus) -> Ints:
    """Return a number for each span: the same for the same fragments; it ascends in the text."""
    return corpus.once("shapes", lambda: _shapes(corpus))


def _shapes(corpus: Corpus) -> Ints:
    first, last = corpus.first[:-1], corpus.first[1:] - 1
    rest = np.zeros(len(first), dtype=np.int64)
    several = np.flatnonzero(last > first)
    starts, stops = corpus.starts.tolist(), corpus.stops.tolist()
    inner = [
        (*stops[begin:end], *starts[begin + 1 : end + 1])
        for begin, end in zip(first[several].tolist(), last[several].tolist(), strict=True)
    ]
    ranks = {places: rank for rank, places in enumerate(sorted(set(inner)), start=1)}
    rest[several] = [ranks[places] for places in inner]
    rows = np.stack([corpus.starts[first], corpus.stops[last], rest])
    order = np.lexsort(rows[::-1])
    differs = (np.diff(rows[:, order], axis=1) != 0).any(axis=0)
    shape = np.zeros(len(first), dtype=np.int64)
    shape[order[1:]] = np.cumsum(differs)
    return shape


def lengths(corpus: Corpus) -> Ints:
    """Return the code points of each span, all its fragments together."""
    return corpus.once("lengths", lambda: _lengths(corpus))


def _lengths(corpus: Corpus) -> Ints:
    behind = np.append(0, np.cumsum(corpus.stops - corpus.starts))
    found: Ints = behind[corpus.first[1:]] - behind[corpus.first[:-1]]
    return found


def exactly(corpus: Corpus, one: int, two: int) -> tuple[Ints, Ints]:
    """Pair the spans of two people that have the same label and fragments."""
    return corpus.once(("exactly", one, two), lambda: _exactly(corpus, one, two))


def _exactly(corpus: Corpus, one: int, two: int) -> tuple[Ints, Ints]:
    units = same_units(corpus)
    mine, theirs = (_of(corpus, each) for each in (one, two))
    left, right = _numbered(units[mine]), _numbered(units[theirs])
    _same, at, other = np.intersect1d(left, right, assume_unique=True, return_indices=True)
    return mine[at], theirs[other]


def same_units(corpus: Corpus) -> Ints:
    """Return a number for each span: the same for the same label and fragments."""
    return shapes(corpus) * max(len(corpus.labels), 1) + corpus.label


def _of(corpus: Corpus, annotator: int) -> Ints:
    return np.flatnonzero(corpus.annotator == annotator)


def _numbered(units: Ints) -> Ints:
    """Tell equals apart: the second of a unit pairs with the second of the other side."""
    order = np.argsort(units, kind="stable")
    ordered = units[order]
    begins = np.append(True, ordered[1:] != ordered[:-1]) if len(units) else np.array([], np.bool_)
    begun = np.maximum.accumulate(np.where(begins, np.arange(len(units)), 0))
    nth = np.empty_like(units)
    nth[order] = np.arange(len(units)) - begun
    return units * MOST_ALIKE + nth


def overlaps(corpus: Corpus, one: int, two: int) -> tuple[Ints, Ints, Ints]:
    """Return the pairs of two people's spans that share text, whatever their labels, and how many code points."""
    return corpus.once(("overlaps", one, two), lambda: _overlaps(corpus, one, two))


def _overlaps(corpus: Corpus, one: int, two: int) -> tuple[Ints, Ints, Ints]:
    owner = corpus.fragment_span
    mine = np.flatnonzero(corpus.annotator[owner] == one)
    theirs = np.flatnonzero(corpus.annotator[owner] == two)
    left, right = meeting(
        corpus.starts[mine], corpus.stops[mine], corpus.starts[theirs], corpus.stops[theirs]
    )
    left, right = mine[left], theirs[right]
    size = np.minimum(corpus.stops[left], corpus.stops[right]) - np.maximum(
        corpus.starts[left], corpus.starts[right]
    )
    pair = owner[left] * len(corpus.article) + owner[right]
    pairs, place = np.unique(pair, return_inverse=True)
    shared = added(place, weights=size, minlength=len(pairs)).astype(np.int64)
    return pairs // max(len(corpus.article), 1), pairs % max(len(corpus.article), 1), shared


def by_overlap(corpus: Corpus, one: int, two: int, *, any_label: bool = False) -> tuple[Ints, Ints]:
    """Pair two people's spans one to one by what they share; with the same label unless any will do."""
    key = "by overlap", one, two, any_label
    return corpus.once(key, lambda: _by_overlap(corpus, one, two, any_label=any_label))


def _by_overlap(corpus: Corpus, one: int, two: int, *, any_label: bool) -> tuple[Ints, Ints]:
    left, right = wanted(corpus, (one, two), any_label=any_label)
    chosen = one_to_one(left, right)
    return left[chosen], right[chosen]


def wanted(corpus: Corpus, group: Sequence[int], *, any_label: bool) -> tuple[Ints, Ints]:
    """Return all pairs of spans of several people that share text, in the order in which they are taken."""
    key = "best first", tuple(group)
    left, right = corpus.once(key, lambda: _best_first(corpus, group))
    if any_label:
        return left, right
    same = corpus.label[left] == corpus.label[right]
    return left[same], right[same]


def partners(corpus: Corpus, one: int, two: int) -> Floats:
    """Count the pairs of `by_overlap` by article and label."""

    def count() -> Floats:
        mine, _theirs = by_overlap(corpus, one, two)
        return counted(corpus, corpus.article[mine], corpus.label[mine])

    return corpus.once(("partners", one, two), count)


def _best_first(corpus: Corpus, group: Sequence[int]) -> tuple[Ints, Ints]:
    left, right, shared = (
        np.concatenate(each)
        for each in zip(*(overlaps(corpus, *pair) for pair in combinations(group, 2)), strict=True)
    )
    size, shape = lengths(corpus), shapes(corpus)
    differs = size[left] + size[right] - 2 * shared
    unlike = corpus.label[left] != corpus.label[right]
    places, labels = int(shape.max(initial=0)) + 1, len(corpus.labels)
    place, label = (
        np.minimum(each[left], each[right]) * many + np.maximum(each[left], each[right])
        for each, many in ((shape, places), (corpus.label, labels))
    )
    worst = int(differs.max(initial=0)) + 1
    value = (differs - shared * worst) * 2 + unlike
    order = np.argsort(place * labels**2 + label, kind="stable")
    # A number for each pair that no other has, so that the quicker sort, which may swap equals, does.
    order = order[np.argsort(value[order] * len(order) + np.arange(len(order)))]
    return left[order], right[order]


def one_to_one(left: Ints, right: Ints) -> Ints:
    """Take pairs in their order, none with an end that is taken; return their numbers.

    Round by round all pairs that are the first for both their ends: the same as one by one.
    """
    taken = [np.empty(0, dtype=np.int64)]
    order = np.arange(len(left))
    spans = int(max(left.max(initial=0), right.max(initial=0))) + 1
    while len(order):
        one, two = left[order], right[order]
        best = _firsts(one, spans) & _firsts(two, spans)
        taken.append(order[best])
        gone = np.zeros((2, spans), dtype=np.bool_)
        gone[0, one[best]] = gone[1, two[best]] = True
        order = order[~(gone[0, one] | gone[1, two])]
    return np.concatenate(taken)


def _firsts(numbers: Ints, most: int) -> Flags:
    """Tell which are the first of their number: of several writes to one place the last stays."""
    place = np.arange(len(numbers))
    first = np.zeros(most, dtype=np.int64)
    first[numbers[::-1]] = place[::-1]
    found: Flags = first[numbers] == place
    return found


def units(corpus: Corpus, group: Sequence[int], *, any_label: bool = False) -> Ints:
    """Return the units that several people marked: a row each, with each one's span or -1.

    Pairs are joined best first, as long as nobody comes in twice. Units of one person alone are left out.
    """
    key = "units", tuple(group), any_label
    return corpus.once(key, lambda: _units(corpus, group, any_label=any_label))


def _units(corpus: Corpus, group: Sequence[int], *, any_label: bool) -> Ints:
    if len(group) == 2:  # noqa: PLR2004 - a pair needs no joining
        return np.stack(by_overlap(corpus, group[0], group[1], any_label=any_label), axis=1)
    head = _joined(corpus, *wanted(corpus, group, any_label=any_label))
    several = np.flatnonzero(added(head, minlength=len(head))[head] > 1)
    heads, row = np.unique(head[several], return_inverse=True)
    rows = np.full((len(heads), len(group)), -1, dtype=np.int64)
    place = np.zeros(len(corpus.annotators), dtype=np.int64)
    place[list(group)] = np.arange(len(group))
    rows[row, place[corpus.annotator[several]]] = several
    return rows


def _joined(corpus: Corpus, left: Ints, right: Ints) -> Ints:
    """Join pairs, best first, to groups in which everybody has one span at most; return each span's group.

    Round by round all pairs that are the first for both their groups: the same as one by one.
    """
    spans = len(corpus.article)
    head = np.arange(spans)
    # By group who is in it: a bit each, so that a comparison is of numbers.
    who = np.zeros((len(corpus.annotators) // 64 + 1, spans), dtype=np.uint64)
    who[corpus.annotator // 64, head] = np.uint64(1) << (corpus.annotator % 64).astype(np.uint64)
    while True:
        one, two = head[left], head[right]
        fits = one != two
        for bits in who:
            fits &= (bits[one] & bits[two]) == 0
        left, right, one, two = left[fits], right[fits], one[fits], two[fits]
        if not len(left):
            return head
        ends = np.stack([one, two], axis=1).reshape(-1)
        first = np.zeros(spans, dtype=np.int64)
        # Of several writes to one place the last stays, which is the best pair's.
        first[ends[::-1]] = np.repeat(np.arange(len(left))[::-1], 2)
        number = np.arange(len(left))
        best = (first[one] == number) & (first[two] == number)
        who[:, one[best]] |= who[:, two[best]]
        moved = np.arange(spans)
        moved[two[best]] = one[best]
        head = moved[head]
