"""Disagreements and adjudication."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers as s

from ...vocabulary import Choice, Difference, Merge, OffsetUnit
from .annotation import AnnotationSetHead, Relation, Span


class ComparedSet(s.Serializer[Any]):
    """A submitted set that is compared; its annotator is a code where the project is blind."""

    id = s.UUIDField()
    annotator = s.CharField()
    version = s.IntegerField()


class DifferenceSaid(s.Serializer[Any]):
    """One way in which the versions of a unit differ, in words."""

    type = s.ChoiceField(Difference.choices)
    explanation = s.CharField()


class Version(s.Serializer[Any]):
    """What one set has of a unit: no span, one, or several where others have one."""

    set = s.UUIDField()
    spans = Span(many=True)
    relations = Relation(many=True)


class SetSpans(s.Serializer[Any]):
    """The spans of a set that a decision was about."""

    set = s.UUIDField()
    spans = s.ListField(child=s.UUIDField())


class GoldSpan(s.Serializer[Any]):
    """A span of the gold set with the span of the set taken that it comes from."""

    id = s.UUIDField()
    derived_from = s.UUIDField(allow_null=True)


class Decision(s.Serializer[Any]):
    """A decision. It never changes: another replaces it, or an `undo` takes its act back."""

    id = s.UUIDField()
    act = s.UUIDField(help_text="What was decided in one act is taken back in one.")
    choice = s.ChoiceField(Choice.choices)
    set = s.UUIDField(allow_null=True, help_text="The set whose unit was taken.")
    about = SetSpans(many=True)
    spans = GoldSpan(many=True)
    undoes = s.UUIDField(allow_null=True)
    reason = s.CharField()
    note = s.CharField()
    decided_by = s.CharField()
    created_at = s.DateTimeField()


class Unit(s.Serializer[Any]):
    """A unit as each set has it. It is the same `unit` as long as the same spans are in it."""

    unit = s.CharField()
    labels = s.ListField(child=s.CharField())
    differences = DifferenceSaid(many=True, help_text="None where all sets agree.")
    versions = Version(many=True)
    decision = Decision(allow_null=True)
    decided = s.BooleanField()
    why_again = s.CharField(help_text="Why what was decided is asked again.")


class AdjudicationProgress(s.Serializer[Any]):
    """How far an adjudication is."""

    units = s.IntegerField()
    decided = s.IntegerField()
    disagreements = s.IntegerField()
    agreements = s.IntegerField()


class Adjudication(s.Serializer[Any]):
    """An article's adjudication: the gold set it makes, and every unit."""

    article = s.UUIDField()
    annotation_set = AnnotationSetHead(allow_null=True, help_text="None until it is started.")
    version = s.IntegerField(help_text="Of the gold set: what `ETag` says.")
    sets = ComparedSet(many=True)
    progress = AdjudicationProgress()
    units = Unit(many=True)
    offset_unit = s.ChoiceField(OffsetUnit.choices)


class NewDecision(s.Serializer[Any]):
    """What to decide about a unit. Offsets are code points."""

    unit = s.CharField()
    choice = s.ChoiceField([each for each in Choice.choices if each[0] != Choice.UNDO])
    set = s.UUIDField(
        required=False,
        allow_null=True,
        help_text="Whose version to take; with `merge` and `edit`, whose attributes and links.",
    )
    merge = s.ChoiceField(Merge.choices, required=False)
    label = s.CharField(required=False)  # type: ignore[assignment]  # a field of ours, not the class's own
    fragments = s.ListField(child=s.DictField(), required=False)
    attributes = s.DictField(required=False)
    reason = s.CharField(required=False)
    note = s.CharField(required=False)
    alike = s.BooleanField(required=False, help_text="Decide all that is like it the same way.")


class Disagreements(s.Serializer[Any]):
    """An article that at least two people have submitted, with what they differ about."""

    article = s.UUIDField()
    title = s.CharField()
    sets = ComparedSet(many=True)
    progress = AdjudicationProgress()
    disagreements = Unit(many=True)
    offset_unit = s.ChoiceField(OffsetUnit.choices)
