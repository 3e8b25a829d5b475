"""What a value of an attribute has to be, type by type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeGuard
from uuid import UUID

import regex

from ..words import say
from .scheme import Attribute

MAX_TEXT_VALUE = 10_000
"""Code points in a text attribute."""
PATTERN_SECONDS = 0.1
"""A pattern such as (a+)+b can take for ever, and nobody else saves meanwhile."""


def problem(attribute: Attribute, value: Any, labels: Mapping[str, str]) -> str:
    """Say what is wrong with a value, in a sentence without its subject; nothing where it is right.

    `labels` gives the label of every span that values may refer to, by id.
    """
    return _CHECKS[attribute.type](attribute, value, labels)


def whole(value: Any) -> TypeGuard[int]:
    """Whether a value is a whole number; in JSON, true is none."""
    return isinstance(value, int) and not isinstance(value, bool)


def _choice(attribute: Attribute, value: Any, _labels: Mapping[str, str]) -> str:
    if isinstance(value, str) and value in attribute.values:
        return ""
    return say("choose one of {names}.", names=", ".join(attribute.values))


def _choices(attribute: Attribute, value: Any, _labels: Mapping[str, str]) -> str:
    if isinstance(value, list) and all(
        isinstance(each, str) and each in attribute.values for each in value
    ):
        return "" if len(set(value)) == len(value) else say("name each value once.")
    return say("send a list of values from {names}.", names=", ".join(attribute.values))


def _boolean(_attribute: Attribute, value: Any, _labels: Mapping[str, str]) -> str:
    return "" if isinstance(value, bool) else say("send true or false.")


def _integer(attribute: Attribute, value: Any, _labels: Mapping[str, str]) -> str:
    if not whole(value):
        return say("send a whole number.")
    if attribute.min is not None and value < attribute.min:
        return say("at least {min}.", min=attribute.min)
    if attribute.max is not None and value > attribute.max:
        return say("at most {max}.", max=attribute.max)
    return ""


def _text(attribute: Attribute, value: Any, _labels: Mapping[str, str]) -> str:
    if not isinstance(value, str):
        return say("send text.")
    if len(value) > MAX_TEXT_VALUE:
        return say("at most {longest} characters.", longest=MAX_TEXT_VALUE)
    if "\0" in value or any("\ud800" <= char <= "\udfff" for char in value):
        return say("the text has a character that cannot be kept.")
    return _unlike(attribute.pattern, value) if attribute.pattern else ""


def _unlike(pattern: str, value: str) -> str:
    try:
        found = regex.fullmatch(pattern, value, timeout=PATTERN_SECONDS)
    except TimeoutError:
        return say(
            "it takes too long to see whether it looks like {pattern}: ask for a simpler pattern.",
            pattern=pattern,
        )
    return "" if found else say("it must look like {pattern}.", pattern=pattern)


def _span(attribute: Attribute, value: Any, labels: Mapping[str, str]) -> str:
    try:
        label = labels.get(str(UUID(value)))
    except (ValueError, AttributeError, TypeError):
        return say("send the id of a span.")
    if label is None:
        return say("there is no such span in this set.")
    if attribute.labels and label not in attribute.labels:
        return say("choose a span labelled {names}.", names=", ".join(attribute.labels))
    return ""


_CHECKS = {
    "choice": _choice,
    "ordinal": _choice,
    "choices": _choices,
    "boolean": _boolean,
    "integer": _integer,
    "text": _text,
    "identifier": _text,
    "span": _span,
}
