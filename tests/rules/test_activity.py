"""How much time a report adds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from labels.errors import Invalid
from labels.rules import activity

SINCE = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "passed", "credited"),
    [(60, 61.5, 60), (60, 60, 60), (60, 20.9, 20), (60, 0, 0), (60, -5, 0), (1, 86_400, 1)],
)
def test_no_more_is_believed_than_has_passed(told: int, passed: float, credited: int) -> None:
    until = SINCE + timedelta(seconds=passed)
    assert activity.credited(told, since=SINCE, until=until) == credited


@pytest.mark.parametrize("given", [0, -1, 1.5, "60", None, True, activity.MOST_SECONDS + 1])
def test_what_is_no_time_is_refused(given: object) -> None:
    with pytest.raises(Invalid):
        activity.seconds(given)


def test_a_day_is_the_most() -> None:
    assert activity.seconds(activity.MOST_SECONDS) == 86_400
