"""The draw of what is reviewed."""

from __future__ import annotations

from uuid import UUID

import pytest

from labels.records import Fragment, Span
from labels.rules.sampling import agreement, upto


@pytest.mark.parametrize(
    ("share", "limit"), [(1, "028f"), (20, "3333"), (50, "8000"), (99, "fd70"), (100, "g")]
)
def test_a_share_has_its_lots(share: int, limit: str) -> None:
    assert upto(share) == limit


def test_a_larger_share_has_all_that_a_smaller_one_had() -> None:
    limits = [upto(share) for share in range(1, 101)]
    assert limits == sorted(limits)
    assert upto(100) > "ffff"


def spans(*places: tuple[str, int, int]) -> list[Span]:
    return [
        Span(UUID(int=number), label, (Fragment(start, end),))
        for number, (label, start, end) in enumerate(places)
    ]


def test_agreement_is_pooled_over_the_others() -> None:
    own = spans(("CLAIM", 0, 20), ("CLAIM", 30, 50), ("SOURCE", 60, 70))
    other = spans(("CLAIM", 0, 20), ("CLAIM", 32, 50), ("CLAIM", 60, 70), ("ENTITY", 80, 85))
    # 2 of 3 and 4: 4/7. With a twin as well: (4 + 6) / (7 + 6).
    assert agreement([own, other]) == [57, 57]
    assert agreement([own, other, own]) == [76, 57, 76]
    assert agreement([[], []]) == [100, 100]
    assert agreement([own, []]) == [0, 0]
