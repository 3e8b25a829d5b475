"""The shape of every refusal."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers as s

from ...vocabulary import OffsetUnit


class Problem(s.Serializer[Any]):
    """Why something was refused (RFC 9457). Programs go by `code`, people read `detail`."""

    type = s.CharField()
    title = s.CharField()
    status = s.IntegerField()
    detail = s.CharField(help_text="One or two sentences that say what to do.")
    code = s.CharField()
    errors = s.ListField(  # type: ignore[assignment]  # a field of ours, not the class's own
        child=s.DictField(),
        required=False,
        help_text="The field, line, span or relation of each fault.",
    )
    operation = s.IntegerField(
        required=False,
        help_text="Which operation of the batch it is, from 0. Nothing of it was done.",
    )
    version = s.IntegerField(required=False, help_text="With 412: the version the set is at.")
    operations = s.ListField(
        child=s.DictField(),
        required=False,
        help_text="With 412: what was done since your version, each with the `version` it made.",
    )
    offset_unit = s.ChoiceField(
        OffsetUnit.choices,
        required=False,
        help_text="With 412: what offsets in `operations` count.",
    )
    report = s.DictField(
        required=False,
        help_text="With a file that cannot be imported: all that was found.",
    )
