"""Dates as people read them. What a source gave is kept; a date that cannot be read is shown as it is."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.formats import date_format


def day(value: str) -> str:
    """Return an ISO 8601 date or date-time as “29 October 2019”."""
    try:
        found = date.fromisoformat(value) if len(value) <= 10 else datetime.fromisoformat(value)  # noqa: PLR2004 - YYYY-MM-DD
    except ValueError:
        return value
    return date_format(found)
