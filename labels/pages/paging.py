"""Where a long list goes on: the query has what stands before the next page, as `after`."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

AFTER = "after"
LONGEST = 15
"""Digits of a place in a list."""


def place(request: HttpRequest) -> int:
    """Read after which row a list goes on; what is no number begins at the beginning."""
    given = request.GET.get(AFTER, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) <= LONGEST else 0


def after(request: HttpRequest) -> UUID | None:
    """Read after which id a list goes on; what is none begins at the beginning."""
    try:
        return UUID(request.GET.get(AFTER, ""))
    except ValueError:
        return None


def further(request: HttpRequest, more: int | str | UUID | None) -> str:
    """Return the query of the next page, or nothing."""
    query = request.GET.copy()
    query[AFTER] = str(more)
    return query.urlencode() if more else ""
