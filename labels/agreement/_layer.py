"""One layer of units for the unitizing coefficients, which forbid that units of one person overlap.

Each fragment is a unit, because the words between two fragments were not marked. Of one label, units of one
person that overlap are taken as one, from the first begin to the last end: of nested ones, the outermost. Of all
labels together only the outermost unit counts at any place; how many are left out is said beside the figure.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ._continuum import cut
from ._corpus import Corpus, Floats, Ints, added
from ._matching import meeting


@dataclass(frozen=True, slots=True)
class Layer:
    """Units by person, article and value (1 and up; 0 is the gap), on the line of code points.

    `lost` counts, by article and annotator, units inside or across others that are none of their own.
    """

    annotator: Ints
    article: Ints
    value: Ints
    starts: Ints
    stops: Ints
    values: int
    lost: Floats


def of_label(corpus: Corpus, label: int | None) -> Layer:
    """Return one label's units, overlapping ones as one; without a label those of any, all with one value."""
    return corpus.once(("layer", label), lambda: _of_label(corpus, label))


def _of_label(corpus: Corpus, label: int | None) -> Layer:
    owner = corpus.fragment_span
    which = np.arange(len(owner)) if label is None else np.flatnonzero(corpus.label[owner] == label)
    order = which[np.lexsort((corpus.starts[which], corpus.annotator[owner[which]]))]
    people, starts, stops = (
        corpus.annotator[owner[order]],
        corpus.starts[order],
        corpus.stops[order],
    )
    # Everybody's text behind the one before, so that one running maximum serves all.
    shift = people * (int(corpus.ends.max(initial=0)) + 1)
    reach = np.maximum.accumulate(stops + shift)
    begins = np.append(True, (starts + shift)[1:] >= reach[:-1])[: len(order)]
    first = np.flatnonzero(begins)
    ends = (reach - shift)[np.append(first[1:], len(order)) - 1] if len(first) else stops
    article = corpus.article[owner[order]]
    return Layer(
        people[first],
        article[first],
        np.ones(len(first), dtype=np.int64),
        starts[first],
        ends,
        values=1,
        lost=_lost(corpus, article[~begins], people[~begins]),
    )


def _lost(corpus: Corpus, article: Ints, annotator: Ints) -> Floats:
    shape = corpus.labelled.shape
    place = article * shape[1] + annotator
    return added(place, minlength=shape[0] * shape[1]).reshape(shape)


def outermost(corpus: Corpus) -> Layer:
    """Return the outermost units of all labels, each with its label (and one more) as value."""
    return corpus.once("outermost", lambda: _outermost(corpus))


def _outermost(corpus: Corpus) -> Layer:
    owner = corpus.fragment_span
    people, labels = corpus.annotator[owner], corpus.label[owner]
    order = np.lexsort((labels, -corpus.stops, corpus.starts, people))
    kept: list[int] = []
    who, reach = -1, 0
    for number, person, start, stop in zip(
        order.tolist(),
        people[order].tolist(),
        corpus.starts[order].tolist(),
        corpus.stops[order].tolist(),
        strict=True,
    ):
        if person != who or start >= reach:
            kept.append(number)
            who, reach = person, stop
    chosen = np.array(kept, dtype=np.int64)
    rest = np.setdiff1d(order, chosen, assume_unique=True)
    return Layer(
        people[chosen],
        corpus.article[owner[chosen]],
        labels[chosen] + 1,
        corpus.starts[chosen],
        corpus.stops[chosen],
        values=len(corpus.labels),
        lost=_lost(corpus, corpus.article[owner[rest]], people[rest]),
    )


def valued(corpus: Corpus, layer: Layer) -> tuple[Ints, Ints, Ints]:
    """Return the article and weight of each piece of text, and by piece and person the value it was given."""
    return corpus.once(("valued", id(layer)), lambda: _valued(corpus, layer))


def _valued(corpus: Corpus, layer: Layer) -> tuple[Ints, Ints, Ints]:
    cuts, article, weight = cut(corpus.bases, corpus.ends, layer.starts, layer.stops)
    change = np.zeros((len(cuts) + 1, len(corpus.annotators)), dtype=np.int64)
    # Nobody begins two units, or ends two, at one place; who ends one may begin the next there.
    change[np.searchsorted(cuts, layer.starts), layer.annotator] += layer.value
    change[np.searchsorted(cuts, layer.stops), layer.annotator] -= layer.value
    values = np.cumsum(change[:-1], axis=0, dtype=np.int64)
    keep = weight > 0
    return article[keep], weight[keep], values[keep]


def met(corpus: Corpus, layer: Layer, one: int, two: int) -> Floats:
    """Return by article the text to which one person gave value c and another k, as `[article, c, k]`."""
    if one > two:
        return met(corpus, layer, two, one).transpose(0, 2, 1)
    return corpus.once(("met", id(layer), one, two), lambda: _met(corpus, layer, one, two))


def _met(corpus: Corpus, layer: Layer, one: int, two: int) -> Floats:
    article, weight, given = valued(corpus, layer)
    values, rows = layer.values + 1, len(corpus.bases)
    place = (article * values + given[:, one]) * values + given[:, two]
    found = added(place, weights=weight, minlength=rows * values**2)
    return found.reshape(rows, values, values)


def squares(corpus: Corpus, layer: Layer, annotator: int) -> Floats:
    """Return by article and value the squared lengths of somebody's units; of the gap its plain length."""
    return corpus.once(
        ("squares", id(layer), annotator), lambda: _squares(corpus, layer, annotator)
    )


def _squares(corpus: Corpus, layer: Layer, annotator: int) -> Floats:
    values, rows = layer.values + 1, len(corpus.bases)
    mine = layer.annotator == annotator
    length = (layer.stops - layer.starts)[mine].astype(np.float64)
    article = layer.article[mine]
    place = article * values + layer.value[mine]
    found = added(place, weights=length**2, minlength=rows * values).reshape(rows, values)
    found[:, 0] = corpus.ends - corpus.bases - added(article, length, minlength=rows)
    return found


def shared_squares(corpus: Corpus, layer: Layer, one: int, two: int) -> Floats:
    """Return by article and value, without the gap, the squared lengths on which one's units meet the other's."""
    key = "shared squares", id(layer), one, two
    return corpus.once(key, lambda: _shared_squares(corpus, layer, one, two))


def _shared_squares(corpus: Corpus, layer: Layer, one: int, two: int) -> Floats:
    mine, theirs = (np.flatnonzero(layer.annotator == each) for each in (one, two))
    left, right = meeting(
        layer.starts[mine], layer.stops[mine], layer.starts[theirs], layer.stops[theirs]
    )
    both = np.minimum(layer.stops[mine[left]], layer.stops[theirs[right]]) - np.maximum(
        layer.starts[mine[left]], layer.starts[theirs[right]]
    )
    length = added(left, weights=both, minlength=len(mine))
    place = layer.article[mine] * layer.values + layer.value[mine] - 1
    rows = len(corpus.bases)
    found = added(place, weights=length**2, minlength=rows * layer.values)
    return found.reshape(rows, layer.values)
