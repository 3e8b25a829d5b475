"""Second looks."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers as s

from ...vocabulary import State


class NewLooks(s.Serializer[Any]):
    """How many articles of whom are to be looked at again."""

    person = s.CharField()
    count = s.IntegerField(min_value=1, max_value=1000)
    days = s.IntegerField(
        min_value=0, max_value=3650, default=30, help_text="Handed in at least so many days ago."
    )


class Asked(s.Serializer[Any]):
    """The articles that it comes to."""

    person = s.CharField()
    articles = s.ListField(child=s.UUIDField())


class Look(s.Serializer[Any]):
    """An article that somebody is to look at again: both their sets, null where the second is not begun."""

    article = s.UUIDField()
    person = s.CharField()
    first = s.UUIDField()
    second = s.UUIDField(allow_null=True)
    state = s.ChoiceField(State.choices, allow_null=True, help_text="Of the second.")
