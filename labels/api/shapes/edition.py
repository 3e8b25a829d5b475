"""The texts of an article, and what becomes of a set in a newer one."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers as s

from ...vocabulary import Carried, Fate
from .article import ArticleHead


class ArticleVersion(ArticleHead):
    """One text of the article."""

    created_at = s.DateTimeField()


class ArticleVersions(s.Serializer[Any]):
    """All texts that one may read, oldest first."""

    results = ArticleVersion(many=True)


class Place(s.Serializer[Any]):
    """A stretch of a text."""

    start = s.IntegerField()
    end = s.IntegerField()
    quote = s.CharField()


class CarriedSpan(s.Serializer[Any]):
    """A span of the older text, and what becomes of it."""

    id = s.UUIDField()
    label = s.CharField()  # type: ignore[assignment]  # a field of ours, not the class's own
    fragments = Place(many=True, help_text="In the older text.")
    state = s.ChoiceField(
        Fate.choices,
        help_text="`unchanged` and `moved` are proven; the others are for a person to settle.",
    )
    places = s.ListField(
        child=Place(many=True),
        help_text="In the newer text: the proven place, or what may be proposed, the best first.",
    )
    near = s.IntegerField(help_text="About where it stood, as an offset of the newer text.")
    outcome = s.ChoiceField(Carried.choices, allow_null=True)
    reason = s.CharField()
    carried_as = s.UUIDField(allow_null=True, help_text="Its id in the newer set.")


class CarriedRelation(s.Serializer[Any]):
    """A link of the older set; it comes along once both of its ends have."""

    id = s.UUIDField()
    type = s.CharField()
    to = s.UUIDField()
    carried = s.BooleanField()

    def get_fields(self) -> dict[str, Any]:
        """Name its other end, which is a word of Python."""
        return {**super().get_fields(), "from": s.UUIDField()}


class Counts(s.Serializer[Any]):
    """How many spans are in each state, and how many are not settled."""

    unchanged = s.IntegerField()
    moved = s.IntegerField()
    edited = s.IntegerField()
    deleted = s.IntegerField()
    unsettled = s.IntegerField()


class Carrying(s.Serializer[Any]):
    """What becomes of a set in a newer text."""

    set = s.UUIDField()
    article = s.UUIDField(help_text="The newer text.")
    annotation_set = s.UUIDField(allow_null=True, help_text="One's set of the newer text.")
    begun = s.BooleanField(help_text="Whether it has been carried over.")
    counts = Counts()
    spans = CarriedSpan(many=True)
    relations = CarriedRelation(many=True)
    offset_unit = s.CharField()
    refused = s.DictField(
        child=s.CharField(),
        required=False,
        help_text="By span or link, why the rules did not let it come along.",
    )


class Settling(s.Serializer[Any]):
    """What is done about a span that has not come along."""

    span = s.UUIDField(help_text="Its id in the older set.")
    outcome = s.ChoiceField(
        Carried.choices,
        allow_null=True,
        help_text="`carried` marks it at `fragments`, or at its only proposal; `again`: it was marked by hand;"
        " `dropped` needs a `reason`; null takes the word back.",
    )
    fragments = Place(many=True, required=False)
    reason = s.CharField(required=False)
