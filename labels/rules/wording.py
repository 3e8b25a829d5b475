"""What people type: names, comments, reasons. Kept as typed, refused when it cannot be kept."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from typing import Any

from ..errors import Invalid
from ..words import say

SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
USERNAME = re.compile(r"^[\w.@+-]{1,150}$")


def text(field: str, value: Any, *, longest: int, needed: bool = False) -> str:
    """Return a text, or raise `Invalid` naming the field."""
    if value is None:
        value = ""
    if not isinstance(value, str):
        raise _invalid(field, say("Text is expected here."))
    if "\0" in value or any("\ud800" <= char <= "\udfff" for char in value):
        raise _invalid(
            field, say("It has a character that cannot be kept (NUL or half of a pair).")
        )
    if len(value) > longest:
        raise _invalid(field, say("At most {longest} characters.", longest=longest))
    if needed and not value.strip():
        raise _invalid(field, say("This is needed."))
    return value


def slug(field: str, value: Any) -> str:
    """Return a slug: small letters, digits and single hyphens."""
    found = text(field, value, longest=80, needed=True)
    if not SLUG.match(found):
        raise _invalid(field, say("Small letters, digits and hyphens, such as “my-project”."))
    return found


def username(field: str, value: Any) -> str:
    """Return a user name."""
    found = text(field, value, longest=150, needed=True)
    if not USERNAME.match(found):
        raise _invalid(field, say("Letters, digits and . @ + - _ only, no blanks."))
    return found


def choice(field: str, value: Any, values: Any) -> Any:
    """Return a member of an enumeration, or raise `Invalid` listing them."""
    try:
        return values(value)
    except ValueError:
        raise _invalid(
            field, say("Choose one of {names}.", names=", ".join(values.values))
        ) from None


def whole(field: str, value: Any, *, least: int, most: int) -> int:
    """Return a whole number in a range, or raise `Invalid` naming the field."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise _invalid(field, say("A whole number from {least} to {most}.", least=least, most=most))
    return value


def boolean(field: str, value: Any) -> bool:
    """Return a truth value."""
    if not isinstance(value, bool):
        raise _invalid(field, say("Send true or false."))
    return value


def known(raw: Any, fields: AbstractSet[str]) -> dict[str, Any]:
    """Return an object whose members are all known, or raise `Invalid` naming the others."""
    if not isinstance(raw, dict):
        raise _invalid("(body)", say("A JSON object is expected."))
    unknown = sorted(set(raw) - fields)
    if unknown:
        raise _invalid(
            unknown[0],
            say(
                "“{key}” is not known here. Known: {names}.",
                key=unknown[0],
                names=", ".join(sorted(fields)),
            ),
        )
    return raw


def _invalid(field: str, message: str) -> Invalid:
    return Invalid(
        f"{field}: {message}", errors=[{"field": field, "code": "invalid", "message": message}]
    )
