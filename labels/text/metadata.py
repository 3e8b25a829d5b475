"""What an article may say of itself, whoever says it: a form, the API, or an import format.

`fault` names what is wrong with one value in a sentence that can stand behind the field's name; the
caller refuses with it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime
from urllib.parse import urlsplit

from ..words import say

LENGTHS: Mapping[str, int] = {
    "external_id": 200,
    "title": 500,
    "publisher": 300,
    "byline": 300,
    "language": 35,
    "url": 2000,
    "published_at": 35,
}
"""The fields that are text, and how many code points each may have."""
EXTRA = "extra"
"""Where everything else goes: an object of whatever a project needs."""
FIELDS = frozenset({*LENGTHS, EXTRA})

DEEPEST_EXTRA = 16
LARGEST_NUMBER = 2**63
_DATE_LENGTH = len("2019-10-29")


def fault(field: str, value: object) -> str | None:
    """Say what is wrong with a field's value, or return None. Null stands for nothing given."""
    if value is None:
        return None
    if field == EXTRA:
        return _extra_fault(value)
    if not isinstance(value, str):
        return say("Text is expected here.")
    if len(value) > LENGTHS[field]:
        return say("At most {longest} characters.", longest=LENGTHS[field])
    sentence = _text_fault(value)
    if value and not sentence and field in _FORMS:
        sentence = _FORMS[field](value)
    return sentence


def _text_fault(value: str) -> str | None:
    if value.isprintable():
        return None
    try:
        is_kept = b"\0" not in value.encode()
    except UnicodeEncodeError:
        is_kept = False
    return (
        None if is_kept else say("It has a character that cannot be kept (NUL or half of a pair).")
    )


def _url_fault(value: str) -> str | None:
    try:
        is_web = urlsplit(value).scheme in {"http", "https"}
    except ValueError:
        is_web = False
    return None if is_web else say("An address begins with http:// or https://.")


def _date_fault(value: str) -> str | None:
    try:
        if len(value) <= _DATE_LENGTH:
            date.fromisoformat(value)
        else:
            datetime.fromisoformat(value)
    except ValueError:
        return say("A date or date-time such as 2019-10-29 or 2019-10-29T08:30:00Z.")
    return None


_FORMS = {"url": _url_fault, "published_at": _date_fault}
"""Fields whose text has a form."""


def _extra_fault(value: object) -> str | None:
    if not isinstance(value, dict):
        return say("An object is expected.")
    level: list[object] = [value]
    for _depth in range(DEEPEST_EXTRA + 1):
        inner: list[object] = []
        for each in level:
            found = _leaf_fault(each)
            if found:
                return found
            if isinstance(each, dict):
                inner += [*each, *each.values()]
            elif isinstance(each, list):
                inner += each
        if not inner:
            return None
        level = inner
    return say("It is nested more than {most} deep.", most=DEEPEST_EXTRA)


def _leaf_fault(value: object) -> str | None:
    if isinstance(value, str):
        return _text_fault(value)
    # Readers of JSON turn a longer whole number into one that is only near it.
    if isinstance(value, int | float) and not (
        math.isfinite(value) and abs(value) < LARGEST_NUMBER
    ):
        return say("It has a number that cannot be kept exactly: write it as text.")
    return None
