"""Measures of agreement, one file each: the file's name is the measure's name.

Its docstring is the line in the menu and the help: what the figure says, which units count as the same, and
where the formula comes from. A measure is a module like `Measure` below: it is given a corpus in columns
(`_corpus`) and says what it counts in each article (`_tally`); `_results` adds the articles up and draws the
interval. It knows nothing of screens or tables. NumPy is imported when the first figure is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from ..records import Agreement

if TYPE_CHECKING:
    from ._corpus import Codes, Corpus, Gathering
    from ._periods import Period
    from ._tally import Tally


SLOW = frozenset({"gamma"})
"""Measures that are taken only when they are asked for: they draw samples, and say beforehand how many `seconds`
a group takes."""


class Measure(Protocol):
    """What each module of this folder has."""

    OVER: str
    """What it is taken of: `labels`, each and all together; `relations`, the same by type; `all` together only;
    `each` label only."""
    PAIRS_ONLY: bool
    """Whether it is for two people and no more."""
    MATCHING: str
    """Which units it takes for the same, in a sentence."""

    def tallies(self, corpus: Corpus, group: Sequence[int], kind: int | None) -> Iterable[Tally]:
        """Yield what it counts for some people, and one label or relation type or all."""


def results(
    corpus: Corpus, measures: Iterable[str], groups: Iterable[Sequence[int]] | None = None
) -> list[Agreement]:
    """Take measures of a corpus: of each pair of annotators and of all together, unless groups are given."""
    return import_module(f"{__name__}._results").results(corpus, measures, groups)  # type: ignore[no-any-return]


def seconds(corpus: Corpus, measure: str, groups: Iterable[Sequence[int]]) -> float:
    """Estimate how long a slow measure takes, of all its labels."""
    module = import_module(f"{__name__}.{measure}")
    return float(sum(module.seconds(corpus, each) for each in groups))


def confusion(corpus: Corpus, one: int, two: int) -> list[list[int]]:
    """Count pairs of two people's spans by both labels; the last row and column are of no partner."""
    counts = import_module(f"{__name__}._confusion").confusion(corpus, one, two)
    return counts.astype(int).tolist()  # type: ignore[no-any-return]


def pairs(corpus: Corpus, one: int, two: int) -> list[tuple[int, int]]:
    """Return two people's spans side by side, by their numbers; -1 where there is no partner."""
    sides = import_module(f"{__name__}._confusion").pairs(corpus, one, two)
    return list(zip(*(side.tolist() for side in sides), strict=True))


def together(
    corpus: Corpus, group: Sequence[int], *, any_label: bool = True
) -> list[tuple[int, ...]]:
    """Return the units of several people, each one's span by its number; -1 where somebody has nothing."""
    rows = import_module(f"{__name__}._confusion").together(corpus, group, any_label=any_label)
    return list(map(tuple, rows.tolist()))


def by_period(
    corpus: Corpus, measure: str, group: Sequence[int], periods: Sequence[str]
) -> list[Period]:
    """Return a measure of all labels in each period; `periods` is by article."""
    module = import_module(f"{__name__}._periods")
    return module.by_period(corpus, measure, group, periods)  # type: ignore[no-any-return]


def said(corpus: Corpus) -> list[tuple[Codes, Any]]:
    """Return for each attribute how often each annotator gave each value."""
    return import_module(f"{__name__}._confusion").said(corpus)  # type: ignore[no-any-return]


def gathering(*args: Any) -> Gathering:
    """Begin to gather a corpus: see `_corpus.Gathering`."""
    return import_module(f"{__name__}._corpus").Gathering(*args)  # type: ignore[no-any-return]
