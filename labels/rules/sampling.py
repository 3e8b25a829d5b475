"""Which of the sets that are handed in wait for a review, pure.

Who is drawn is settled by the set's id, not by dice: its last four hexadecimal digits, which are random, are its
lot. A set is drawn where its lot is under the share's. So a draw can be made again by anybody, and a larger share
has all that a smaller one had.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from uuid import UUID

from ..records import Span
from .feedback import Nearness, nearness

LOTS, PERCENT = 0x10000, 100
ALL_LOTS = "g"
"""Behind every lot."""


def upto(share: int) -> str:
    """Return the first lot that is not drawn where `share` percent are."""
    return ALL_LOTS if share >= PERCENT else f"{LOTS * share // PERCENT:04x}"


def due(before: int, count: int, share: int) -> int:
    """Return how many of `count` articles are to have hidden gold, where somebody has had `before`.

    Over all that somebody is ever handed they are `share` percent, though a few at a time would round to none.
    """
    return (before + count) * share // PERCENT - before * share // PERCENT


def mixed(plain: Sequence[UUID], hidden: Sequence[UUID]) -> list[UUID]:
    """Return both as one list: what is hidden stands at the places that its ids, which are random, tell."""
    found = list(plain)
    for each in hidden:
        found.insert(each.int % (len(found) + 1), each)
    return found


def agreement(sets: Sequence[Sequence[Span]]) -> list[int]:
    """Return in percent how far each set agrees with the others: F1 of spans that share label and words."""
    found = [Nearness() for _each in sets]
    # Each pair once: the count is the same from either side, and in long articles it takes its time.
    for one, other in combinations(range(len(sets)), 2):
        near = nearness(sets[one], sets[other])
        found[one], found[other] = found[one].plus(near), found[other].plus(near)
    return [PERCENT if (f1 := each.f1_overlap) is None else int(PERCENT * f1) for each in found]
