"""Assignments, and the queue that they make."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers as s

from ...vocabulary import State, Task


class NewAssignment(s.Serializer[Any]):
    """Articles to hand to a person."""

    articles = s.ListField(child=s.UUIDField(), required=False)
    article = s.UUIDField(required=False, help_text="Instead of a list of one.")
    count = s.IntegerField(
        required=False,
        min_value=1,
        max_value=10_000,
        help_text="Instead: so many of the next ones that nobody has.",
    )
    person = s.CharField()
    role = s.ChoiceField(Task.choices)


class Assignment(s.Serializer[Any]):
    """An article that somebody has to label or to review."""

    article = s.UUIDField()
    person = s.CharField()
    role = s.ChoiceField(Task.choices)
    created_at = s.DateTimeField()


class QueueItem(s.Serializer[Any]):
    """What to do next."""

    article = s.UUIDField()
    title = s.CharField()
    role = s.ChoiceField(Task.choices)
    state = s.ChoiceField(State.choices, allow_null=True)
    annotation_set = s.UUIDField(allow_null=True)
