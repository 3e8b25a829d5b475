"""Feedback: corrections of one's own work."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers as s


class ChangedValue(s.Serializer[Any]):
    """An attribute that was decided otherwise; null where there is no value."""

    attribute = s.CharField()
    had = s.JSONField(allow_null=True)
    now = s.JSONField(allow_null=True)


class ChangedLinks(s.Serializer[Any]):
    """Links of a type that were decided otherwise: the words at their other ends."""

    type = s.CharField()
    had = s.ListField(child=s.CharField())
    now = s.ListField(child=s.CharField())


class Correction(s.Serializer[Any]):
    """What one had, what was decided, and why."""

    id = s.UUIDField(help_text="Of the verdict, or of the decision.")
    article = s.UUIDField()
    title = s.CharField()
    created_at = s.DateTimeField()
    source = s.ChoiceField(["review", "gold"])  # type: ignore[assignment]  # a field of ours, not the class's own
    kinds = s.ListField(child=s.CharField())
    label = s.CharField()  # type: ignore[assignment]  # as above
    had = s.CharField(help_text="The words that one has marked; empty where one has marked none.")
    had_label = s.CharField(
        help_text="The label that one gave them; empty where one has marked none."
    )
    now = s.CharField(help_text="The words as decided; empty where nothing should be marked.")
    values = ChangedValue(many=True)
    links = ChangedLinks(many=True)
    reason = s.CharField()
    note = s.CharField()
    answer = s.CharField(help_text="What one has answered.")


class Nearness(s.Serializer[Any]):
    """How many spans one and gold have, how many of them match, and F1; null where there are none."""

    own = s.IntegerField()
    gold = s.IntegerField()
    exact = s.IntegerField()
    overlap = s.IntegerField()
    f1_exact = s.FloatField(allow_null=True)
    f1_overlap = s.FloatField(allow_null=True)


class Kind(s.Serializer[Any]):
    """How many corrections of one kind there were."""

    kind = s.CharField()
    count = s.IntegerField()


class Month(s.Serializer[Any]):
    """A month: corrections by kind, and how near one came to the gold sets that were finished in it."""

    month = s.CharField(help_text="Such as 2026-11.")
    corrections = Kind(many=True)
    articles = s.IntegerField(help_text="Of one's own whose gold set was finished in it.")
    spans = Nearness()


class Summary(s.Serializer[Any]):
    """One's own corrections in a project in figures, and how near one came to gold; months the last first."""

    corrections = s.IntegerField()
    articles = s.IntegerField(help_text="Of one's own whose gold set is finished.")
    spans = Nearness()
    months = Month(many=True)


class NewAnswer(s.Serializer[Any]):
    """An answer to a correction of one's own."""

    correction = s.UUIDField()
    text = s.CharField()


class Answer(s.Serializer[Any]):
    """An answer as it is kept."""

    id = s.UUIDField()
    correction = s.UUIDField()
    text = s.CharField()
    created_at = s.DateTimeField()
