"""The best alignment of several people's units, by SciPy: an exact choice, found by linear programming.

An alignment puts each unit into one tuple with at most one unit of everybody; who has none there has the empty
one. Its cost is the sum over tuples of the mean cost of their pairs. A unit by itself costs 2 Δ∅ / n, and each
pair that is joined saves (2 Δ∅ - d) / (n (n-1) / 2): the cheapest alignment is the choice of disjoint tuples that
saves most. Units that save nothing together are in no tuple, so far fewer are left than there are combinations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import comb

import numpy as np

from ._corpus import Flags, Floats, Ints, added

MOST_TUPLES = 300_000
"""Tuples held at once: more would take minutes, and gigabytes."""
ROUNDING = 1e-9


class TooManyError(Exception):
    """More tuples than can be weighed in reasonable time."""


@dataclass(frozen=True, slots=True)
class Units:
    """One person's units of one article: begin, end and category."""

    starts: Ints
    stops: Ints
    kinds: Ints

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, which: Ints) -> Units:
        """Return some of the units, in the shape of their numbers."""
        return Units(self.starts[which], self.stops[which], self.kinds[which])


@dataclass(frozen=True, slots=True)
class Costs:
    """What a difference of place and of category costs, and a unit against nothing."""

    alpha: float = 1.0
    beta: float = 1.0
    empty: float = 1.0

    def of(self, one: Units, two: Units) -> Floats:
        """Return the cost of units against others, as NumPy broadcasts them."""
        ends = np.abs(one.starts - two.starts) + np.abs(one.stops - two.stops)
        sizes = (one.stops - one.starts) + (two.stops - two.starts)
        place = (ends / np.maximum(sizes, 1)) ** 2
        found: Floats = (self.alpha * place + self.beta * (one.kinds != two.kinds)) * self.empty
        return found


@dataclass(frozen=True, slots=True)
class _Drawings:
    """The units of several drawings of the same people behind each other, with whose each is."""

    units: Units
    owner: Ints
    first: Ints
    """By drawing: its first unit; one number more at the end."""
    people: int


def cheapest_of_each(drawn: Sequence[Sequence[Units]], costs: Costs) -> Floats:
    """Return the cost of the best alignment of each of several drawings of as many people; needs SciPy.

    Raises `TooManyError`.
    """
    number = len(drawn[0])
    saved = (_saved_by_pairs if number == 2 else _saved_by_tuples)(drawn, costs)  # noqa: PLR2004 - a pair is a problem of assignment, which is quicker
    units = np.array([sum(len(each) for each in people) for people in drawn], dtype=np.float64)
    return units * costs.empty * 2 / number - saved / comb(number, 2)


def _saved_by_pairs(drawn: Sequence[Sequence[Units]], costs: Costs) -> Floats:
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - an optional extra

    saved = []
    for one, two in drawn:
        columns = np.arange(len(one))[:, np.newaxis]
        room = np.maximum(2 * costs.empty - costs.of(one.at(columns), two), 0)
        saved.append(room[linear_sum_assignment(room, maximize=True)].sum())
    return np.array(saved, dtype=np.float64)


def _saved_by_tuples(drawn: Sequence[Sequence[Units]], costs: Costs) -> Floats:
    """Return by drawing the most that disjoint tuples save: as many drawings at once as can be held."""
    try:
        return _saved(_laid_out(drawn), costs)
    except TooManyError:
        if len(drawn) == 1:
            raise
        half = len(drawn) // 2
        return np.append(
            _saved_by_tuples(drawn[:half], costs), _saved_by_tuples(drawn[half:], costs)
        )


def _laid_out(drawn: Sequence[Sequence[Units]]) -> _Drawings:
    sides = [each for people in drawn for each in people]
    names = ("starts", "stops", "kinds")
    units = Units(*(np.concatenate([getattr(each, name) for each in sides]) for name in names))
    number, sizes = len(drawn[0]), np.array([len(each) for each in sides], dtype=np.int64)
    owner = np.repeat(np.tile(np.arange(number), len(drawn)), sizes)
    first = np.cumsum([0, *sizes.reshape(-1, number).sum(axis=1)])
    return _Drawings(units, owner, first, number)


def _saved(found: _Drawings, costs: Costs) -> Floats:
    """Return by drawing the most that disjoint tuples save, in costs of pairs."""
    links = _links(found, costs)
    tuples, saves = _tuples(found, links, costs)
    taken = _chosen(tuples, saves, len(found.owner))
    drawing = np.searchsorted(found.first, tuples.max(axis=1, initial=-1), side="right") - 1
    return added(drawing, saves * taken, len(found.first) - 1)


def _links(found: _Drawings, costs: Costs) -> tuple[Ints, Ints]:
    """Return the pairs of units of two people that save something when they are joined."""
    left, right = [], []
    for begin, end in pairwise(found.first.tolist()):
        which = np.arange(begin, end)
        rows = which[:, np.newaxis]
        near = costs.of(found.units.at(rows), found.units.at(which)) < 2 * costs.empty - ROUNDING
        near &= found.owner[rows] < found.owner[which]
        one, two = np.nonzero(near)
        left.append(one + begin)
        right.append(two + begin)
    return np.concatenate(left), np.concatenate(right)


