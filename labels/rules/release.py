"""What a release may be: its terms, and its number.

The number follows what users of a data set need to know (Croissant 1.1): PATCH is the same data in another
package, MINOR only adds, MAJOR changes, takes away or reshuffles.
"""

from __future__ import annotations

import re
from typing import Any

from ..errors import AlreadyExists, Invalid
from ..records import Terms
from ..words import say
from .wording import boolean, known, text

VERSION = re.compile(r"^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$")
FIRST = "1.0.0"
SPLITS = ("none", "article", "time")
TERMS = {
    "with_text",
    "pseudonyms",
    "split",
    "shares",
    "seed",
    "licence_labels",
    "licence_text",
    "notes",
}
LARGEST_SEED = 2**31 - 1


def terms(given: Any) -> Terms:
    """Read the terms. Raises `Invalid` naming what is wrong."""
    found = known(given, TERMS)
    split = found.get("split", "none")
    if split not in SPLITS:
        raise _invalid("split", say("Choose one of {choices}.", choices=", ".join(SPLITS)))
    return Terms(
        with_text=boolean("with_text", found.get("with_text", True)),
        pseudonyms=boolean("pseudonyms", found.get("pseudonyms", True)),
        split=split,
        shares=_shares(found.get("shares", [80, 10, 10])),
        seed=_whole("seed", found.get("seed", 1), LARGEST_SEED),
        licence_labels=text("licence_labels", found.get("licence_labels"), longest=500).strip(),
        licence_text=text("licence_text", found.get("licence_text"), longest=500).strip(),
        notes=text("notes", found.get("notes"), longest=10_000).strip(),
    )


def number(wanted: str, previous: str, *, added: int, changed: int, removed: int) -> str:
    """Return a release's number: the one that is wanted, or what follows from the changes.

    Raises `Invalid` for a number that does not count on, and `AlreadyExists` for one that is taken.
    """
    if wanted:
        return _checked(wanted, previous)
    if not previous:
        return FIRST
    major, minor, patch = parsed(previous)
    if changed or removed:
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if added else f"{major}.{minor}.{patch + 1}"


def parsed(version: str) -> tuple[int, int, int]:
    """Return the three numbers of a version."""
    major, minor, patch = (int(each) for each in version.split("."))
    return major, minor, patch


def _checked(wanted: str, previous: str) -> str:
    if not VERSION.fullmatch(wanted):
        raise _invalid("version", say("Three numbers with dots, such as 1.2.0."))
    if wanted == previous:
        raise AlreadyExists(
            say(
                "There is a release {version} already, and a release never changes.", version=wanted
            )
        )
    if previous and parsed(wanted) < parsed(previous):
        raise _invalid(
            "version", say("The last release is {version}: count on from there.", version=previous)
        )
    return wanted


def _shares(value: Any) -> tuple[int, int, int]:
    if not isinstance(value, list) or len(value) != len(("train", "dev", "test")):
        raise _invalid("shares", say("Send three numbers, for train, dev and test."))
    train, dev, test = (_whole("shares", each, 100) for each in value)
    if train + dev + test != 100:  # noqa: PLR2004 - per cent
        raise _invalid("shares", say("They add up to {sum}, not to 100.", sum=train + dev + test))
    return train, dev, test


def _whole(field: str, value: Any, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise _invalid(field, say("A whole number from 0 to {most} is expected.", most=most))
    return value


def _invalid(field: str, message: str) -> Invalid:
    return Invalid(
        f"{field}: {message}", errors=[{"field": field, "code": "invalid", "message": message}]
    )
