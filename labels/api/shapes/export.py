"""One line of the native export."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers as s

from ...vocabulary import Kind, OffsetUnit, State
from .annotation import Relation, Span
from .article import Article
from .review import Review


class ExportedReview(Review):
    """A verdict in an export; offsets are in the unit of the line."""

    offset_unit = None  # type: ignore[assignment]  # said once in the line


class ExportedSpan(Span):
    """A span with its reviews."""

    reviews = ExportedReview(many=True)


ExportedRelation: type[s.Serializer[Any]] = type(
    "ExportedRelation",
    (Relation,),
    {
        "reviews": ExportedReview(many=True),
        "__doc__": "A relation with its reviews.",
        "__module__": __name__,
    },
)


class ExportedSet(s.Serializer[Any]):
    """An annotation set in an export; `reviews` are those of what is missing or was deleted since."""

    id = s.UUIDField()
    annotator = s.CharField()
    kind = s.ChoiceField(Kind.choices)
    round = s.IntegerField()
    state = s.ChoiceField(State.choices)
    version = s.IntegerField()
    scheme_version = s.IntegerField()
    active_seconds = s.IntegerField(
        required=False, help_text="Time at work on it, where that was measured."
    )
    spans = ExportedSpan(many=True)
    relations = ExportedRelation(many=True)
    reviews = ExportedReview(many=True)


class ExportLine(s.Serializer[Any]):
    """One line of the native export: an article with its annotation sets."""

    article = Article()
    annotation_sets = ExportedSet(many=True)
    offset_unit = s.ChoiceField(OffsetUnit.choices)
    text_sha256 = s.CharField()
