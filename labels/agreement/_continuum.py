"""The text as a line of pieces within which nobody begins or ends a mark, in code points or in words.

`inside[piece, annotator, label]` says who has marked a piece with what, however many spans lie there. A word is
marked when a span covers any of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from ._corpus import Corpus, Flags, Floats, Ints, added

Axis = Literal["character", "token"]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces: their article, how many code points or words each has, and who marked it."""

    article: Ints
    weight: Ints
    inside: Flags


def pieces(corpus: Corpus, axis: Axis) -> Pieces:
    """Cut the text at every begin and end of a mark."""
    return corpus.once(("pieces", axis), lambda: _pieces(corpus, axis))


def stretches(corpus: Corpus, axis: Axis) -> tuple[Ints, Ints]:
    """Return where fragments begin and end on an axis; on that of words some are empty."""
    if axis == "character":
        return corpus.starts, corpus.stops
    return corpus.once("words of fragments", lambda: _words(corpus))


def _words(corpus: Corpus) -> tuple[Ints, Ints]:
    return (
        np.searchsorted(corpus.word_stops, corpus.starts, side="right"),
        np.searchsorted(corpus.word_starts, corpus.stops, side="left"),
    )


def _pieces(corpus: Corpus, axis: Axis) -> Pieces:
    starts, stops = stretches(corpus, axis)
    bases, ends = (
        (corpus.bases, corpus.ends)
        if axis == "character"
        else (corpus.word_bases[:-1], corpus.word_bases[1:])
    )
    cuts, article, weight = cut(bases, ends, starts, stops)
    owner = corpus.fragment_span
    shape = len(cuts) + 1, len(corpus.annotators), len(corpus.labels)
    # Between a begin and its end the running sum is above nothing, however marks nest.
    change = np.zeros(shape, dtype=np.int32)
    marks = corpus.annotator[owner], corpus.label[owner]
    np.add.at(change, (np.searchsorted(cuts, starts), *marks), 1)
    np.add.at(change, (np.searchsorted(cuts, stops), *marks), -1)
    inside = np.cumsum(change[:-1], axis=0, out=change[:-1]) > 0
    keep = weight > 0
    return Pieces(article[keep], weight[keep], inside[keep])


def cut(bases: Ints, ends: Ints, starts: Ints, stops: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the places of all cuts, and of the piece from each to the next its article and weight.

    What lies between articles weighs nothing.
    """
    cuts = np.sort(np.concatenate([bases, ends, starts, stops]))
    cuts = cuts[np.append(True, cuts[1:] != cuts[:-1])[: len(cuts)]]
    article = np.maximum(np.searchsorted(bases, cuts, side="right") - 1, 0)
    following = np.append(cuts[1:], cuts[-1:])
    within = cuts < ends[article] if len(ends) else np.zeros(0, dtype=np.bool_)
    return cuts, article, np.where(within, following - cuts, 0)


def weighed(corpus: Corpus, found: Pieces, which: Flags) -> Floats:
    """Sum the weight of some pieces by article."""
    weights = np.where(which, found.weight, 0)
    return added(found.article, weights=weights, minlength=len(corpus.bases))


def marked(corpus: Corpus, axis: Axis, one: int, two: int) -> Floats:
    """Return what two people marked with the same label, by article and label; of one person, what they marked."""
    found = corpus.once(("marked", axis), lambda: _marked(corpus, axis))
    both: Floats = found[:, :, one, two]
    return both


def _marked(corpus: Corpus, axis: Axis) -> Floats:
    """Return what any two people both marked, as `[article, label, person, person]`."""
    found, rows = pieces(corpus, axis), len(corpus.bases)
    first = np.searchsorted(found.article, np.arange(rows + 1)).tolist()
    people = len(corpus.annotators)
    table = np.zeros((rows, len(corpus.labels), people, people))
    for article, (begin, end) in enumerate(pairwise(first)):
        inside = found.inside[begin:end].transpose(2, 1, 0).astype(np.float64)
        np.matmul(inside * found.weight[begin:end], inside.transpose(0, 2, 1), out=table[article])
    return table


def categories(corpus: Corpus, label: int | None) -> tuple[Ints, int]:
    """Return each word's category by annotator, and how many there are.

    Of one label: marked with it or not. Of all: the labels on the word taken together, none of them included.
    """
    inside = pieces(corpus, "token").inside
    if label is not None:
        return inside[:, :, label].astype(np.int64), 2
    return corpus.once("categories", lambda: _combined(inside))


def _combined(inside: Flags) -> tuple[Ints, int]:
    codes = np.zeros(inside.shape[:2], dtype=np.int64)
    for label in range(inside.shape[2]):
        codes = codes * 2 + inside[:, :, label]
        # Made dense after each label, so that no number of labels overflows.
        known = np.bincount(codes.reshape(-1)) > 0
        codes = (np.cumsum(known) - 1)[codes]
    return codes, int(codes.max(initial=0)) + 1