def _tuples(found: _Drawings, links: tuple[Ints, Ints], costs: Costs) -> tuple[Ints, Floats]:
    """Return the tuples that a best alignment can hold, and what each saves. Raises `TooManyError`.

    A tuple is a row, by person the number of a unit or -1. One in which a unit adds nothing is in none, as it is
    better without that unit; one that is not linked throughout is as good as its parts.
    """
    one, two = (np.concatenate(each) for each in (links, links[::-1]))
    order = np.argsort(one, kind="stable")
    degrees = added(one, minlength=len(found.owner)).astype(np.int64)
    near = _Near(np.cumsum(degrees) - degrees, degrees, two[order])
    best = np.zeros((len(found.owner) + 1, found.people))
    np.maximum.at(best, (one, found.owner[two]), _saving(found, one, two, costs))
    rows = np.full((len(links[0]), found.people), -1, dtype=np.int64)
    for each in links:
        rows[np.arange(len(rows)), found.owner[each]] = each
    sizes = [(rows, _saving(found, *links, costs))]
    for _size in range(2, found.people):
        rows = _grown(rows, found.owner, near)
        share = _shares(found, rows, costs)
        # What a unit could add with the best that is near it of those who have none in the tuple.
        hope = share + np.where(rows < 0, 0, (best[rows] * (rows < 0)[:, np.newaxis]).sum(axis=2))
        there = _all_above(rows, hope)
        rows, share = rows[there], share[there]
        needed = _all_above(rows, share)
        sizes.append((rows[needed], share[needed].sum(axis=1) / 2))
    return np.concatenate([each for each, _saves in sizes]), np.concatenate(
        [saves for _each, saves in sizes]
    )


@dataclass(frozen=True, slots=True)
class _Near:
    """By unit: where those begin that are linked to it, and how many; and these."""

    first: Ints
    many: Ints
    units: Ints


def _all_above(rows: Ints, share: Floats) -> Flags:
    """Tell of each tuple whether each of its units has more than nothing."""
    return np.asarray(((rows < 0) | (share > ROUNDING)).all(axis=1))


def _grown(rows: Ints, owner: Ints, near: _Near) -> Ints:
    """Return each tuple with each unit that is linked to one of its own and somebody's who has none in it."""
    grown = []
    for column in rows.T:
        many = np.where(column >= 0, near.many[column], 0)
        if many.sum() > MOST_TUPLES:
            raise TooManyError
        wider, nth = np.repeat(rows, many, axis=0), np.arange(many.sum())
        nth -= np.repeat(np.cumsum(many) - many, many)
        new = near.units[np.repeat(near.first[column], many) + nth]
        free = wider[np.arange(len(wider)), owner[new]] < 0
        wider, new = wider[free], new[free]
        wider[np.arange(len(wider)), owner[new]] = new
        grown.append(wider)
    return np.unique(np.concatenate(grown), axis=0)


def _saving(found: _Drawings, one: Ints, two: Ints, costs: Costs) -> Floats:
    return 2 * costs.empty - costs.of(found.units.at(one), found.units.at(two))


def _shares(found: _Drawings, rows: Ints, costs: Costs) -> Floats:
    """Return what each unit of each tuple saves with the others of it."""
    share = np.zeros(rows.shape)
    for one, two in combinations(range(found.people), 2):
        both = (rows[:, one] >= 0) & (rows[:, two] >= 0)
        saves = _saving(found, rows[both, one], rows[both, two], costs)
        share[both, one] += saves
        share[both, two] += saves
    return share


def _chosen(tuples: Ints, saves: Floats, units: int) -> Flags:
    """Choose the disjoint tuples that save most.

    Without whole numbers asked for, the programme finds them nearly always; where it does not, only the tuples
    that hang together with the halves are asked again.
    """
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - an optional extra

    if not len(tuples):
        return np.zeros(0, dtype=np.bool_)
    holds = _holds(tuples, units)
    share = _programme(holds, saves, whole=False)
    halves = np.abs(share - share.round()) > 1e-6  # noqa: PLR2004 - rounding
    if halves.any():
        _number, part = connected_components(holds @ holds.T, directed=False)
        of_tuple = part[tuples.max(axis=1)]
        for each in np.unique(of_tuple[halves]).tolist():
            there = np.flatnonzero(of_tuple == each)
            share[there] = _programme(holds[:, there], saves[there], whole=True)
    chosen: Flags = share > 0.5  # noqa: PLR2004 - 0 or 1
    return chosen


def _holds(tuples: Ints, units: int):  # type: ignore[no-untyped-def]  # noqa: ANN202 - SciPy's, imported on use
    """Return which units, in rows, each tuple holds."""
    from scipy.sparse import csc_array  # noqa: PLC0415 - an optional extra

    column, person = np.nonzero(tuples >= 0)
    ones = np.ones(len(column))
    return csc_array((ones, (tuples[column, person], column)), shape=(units, len(tuples)))


def _programme(holds, saves: Floats, *, whole: bool) -> Floats:  # type: ignore[no-untyped-def]  # noqa: ANN001 - see above
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - an optional extra

    # Units in no tuple would be empty rows.
    used = np.flatnonzero(np.diff(holds.tocsr().indptr))
    found = milp(
        -saves,
        integrality=np.full(len(saves), int(whole)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(holds[used], -np.inf, 1),
    )
    assert found.x is not None, found.message
    share: Floats = found.x
    return share
