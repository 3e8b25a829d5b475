"""Verdicts and comments."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers as s

from ...vocabulary import OffsetUnit, Verdict


class NewReview(s.Serializer[Any]):
    """A verdict on a span or a relation, or (`missing`) on what nobody marked."""

    span = s.UUIDField(required=False, allow_null=True)
    relation = s.UUIDField(required=False, allow_null=True)
    verdict = s.ChoiceField(Verdict.choices)
    reason = s.CharField(required=False, help_text="Needed to reject.")
    comment = s.CharField(required=False)
    proposal = s.DictField(
        required=False,
        allow_null=True,
        help_text="With `fix` and `missing`: the unit as it should be, offsets in code points."
        " For a span `label`, `fragments`, `attributes`; for a relation `type`, `from`, `to`, `attributes`.",
    )


class Review(s.Serializer[Any]):
    """A reviewer's verdict on a unit at one revision; the last of a unit counts."""

    id = s.UUIDField()
    span = s.UUIDField(allow_null=True)
    relation = s.UUIDField(allow_null=True)
    verdict = s.ChoiceField(Verdict.choices)
    reason = s.CharField()
    comment = s.CharField()
    proposal = s.DictField(allow_null=True)
    offset_unit = s.ChoiceField(OffsetUnit.choices)
    reviewer = s.CharField()
    rev = s.IntegerField()
    created_at = s.DateTimeField()


class Accepted(s.Serializer[Any]):
    """The verdicts that were given along."""

    accepted = Review(many=True)


class NewRemark(s.Serializer[Any]):
    """A comment on an article."""

    text = s.CharField(
        required=False,
        help_text="`@name` tells somebody who may read it. Needed unless it resolves.",
    )
    resolves = s.BooleanField(required=False, help_text="The thread is done with.")


class NewComment(s.Serializer[Any]):
    """A comment on the set, or on a span or relation of it."""

    span = s.UUIDField(required=False, allow_null=True)
    relation = s.UUIDField(required=False, allow_null=True)
    text = s.CharField(
        required=False,
        help_text="`@name` tells somebody who may read it. Needed unless it resolves.",
    )
    resolves = s.BooleanField(required=False, help_text="The thread is done with.")


class Comment(s.Serializer[Any]):
    """What somebody said; never changed."""

    id = s.UUIDField()
    span = s.UUIDField(allow_null=True)
    relation = s.UUIDField(allow_null=True)
    author = s.CharField()
    text = s.CharField()
    resolves = s.BooleanField()
    mentions = s.ListField(child=s.CharField())
    created_at = s.DateTimeField()
