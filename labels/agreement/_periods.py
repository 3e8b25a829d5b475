"""How a measure goes over time: its counts by article, added up for each period alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import cast

import numpy as np

from . import Measure
from ._bootstrap import interval, samples
from ._corpus import Corpus, Flags
from ._tally import Tally


@dataclass(frozen=True, slots=True)
class Period:
    """A measure in a period: its value, with bounds where there are several articles, and how many these are."""

    name: str
    value: float | None
    low: float | None
    high: float | None
    articles: int


def by_period(
    corpus: Corpus, key: str, group: Sequence[int], periods: Sequence[str]
) -> list[Period]:
    """Return a measure of all labels in each period in which two of a group have labelled an article.

    `periods` is by article. Nothing where the measure is not for so many people.
    """
    measure = cast("Measure", import_module(f"{__package__}.{key}"))
    if len(group) < 2 or (measure.PAIRS_ONLY and len(group) > 2):  # noqa: PLR2004 - a pair is two
        return []
    tally = next(iter(measure.tallies(corpus, group, None)))
    return list(_periods(tally, corpus.shared(group), np.array(periods, dtype=str)))


def _periods(tally: Tally, shared: Flags, periods: np.ndarray) -> Iterator[Period]:
    for name in np.unique(periods[shared]):
        rows = tally.rows[shared & (periods == name)]
        value = float(tally.coefficient(rows.sum(axis=0)))
        bounds = None
        if np.isfinite(value) and len(rows) > 1:
            (drawn,) = samples([rows])
            bounds = interval(drawn, tally.coefficient)
        yield Period(
            str(name),
            value if np.isfinite(value) else None,
            bounds[0] if bounds else None,
            bounds[1] if bounds else None,
            len(rows),
        )
