"""How much time a report of work may add to an annotation set.

A browser counts the seconds in which somebody was at work. What it says is believed as far as it can be true: no
more than has passed since the last report, or since the set was begun, and nothing after it was handed in. So a
report that is sent twice, two windows side by side, or a made-up number add no more than the clock does.
"""

from __future__ import annotations

from datetime import datetime

from ..errors import Invalid
from ..words import say

MOST_SECONDS = 24 * 60 * 60
"""Seconds in one report; a browser that was away for days still has no more than this to tell."""


def seconds(given: object) -> int:
    """Read the seconds of a report. Raises `Invalid`."""
    if isinstance(given, bool) or not isinstance(given, int) or not 0 < given <= MOST_SECONDS:
        raise Invalid(
            say("seconds: a whole number from 1 to {most} is expected.", most=MOST_SECONDS),
            errors=[{"field": "seconds", "code": "invalid"}],
        )
    return given


def credited(told: int, *, since: datetime, until: datetime) -> int:
    """Return how many of the seconds that somebody tells of can have passed."""
    return max(min(told, int((until - since).total_seconds())), 0)
