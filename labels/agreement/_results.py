"""Takes measures of a corpus, with their intervals and what has to be said beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import combinations
from typing import cast

import numpy as np

from ..records import Agreement
from . import Measure
from ._bootstrap import interval, samples
from ._corpus import Corpus, Floats
from ._matching import partners
from ._remarks import remarked
from ._tally import NO_ARTICLE, ONE_PERSON, Coefficient, Tally


@dataclass(frozen=True, slots=True)
class _Asked:
    """One tally of one measure, of one label or type, for one group."""

    key: str
    measure: Measure
    kind: int | None
    tally: Tally


def results(
    corpus: Corpus, measures: Iterable[str], groups: Iterable[Sequence[int]] | None = None
) -> list[Agreement]:
    """Take measures of each pair of annotators and of all together, or of the groups given."""
    keys = list(measures)
    people = range(len(corpus.annotators))
    wanted = [tuple(each) for each in groups] if groups is not None else everybody(len(people))
    found = [each for group in wanted for each in _of_group(corpus, keys, group)]
    return sorted(found, key=lambda each: keys.index(each.measure))


def everybody(people: int) -> list[tuple[int, ...]]:
    """Return all together, and each pair where there are more than two."""
    pairs = list(combinations(range(people), 2))
    return [tuple(range(people)), *(pairs if people > 2 else [])]  # noqa: PLR2004 - a pair is all


def _module(key: str) -> Measure:
    return cast("Measure", import_module(f"{__package__}.{key}"))


def _of_group(corpus: Corpus, keys: Sequence[str], group: tuple[int, ...]) -> Iterator[Agreement]:
    shared = corpus.shared(group)
    if not shared.any():
        for key, measure, kind in _questions(corpus, keys, group):
            yield _none(corpus, key, measure, group, kind)
        return
    asked = []
    for key, measure, kind in _questions(corpus, keys, group):
        corpus.go_on()
        tallies = measure.tallies(corpus, group, kind)
        asked += [_Asked(key, measure, kind, tally) for tally in tallies]
    # Several measures read the same counts.
    tables = {id(each.tally.rows): each.tally.rows for each in asked}
    drawn: dict[int, Floats] = {}
    # One article is no sample of articles.
    if shared.sum() > 1:
        kept = [each[shared] for each in tables.values()]
        drawn = dict(zip(tables, samples(kept), strict=True))
    found = [_result(corpus, group, each, drawn.get(id(each.tally.rows))) for each in asked]
    yield from remarked(found)


def _questions(
    corpus: Corpus, keys: Sequence[str], group: tuple[int, ...]
) -> Iterator[tuple[str, Measure, int | None]]:
    for key in keys:
        measure = _module(key)
        if len(group) > 2 and measure.PAIRS_ONLY:  # noqa: PLR2004 - a pair is two
            continue
        for kind in _kinds(corpus, measure):
            yield key, measure, kind


def _kinds(corpus: Corpus, measure: Measure) -> list[int | None]:
    names = corpus.relation_types if measure.OVER == "relations" else corpus.labels
    each: list[int | None] = [] if measure.OVER == "all" else list(range(len(names)))
    return each if measure.OVER == "each" else [None, *each]


def _name(corpus: Corpus, measure: Measure, kind: int | None) -> str | None:
    names = corpus.relation_types if measure.OVER == "relations" else corpus.labels
    return None if kind is None else names[kind]


def _none(
    corpus: Corpus, key: str, measure: Measure, group: tuple[int, ...], kind: int | None
) -> Agreement:
    return Agreement(
        measure=key,
        label=_name(corpus, measure, kind),
        annotators=tuple(corpus.annotators[each] for each in group),
        value=None,
        low=None,
        high=None,
        n=0,
        undefined=NO_ARTICLE if len(group) > 1 else ONE_PERSON,
        articles=0,
        units=dict.fromkeys((corpus.annotators[each] for each in group), 0),
    )


def _result(
    corpus: Corpus, group: tuple[int, ...], asked: _Asked, drawn: Floats | None
) -> Agreement:
    measure, kind, tally = asked.measure, asked.kind, asked.tally
    shared = corpus.shared(group)
    articles, sums = int(shared.sum()), tally.rows[shared].sum(axis=0)
    value = _number(tally.coefficient, sums)
    bounds = None if value is None or drawn is None else interval(drawn, tally.coefficient)
    return Agreement(
        measure=asked.key,
        label=_name(corpus, measure, kind),
        annotators=tuple(corpus.annotators[each] for each in group),
        value=value,
        low=bounds[0] if bounds else None,
        high=bounds[1] if bounds else None,
        n=round(float(tally.n(sums))),
        undefined=tally.why(sums) if value is None else None,
        articles=articles,
        units=_units(corpus, measure, group, kind),
        attribute=tally.attribute,
        level=tally.level,
        observed=_number(tally.observed, sums),
        prevalence=_number(tally.prevalence, sums),
        coverage=_number(tally.coverage, sums)
        if measure.OVER == "relations"
        else coverage(corpus, group, kind),
        warnings=[*tally.warnings, *(tally.remarks(sums) if tally.remarks else ())],
    )


def _number(read: Coefficient | None, sums: Floats) -> float | None:
    if read is None:
        return None
    found = float(read(sums))
    return found if np.isfinite(found) else None


def _units(
    corpus: Corpus, measure: Measure, group: tuple[int, ...], kind: int | None
) -> dict[str, int]:
    """Count spans, or relations, by annotator in the articles that two of the group have labelled."""
    over = measure.OVER == "relations"
    key = "units of", over, group
    found = corpus.once(key, lambda: _counts(corpus, group, links=over))
    return {
        corpus.annotators[each]: sum(counts) if kind is None else counts[kind]
        for each, counts in zip(group, found, strict=True)
    }


def _counts(corpus: Corpus, group: tuple[int, ...], *, links: bool) -> list[list[int]]:
    """Count by annotator, and by label or type."""
    shared = corpus.shared(group)
    if not links:
        found: list[list[int]] = corpus.spans()[list(group)][:, shared].sum(axis=1).tolist()
        return found
    rows = corpus.relations[shared[corpus.relations[:, 0]]]
    many = len(corpus.relation_types)
    return [
        np.bincount(rows[rows[:, 1] == each, 2], minlength=many).astype(int).tolist()
        for each in group
    ]


def coverage(corpus: Corpus, group: Sequence[int], kind: int | None) -> float | None:
    """Return the share of spans that have a partner, of all pairs of a group together."""
    return corpus.once(("coverage", tuple(group), kind), lambda: _coverage(corpus, group, kind))


def _coverage(corpus: Corpus, group: Sequence[int], kind: int | None) -> float | None:
    matched = whole = 0
    for one, two in combinations(group, 2):
        shared = corpus.shared((one, two))
        found, spans = partners(corpus, one, two)[shared], corpus.spans()[[one, two]][:, shared]
        matched += 2 * int(found.sum() if kind is None else found[:, kind].sum())
        whole += int(spans.sum() if kind is None else spans[:, :, kind].sum())
    return matched / whole if whole else None
