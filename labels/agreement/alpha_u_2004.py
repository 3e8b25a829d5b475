"""Krippendorff's alpha_U as of 2004, any number of people.

For comparison with studies that report it; for new work take u-alpha. How far people mark the same units of each
label, where the squared differences of both ends count and a unit that somebody left out costs its squared
length. It depends on the unit of length, which is the code point here.

alpha_U = 1 - sum of Do / sum of De (Krippendorff 1995 and 2004, p. 251). The chance is that of units put anywhere
in their own article; the sums go over articles and labels. Overlapping units of one person and label count as
one, each fragment as a unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from ..records import Remark
from ..words import noted
from ._corpus import Corpus, Floats, Ints, added
from ._layer import Layer, of_label
from ._matching import meeting
from ._tally import NOBODY, Tally, beyond_disorder
from ._unitizing import left_out

OVER = "labels"
PAIRS_ONLY = False
OF_LENGTH = noted(
    "It depends on the unit of length, which is the code point here: by words or seconds it would be another."
)
NO_OTHER_WAY = noted("No variation: there is no other way to put these units.")
MATCHING = "Units that overlap, by their ends in code points; overlapping units of one person and label as one."


def tallies(corpus: Corpus, group: Sequence[int], kind: int | None) -> Iterator[Tally]:
    """Yield the one tally: units, observed and expected disagreement times the squared length of the text."""
    labels = range(len(corpus.labels)) if kind is None else [kind]
    rows = np.zeros((len(corpus.bases), 3))
    for label in labels:
        key = "alpha_u_2004", tuple(group), label
        rows += corpus.once(key, lambda label=label: _rows(corpus, of_label(corpus, label), group))  # type: ignore[misc]
    yield Tally(
        rows,
        lambda sums: beyond_disorder(sums[..., 1], sums[..., 2]),
        n=lambda sums: sums[..., 0],
        why=lambda sums: NO_OTHER_WAY if sums[0] else NOBODY,
        warnings=(
            Remark(OF_LENGTH),
            *(left_out(corpus, of_label(corpus, kind), group) if kind is not None else ()),
        ),
    )


def _rows(corpus: Corpus, layer: Layer, group: Sequence[int]) -> Floats:
    number = corpus.labelled[:, list(group)].sum(axis=1)
    mine = np.isin(layer.annotator, list(group)) & (number[layer.article] > 1)
    article, size = layer.article[mine], (layer.stops - layer.starts)[mine]
    rows = len(corpus.bases)
    count = added(article, minlength=rows).astype(np.float64)
    observed = sum(differences(corpus, layer, *pair) for pair in combinations(group, 2))
    pairs = np.maximum(number * (number - 1), 1)
    return np.column_stack(
        [count, observed / pairs, _expected(corpus, layer, group, article, size, count)]
    )


def differences(corpus: Corpus, layer: Layer, one: int, two: int) -> Floats:
    """Return by article the squared differences of two people's units, both ways round."""
    key = "differences", id(layer), one, two
    return corpus.once(key, lambda: _differences(corpus, layer, one, two))


def _differences(corpus: Corpus, layer: Layer, one: int, two: int) -> Floats:
    rows = len(corpus.bases)
    shared = corpus.shared((one, two))
    mine, theirs = (np.flatnonzero(layer.annotator == each) for each in (one, two))
    left, right = meeting(
        layer.starts[mine], layer.stops[mine], layer.starts[theirs], layer.stops[theirs]
    )
    left, right = mine[left], theirs[right]
    apart = (layer.starts[left] - layer.starts[right]) ** 2 + (
        layer.stops[left] - layer.stops[right]
    ) ** 2
    lonely = np.zeros(len(layer.starts), dtype=np.bool_)
    lonely[mine] = lonely[theirs] = True
    lonely[left] = lonely[right] = False
    alone = np.flatnonzero(lonely)
    missed = (layer.stops[alone] - layer.starts[alone]) ** 2
    found = added(layer.article[left], weights=apart, minlength=rows)
    found += added(layer.article[alone], weights=missed, minlength=rows)
    return np.where(shared, 2 * found, 0)


def _expected(
    corpus: Corpus, layer: Layer, group: Sequence[int], article: Ints, size: Ints, count: Floats
) -> Floats:
    """Return by article De times the squared length of the text."""
    rows = len(corpus.bases)
    where, gap = _gaps(corpus, layer, group)
    length = (corpus.ends - corpus.bases).astype(np.float64)
    number = corpus.labelled[:, list(group)].sum(axis=1)
    exact = size.astype(np.float64)
    overlapping = (count[article] - 1) / 3 * (2 * exact**3 - 3 * exact**2 + exact)
    missing = exact**2 * _room(article, size, where, gap)
    above = added(article, weights=overlapping + missing, minlength=rows)
    together = number * length
    below = together * (together - 1) - added(article, weights=exact * (exact - 1), minlength=rows)
    return np.where(below > 0, 2 * length * above / np.maximum(below, 1), 0)


def _room(article: Ints, size: Ints, where: Ints, gap: Ints) -> Floats:
    """Return for each unit in how many ways it fits into the gaps of its article: sum of h - l + 1 for h >= l."""
    most = int(max(gap.max(initial=0), size.max(initial=0))) + 1
    order = np.argsort(where * most + gap)
    keys, lengths = (where * most + gap)[order], gap[order]
    behind = np.append(0, np.cumsum(lengths + 1))
    first = np.searchsorted(keys, article * most + size, side="left")
    last = np.searchsorted(keys, (article + 1) * most, side="left")
    found: Floats = (behind[last] - behind[first] - (last - first) * size).astype(np.float64)
    return found


def _gaps(corpus: Corpus, layer: Layer, group: Sequence[int]) -> tuple[Ints, Ints]:
    """Return the article and length of each stretch that somebody of the group did not mark."""
    found = [
        corpus.once(("gaps", id(layer), each), lambda each=each: _gaps_of(corpus, layer, each))  # type: ignore[misc]
        for each in group
    ]
    article, length = (np.concatenate(each) for each in zip(*found, strict=True))
    return article, length


def _gaps_of(corpus: Corpus, layer: Layer, annotator: int) -> tuple[Ints, Ints]:
    mine = layer.annotator == annotator
    texts = np.flatnonzero(corpus.labelled[:, annotator])
    begins = np.sort(np.concatenate([corpus.bases[texts], layer.stops[mine]]))
    ends = np.sort(np.concatenate([corpus.ends[texts], layer.starts[mine]]))
    where = np.searchsorted(corpus.bases, begins, side="right") - 1
    long = ends > begins
    return where[long], (ends - begins)[long]
