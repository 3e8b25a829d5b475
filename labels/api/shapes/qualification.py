"""The qualification round."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers as s

from .feedback import Nearness


class NewQualification(s.Serializer[Any]):
    """The round as it is to be."""

    percent = s.IntegerField(allow_null=True, min_value=1, max_value=100)
    articles = s.ListField(child=s.UUIDField())


class NewPass(s.Serializer[Any]):
    """Whom to let pass."""

    person = s.CharField()


class LabelNearness(Nearness):
    """How near somebody came to gold with one label."""

    label = s.CharField()  # type: ignore[assignment]  # a field of ours, not the class's own


class Taker(s.Serializer[Any]):
    """Somebody in the round; `percent` is F1 of spans of one label that share words."""

    person = s.CharField()
    state = s.ChoiceField(["open", "waiting", "passed", "passed_by_hand"])
    handed_in = s.IntegerField()
    total = s.IntegerField()
    percent = s.IntegerField(allow_null=True)
    labels = LabelNearness(many=True)


class Qualification(s.Serializer[Any]):
    """The round; for who does not manage the project, their own part alone."""

    percent = s.IntegerField(allow_null=True, help_text="From which one has passed; for managers.")
    articles = s.ListField(child=s.UUIDField(), help_text="For managers.")
    people = Taker(many=True)
