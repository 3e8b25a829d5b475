"""The family of unitizing alphas of 2016 (Krippendorff, Mathet, Bouvry and Widlöcher).

Observed are the lengths l(c,k) on which one person gives value c and another k, over pairs of people and one
less than their number; value 0 is the gap. Expected are the same lengths if everybody's units were put anywhere,
which takes for each value the squared lengths of its units, Q (of gaps the plain length). Both are sums over
articles, as if these were one text.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import numpy as np

from ..records import Remark
from ..words import noted
from ._corpus import Corpus, Floats, Ints
from ._layer import Layer, met, shared_squares, squares
from ._tally import NOBODY, Coefficient, Tally, ratio

SAME_TEXT = noted("No variation: everybody marked the whole text with one value.")
NO_MEETING = noted("Nobody marked anything where another did.")
ONE_LABEL = noted(
    "No variation: wherever two marked the text, they gave it one and the same label."
)
TOO_LITTLE = noted("Too little was marked to tell what chance would give.")


def table(corpus: Corpus, layer: Layer, group: Sequence[int]) -> Floats:
    """Return by article the lengths l(c,k), a row for each c, then Q for each value."""
    rows, number = len(corpus.bases), corpus.labelled[:, list(group)].sum(axis=1)
    lengths = np.zeros((rows, layer.values + 1, layer.values + 1))
    for one, two in permutations(group, 2):
        lengths += met(corpus, layer, one, two) * _part(corpus, number, one, two)[:, None, None]
    whole = np.zeros((rows, layer.values + 1))
    for each in group:
        counts = corpus.labelled[:, each] & (number > 1)
        whole += squares(corpus, layer, each) * counts[:, None]
    return np.column_stack([lengths.reshape(rows, -1), whole])


def meetings(corpus: Corpus, layer: Layer, group: Sequence[int]) -> Floats:
    """Return the same as `table` of the places alone that both people marked, without the gap.

    Q then sums the squared length on which each unit meets another person's, over one less than their number.
    """
    rows, number = len(corpus.bases), corpus.labelled[:, list(group)].sum(axis=1)
    lengths = np.zeros((rows, layer.values, layer.values))
    whole = np.zeros((rows, layer.values))
    for one, two in permutations(group, 2):
        part = _part(corpus, number, one, two)
        lengths += met(corpus, layer, one, two)[:, 1:, 1:] * part[:, None, None]
        whole += shared_squares(corpus, layer, one, two) * part[:, None]
    return np.column_stack([lengths.reshape(rows, -1), whole])


def _part(corpus: Corpus, number: Ints, one: int, two: int) -> Floats:
    """Return by article what a pair counts: one over one less than its people, or nothing if one is missing."""
    both = corpus.labelled[:, one] & corpus.labelled[:, two]
    return np.where(both, 1 / np.maximum(number - 1, 1), 0)


def read(sums: Floats, values: int) -> tuple[Floats, Floats]:
    """Return the observed lengths and the expected ones, each `[..., c, k]`."""
    observed = sums[..., : values**2].reshape((*sums.shape[:-1], values, values))
    squares = sums[..., values**2 :]
    margins = observed.sum(axis=-1)
    total = margins.sum(axis=-1)[..., np.newaxis, np.newaxis]
    outer = margins[..., :, np.newaxis] * margins[..., np.newaxis, :]
    less = squares[..., np.newaxis] * np.eye(values)
    chance = total * ratio(
        outer - less, total**2 - squares.sum(axis=-1)[..., np.newaxis, np.newaxis]
    )
    return observed, chance


def all_values(sums: Floats, values: int) -> Floats:
    """Return u-alpha, or of `meetings` cu-alpha: one less the lengths that differ over those expected to."""
    observed, chance = read(sums, values)
    total = observed.sum(axis=(-2, -1))
    same = np.trace(observed, axis1=-2, axis2=-1)
    expected = np.trace(chance, axis1=-2, axis2=-1)
    return 1 - over(total - same, total - expected)


def over(observed: Floats, expected: Floats) -> Floats:
    """Divide what differs by what was expected to; NaN where nothing was."""
    return ratio(observed, np.where(expected > 1e-9, expected, 0))  # noqa: PLR2004 - rounding


def tally(rows: Floats, values: int, coefficient: Coefficient, *, gaps: bool = True) -> Tally:
    """Return the tally of a coefficient; `n` counts code points of two people."""

    def why(sums: Floats) -> str:
        lengths = sums[: values**2].reshape(values, values)
        if gaps and lengths.sum() <= lengths[0, 0]:
            return NOBODY
        if not lengths.sum():
            return NO_MEETING
        if lengths.sum() > np.trace(lengths):
            return TOO_LITTLE
        return SAME_TEXT if gaps else ONE_LABEL

    def total(sums: Floats) -> Floats:
        found: Floats = sums[..., : values**2].sum(axis=-1)
        return found

    def agreed(sums: Floats) -> Floats:
        observed, _chance = read(sums, values)
        return ratio(np.trace(observed, axis1=-2, axis2=-1), total(sums))

    def largest(sums: Floats) -> Floats:
        observed, _chance = read(sums, values)
        return ratio(observed.sum(axis=-1).max(axis=-1, initial=0), total(sums))

    return Tally(rows, coefficient, n=total, why=why, observed=agreed, prevalence=largest)


def left_out(corpus: Corpus, layer: Layer, group: Sequence[int]) -> tuple[Remark, ...]:
    """Say how many units of a group lie inside or across others."""
    lost = round(float(layer.lost[corpus.shared(group)][:, list(group)].sum()))
    if not lost:
        return ()
    if layer.values > 1:
        sentence = noted(
            "Units inside or across others that are left out, because the outermost counts: {units}."
            " Look at the labels one by one."
        )
    else:
        sentence = noted(
            "Units inside or across others of the same person that are taken as one with them: {units}."
            " Of nested ones the outermost counts."
        )
    return (Remark(sentence, {"units": f"{lost:,}"}),)
