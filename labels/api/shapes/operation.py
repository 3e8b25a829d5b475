"""The operations that change an annotation set."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers as s

from ...vocabulary import Origin


class NewFragment(s.Serializer[Any]):
    """A stretch of text in code points. Offsets without their quote are refused."""

    start = s.IntegerField(min_value=0)
    end = s.IntegerField(min_value=1)
    quote = s.CharField(help_text="Has to be the text from `start` to `end`, to the letter.")


class AddSpan(s.Serializer[Any]):
    """Mark a span, with an id of your choice."""

    op = s.ChoiceField(["add_span"])
    id = s.UUIDField()
    label = s.CharField()  # type: ignore[assignment]  # a field of ours, not the class's own
    fragments = NewFragment(many=True)
    attributes = s.DictField(required=False)
    origin = s.ChoiceField([Origin.HAND, Origin.SUGGESTION], required=False)
    derived_from = s.UUIDField(required=False, allow_null=True)
    confidence = s.FloatField(required=False, allow_null=True, min_value=0, max_value=1)
    flag = s.BooleanField(required=False)


class MoveSpan(s.Serializer[Any]):
    """Give a span other fragments."""

    op = s.ChoiceField(["move_span"])
    id = s.UUIDField()
    fragments = NewFragment(many=True)


class RelabelSpan(s.Serializer[Any]):
    """Give a span another label; it keeps the attributes that the new label has, too."""

    op = s.ChoiceField(["relabel_span"])
    id = s.UUIDField()
    label = s.CharField()  # type: ignore[assignment]  # a field of ours, not the class's own


class SetAttributes(s.Serializer[Any]):
    """Merge attributes into a span; null removes a value."""

    op = s.ChoiceField(["set_attributes"])
    id = s.UUIDField()
    attributes = s.DictField(required=False)
    confidence = s.FloatField(required=False, allow_null=True, min_value=0, max_value=1)
    flag = s.BooleanField(required=False)


class DeleteSpan(s.Serializer[Any]):
    """Delete a span; its relations go along."""

    op = s.ChoiceField(["delete_span"])
    id = s.UUIDField()


class RestoreSpan(s.Serializer[Any]):
    """Bring a deleted span back, with what went along."""

    op = s.ChoiceField(["restore_span"])
    id = s.UUIDField()


# `from` is a word of Python's own, so this class cannot be written as the others are.
AddRelation: type[s.Serializer[Any]] = type(
    "AddRelation",
    (s.Serializer,),
    {
        "op": s.ChoiceField(["add_relation"]),
        "id": s.UUIDField(),
        "type": s.CharField(),
        "from": s.UUIDField(),
        "to": s.UUIDField(),
        "attributes": s.DictField(required=False),
        "__doc__": "Link two spans of the set.",
        "__module__": __name__,
    },
)


class SetRelationAttributes(s.Serializer[Any]):
    """Merge attributes into a relation; null removes a value."""

    op = s.ChoiceField(["set_relation_attributes"])
    id = s.UUIDField()
    attributes = s.DictField(required=False)


class DeleteRelation(s.Serializer[Any]):
    """Delete a relation."""

    op = s.ChoiceField(["delete_relation"])
    id = s.UUIDField()


class RestoreRelation(s.Serializer[Any]):
    """Bring a deleted relation back."""

    op = s.ChoiceField(["restore_relation"])
    id = s.UUIDField()


OPERATIONS: dict[str, type[s.Serializer[Any]]] = {
    "add_span": AddSpan,
    "move_span": MoveSpan,
    "relabel_span": RelabelSpan,
    "set_attributes": SetAttributes,
    "delete_span": DeleteSpan,
    "restore_span": RestoreSpan,
    "add_relation": AddRelation,
    "set_relation_attributes": SetRelationAttributes,
    "delete_relation": DeleteRelation,
    "restore_relation": RestoreRelation,
}


class Operation(s.Field[Any, Any, Any, Any]):
    """One of `OPERATIONS`, told apart by `op`."""


class Batch(s.Serializer[Any]):
    """Up to 500 operations, done in order, all or none."""

    operations = s.ListField(child=Operation(), min_length=1, max_length=500)


class Result(s.Serializer[Any]):
    """What one operation did."""

    op = s.ChoiceField(list(OPERATIONS))
    id = s.UUIDField()
    rev = s.IntegerField()
    also = s.ListField(child=s.UUIDField(), help_text="Ids of other units that it touched along.")


class OperationsAnswer(s.Serializer[Any]):
    """The version after a batch, and what each operation of it did."""

    version = s.IntegerField()
    results = Result(many=True)
