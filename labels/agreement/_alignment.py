"""The best alignment of several people's units, by SciPy: an integer programme, solved exactly.

An alignment puts each unit into one tuple with at most one unit of everybody; who has none there has the empty
one. Its cost is the sum over tuples of the mean cost of their pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, prod

import numpy as np

from ._corpus import Floats, Ints

MOST_TUPLES = 100_000
"""Tuples of one article: more would take minutes."""
MOST_PAIRS = 1_000_000


@dataclass(frozen=True, slots=True)
class Units:
    """One person's units of one article: begin, end and category."""

    starts: Ints
    stops: Ints
    kinds: Ints

    def __len__(self) -> int:
        return len(self.starts)


@dataclass(frozen=True, slots=True)
class Costs:
    """What a difference of place and of category costs, and a unit against nothing."""

    alpha: float = 1.0
    beta: float = 1.0
    empty: float = 1.0

    def between(self, one: Units, two: Units) -> Floats:
        """Return the cost of each pair of units; the last row and column are the empty one."""
        ends = np.abs(one.starts[:, None] - two.starts) + np.abs(one.stops[:, None] - two.stops)
        sizes = (one.stops - one.starts)[:, None] + (two.stops - two.starts)
        found = np.full((len(one) + 1, len(two) + 1), self.empty)
        place = (ends / np.maximum(sizes, 1)) ** 2
        kind = one.kinds[:, None] != two.kinds
        found[:-1, :-1] = (self.alpha * place + self.beta * kind) * self.empty
        found[-1, -1] = 0
        return found


def fits(people: Sequence[Units]) -> bool:
    """Whether the best alignment can be found in reasonable time."""
    most = MOST_PAIRS if len(people) == 2 else MOST_TUPLES  # noqa: PLR2004 - see `cheapest`
    return prod(len(each) + 1 for each in people) <= most


def cheapest(people: Sequence[Units], costs: Costs) -> float:
    """Return the cost of the best alignment; needs SciPy."""
    if len(people) == 2:  # noqa: PLR2004 - a pair is a problem of assignment, which is far quicker
        return _of_pair(costs.between(*people))
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - an optional extra
    from scipy.sparse import csr_array  # noqa: PLC0415 - see above

    tuples, price = _tuples(people, costs)
    if not len(tuples):
        return 0.0
    first = np.cumsum([0, *(len(each) for each in people)])
    rows, columns = [], []
    for person, units in enumerate(people):
        there = np.flatnonzero(tuples[:, person] < len(units))
        rows.append(first[person] + tuples[there, person])
        columns.append(there)
    row, column = np.concatenate(rows), np.concatenate(columns)
    holds = csr_array((np.ones(len(row)), (row, column)), shape=(int(first[-1]), len(tuples)))
    found = milp(
        price,
        integrality=np.ones(len(tuples), dtype=np.int64),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(holds, 1, 1),
    )
    assert found.fun is not None, found.message
    return float(found.fun)


def _of_pair(between: Floats) -> float:
    """Return the cost of the best alignment of two people: each unit with another's, or with nothing."""
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - an optional extra

    mine, theirs = between.shape[0] - 1, between.shape[1] - 1
    square = np.zeros((mine + theirs, mine + theirs))
    square[:mine, :theirs] = between[:-1, :-1]
    square[:mine, theirs:] = between[:-1, -1:]
    square[mine:, :theirs] = between[-1:, :-1]
    return float(square[linear_sum_assignment(square)].sum())


def _tuples(people: Sequence[Units], costs: Costs) -> tuple[Ints, Floats]:
    """Return the tuples that a best alignment can hold, by the number of each one's unit, and their costs.

    One that costs more than its units each by itself is in none.
    """
    shape = [len(each) + 1 for each in people]
    price = np.zeros(shape)
    for one, two in combinations(range(len(people)), 2):
        between = costs.between(people[one], people[two])
        price += between.reshape([n if at in (one, two) else 1 for at, n in enumerate(shape)])
    price /= comb(len(people), 2)
    there = sum(
        (np.arange(n) < n - 1).reshape([n if at == person else 1 for at in range(len(shape))])
        * np.ones(shape)
        for person, n in enumerate(shape)
    )
    alone = costs.empty * 2 / len(people)
    useful = (there > 0) & (price <= there * alone + 1e-12)
    return np.argwhere(useful), price[useful]
