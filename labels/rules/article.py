"""What an article may say of itself: its metadata, read from JSON or from an importer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ..errors import BadText, Invalid
from ..records import Article
from ..text.canonical import TextError, canonical
from ..text.furniture import title
from ..text.metadata import EXTRA, FIELDS, fault
from ..words import say
from .wording import known

LONGEST_TEXT = 5_000_000
"""Code points: a novel has fewer than one million."""


def read(raw: Any) -> Article:
    """Return an article from a JSON object with `text` and metadata.

    Raises `BadText` for a text that cannot be kept and `Invalid` for any other member.
    """
    given = known(raw, FIELDS | {"text", "supersedes"})
    if not isinstance(given.get("text"), str):
        raise Invalid(say("text: the text of the article is needed."), errors=[_fault("text")])
    try:
        found = canonical(given["text"])
    except TextError as error:
        raise BadText(
            error.detail,
            errors=[{"field": "text", "code": error.code, "position": error.position}],
        ) from None
    if found.length > LONGEST_TEXT:
        raise BadText(
            say(
                "The text has {count} code points; {longest} are the most. Split it.",
                count=found.length,
                longest=LONGEST_TEXT,
            )
        )
    described = metadata({name: given[name] for name in FIELDS & given.keys()})
    if not described.get("title", "").strip():
        described["title"] = title(found.text)
    return Article(
        text=found.text,
        text_sha256=found.text_sha256,
        original_sha256=found.original_sha256,
        supersedes=_supersedes(given.get("supersedes")),
        **described,
    )


def _supersedes(raw: Any) -> UUID | None:
    try:
        return None if raw is None else UUID(raw)
    except (ValueError, TypeError, AttributeError):
        message = say("The id of an article is expected.")
        fault_ = [_fault("supersedes", message)]
        raise Invalid(f"supersedes: {message}", errors=fault_) from None


def metadata(given: dict[str, Any]) -> dict[str, Any]:
    """Check metadata and return it, nothing given as empty. Raises `Invalid` naming the field."""
    for name, value in given.items():
        sentence = fault(name, value)
        if sentence:
            raise Invalid(f"{name}: {sentence}", errors=[_fault(name, sentence)])
    return {
        name: ({} if name == EXTRA else "") if value is None else value
        for name, value in given.items()
    }


def _fault(field: str, message: str = "") -> dict[str, str]:
    found = {"field": field, "code": "invalid"}
    return found | {"message": message} if message else found
