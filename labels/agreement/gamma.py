"""Gamma: alignment and agreement at once, any number of people.

Units are aligned so that their differences of place and label cost least; gamma is how much less that is than for
the same units put elsewhere at random. It takes overlapping and nested units as they are. It is taken on request
alone, because each figure takes a while, and it needs SciPy.

gamma = 1 - observed / expected disorder (Mathet, Widlöcher and Métivier 2015): d = (alpha place + beta label) Δ∅
with place = ((|begin - begin| + |end - end|) / (length + length))^2, a unit against nothing Δ∅, nothing against
nothing 0; alpha, beta and Δ∅ are 1. Expected is the mean of 30 samples in which everybody gets somebody's units,
shifted by a chance number of code points around the end of the article. The seed is stated, so that a figure can
be had again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec

import numpy as np

from ..records import Remark
from ..words import noted
from ._alignment import Costs, TooManyError, Units, cheapest_of_each
from ._corpus import Corpus, Floats, Ints
from ._tally import NOBODY, Tally, beyond_disorder

OVER = "labels"
PAIRS_ONLY = False
MATCHING = "The alignment of units, from first to last code point, that costs least."
SEED = 1
SAMPLES = 30
MOST_ARTICLES = {2: 50}
"""Articles by number of people; of more people, `FEWER`, because each of them takes far longer."""
FEWER = 10
STATED = noted(
    "Gamma is a chance sample: seed {seed}, {samples} samples of each article, α = β = Δ∅ = 1, nothing against"
    " nothing 0. Compare it with figures of the same settings alone: programs differ in these, and in how they"
    " draw."
)
PRECISION = noted("Expected disorder is known to ±{share} (95 %).")
SOME = noted("Taken of {chosen} of {articles} articles, evenly spread.")
NO_OTHER_PLACE = noted("No variation: wherever these units stood, they would agree.")
NO_SCIPY = noted(
    "Gamma needs SciPy, which is not installed here: .venv/bin/python -m pip install scipy."
)
TOO_MANY = noted("Too many people and spans in one article to align them all at once: take pairs.")


def tallies(corpus: Corpus, group: Sequence[int], kind: int | None) -> Iterator[Tally]:
    """Yield the one tally: observed and expected cost by article, and units."""
    if find_spec("scipy") is None:
        yield _without(corpus, NO_SCIPY)
        return
    articles, chosen = _articles(corpus, group)
    rows = np.zeros((len(corpus.bases), 4))
    for article in chosen:
        corpus.go_on()
        people = _people(corpus, group, int(article), kind)
        try:
            rows[article] = _disorder(people, int(corpus.ends[article] - corpus.bases[article]))
        except TooManyError:
            yield _without(corpus, TOO_MANY)
            return
    stated = Remark(STATED, {"seed": str(SEED), "samples": str(SAMPLES)})
    warnings = [stated, *_precision(rows)]
    if len(chosen) < len(articles):
        told = {"chosen": str(len(chosen)), "articles": f"{len(articles):,}"}
        warnings.append(Remark(SOME, told))
    yield Tally(
        rows,
        lambda sums: beyond_disorder(sums[..., 0], sums[..., 1]),
        n=lambda sums: sums[..., 2],
        why=lambda sums: NO_OTHER_PLACE if sums[2] else NOBODY,
        warnings=tuple(warnings),
    )


def seconds(corpus: Corpus, group: Sequence[int]) -> float:
    """Estimate how long some people take, from how many units they have in the articles that are taken.

    Fitted to measured times of up to five people with up to eighty units each: a pair is a problem of
    assignment, the tuples of more grow faster than their units squared.
    """
    _all, chosen = _articles(corpus, group)
    theirs = np.isin(corpus.annotator, group)
    units = np.zeros((len(corpus.bases), len(corpus.labels) + 1))
    np.add.at(units, (corpus.article[theirs], corpus.label[theirs]), 1)
    units[:, -1] = units.sum(axis=1)
    there = units[chosen][units[chosen] > 0]
    if len(group) <= 2:  # noqa: PLR2004 - a pair
        return float((0.004 + 1e-6 * there**2).sum())
    return float((0.02 + 1.5e-5 * there**2.5).sum())


def _articles(corpus: Corpus, group: Sequence[int]) -> tuple[Ints, Ints]:
    """Return the articles that two of them have labelled, and those that are taken."""
    articles = np.flatnonzero(corpus.shared(group))
    most = min(MOST_ARTICLES.get(len(group), FEWER), len(articles))
    return articles, articles[np.linspace(0, len(articles) - 1, most).astype(np.int64)]


def _precision(rows: Floats) -> Iterator[Remark]:
    """Say how far the samples may be from the mean that endless ones would have."""
    _observed, chance, _units, variance = rows.sum(axis=0)
    if chance:
        yield Remark(PRECISION, {"share": f"{1.96 * variance**0.5 / chance:.1%}"})


def _without(corpus: Corpus, reason: str) -> Tally:
    return Tally(
        np.zeros((len(corpus.bases), 1)),
        lambda sums: sums[..., 0] * np.nan,
        n=lambda sums: sums[..., 0],
        why=lambda _sums: reason,
    )


def _people(corpus: Corpus, group: Sequence[int], article: int, kind: int | None) -> list[Units]:
    base = corpus.bases[article]
    first, last = np.searchsorted(corpus.article, [article, article + 1])
    found = []
    for each in group:
        if not corpus.labelled[article, each]:
            continue
        spans = first + np.flatnonzero(corpus.annotator[first:last] == each)
        if kind is not None:
            spans = spans[corpus.label[spans] == kind]
        starts = corpus.starts[corpus.first[spans]] - base
        stops = corpus.stops[corpus.first[spans + 1] - 1] - base
        found.append(Units(starts, stops, corpus.label[spans]))
    return found


def _disorder(people: Sequence[Units], length: int) -> tuple[float, float, int, float]:
    """Return the cost of the best alignment, what it would be by chance for as many units, and the units.

    Last comes the variance of what it would be by chance, as a mean of samples.
    """
    units = sum(len(each) for each in people)
    if not units:
        return 0.0, 0.0, 0, 0.0
    dice = np.random.default_rng((SEED, length, units))
    drawn = [
        [_shifted(people[int(dice.integers(len(people)))], length, dice) for _ in people]
        for _ in range(SAMPLES)
    ]
    found = cheapest_of_each([people, *drawn], Costs())
    counts = np.array([sum(len(each) for each in sides) for sides in drawn])
    expected = units * found[1:][counts > 0] / counts[counts > 0]
    if not len(expected):
        return float(found[0]), 0.0, units, 0.0
    return float(found[0]), float(expected.mean()), units, float(expected.var() / len(expected))


def _shifted(units: Units, length: int, dice: np.random.Generator) -> Units:
    """Move units by a chance number of code points; those past the end come in at the beginning, whole."""
    starts = (units.starts + dice.integers(1, max(length, 2))) % length
    return Units(starts, starts + units.stops - units.starts, units.kinds)
