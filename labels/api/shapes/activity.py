"""Time at work."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers as s


class WorkReport(s.Serializer[Any]):
    """Seconds since the last report in which somebody was at work."""

    seconds = s.IntegerField(min_value=1, help_text="A day’s at most.")


class ActiveTime(s.Serializer[Any]):
    """What the set has now."""

    active_seconds = s.IntegerField()
