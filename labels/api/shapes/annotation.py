"""Annotation sets with their spans and relations, and their history."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers as s

from ...vocabulary import Kind, OffsetUnit, Origin, State, Subject


class Fragment(s.Serializer[Any]):
    """A stretch of text, `[start, end)`, with the text that stands there."""

    start = s.IntegerField(min_value=0)
    end = s.IntegerField(min_value=1)
    quote = s.CharField()


class Span(s.Serializer[Any]):
    """A labelled span of one or more fragments."""

    id = s.UUIDField()
    label = s.CharField()  # type: ignore[assignment]  # a field of ours, not the class's own
    fragments = Fragment(many=True)
    attributes = s.DictField()
    rev = s.IntegerField(help_text="The version of the set at which it last changed.")
    origin = s.ChoiceField(Origin.choices)
    derived_from = s.UUIDField(allow_null=True)
    confidence = s.FloatField(allow_null=True)
    flag = s.BooleanField()


_Relation = {
    "id": s.UUIDField(),
    "type": s.CharField(),
    "from": s.UUIDField(),
    "to": s.UUIDField(),
    "attributes": s.DictField(),
    "rev": s.IntegerField(),
    "__doc__": "A typed link from one span to another of the same set.",
    "__module__": __name__,
}
# `from` is a word of Python's own, so this class cannot be written as the others are.
Relation: type[s.Serializer[Any]] = type("Relation", (s.Serializer,), _Relation)


class AnnotationSetHead(s.Serializer[Any]):
    """An annotation set without its spans and relations, as lists show it."""

    id = s.UUIDField()
    article = s.UUIDField()
    annotator = s.CharField()
    kind = s.ChoiceField(Kind.choices)
    round = s.IntegerField()
    state = s.ChoiceField(State.choices)
    version = s.IntegerField()
    scheme_version = s.IntegerField()


class AnnotationSet(AnnotationSetHead):
    """One person's spans and relations on one article."""

    offset_unit = s.ChoiceField(OffsetUnit.choices)
    spans = Span(many=True)
    relations = Relation(many=True)


class Note(s.Serializer[Any]):
    """What may be said with a judgement; it becomes a comment on the set."""

    note = s.CharField(required=False)


class Revision(s.Serializer[Any]):
    """A line of the append-only log. Those of one annotation set form a chain of hashes."""

    id = s.IntegerField(help_text="Its place in the project's feed: send the last one as `since`.")
    subject = s.ChoiceField(Subject.choices)
    subject_id = s.CharField()
    action = s.CharField()
    by = s.CharField()
    at = s.DateTimeField()
    version = s.IntegerField(allow_null=True, help_text="The version of the set after it.")
    payload = s.DictField()
    offset_unit = s.ChoiceField(OffsetUnit.choices)
    digest = s.CharField()
    previous = s.CharField()
    chain = s.CharField()
