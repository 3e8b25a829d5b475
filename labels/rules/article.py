"""What an article may say of itself: its metadata, read from JSON or from an importer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from ..errors import BadText, Invalid
from ..records import Article
from ..text.canonical import TextError, canonical
from ..text.segments import paragraphs, sentences
from .wording import known, text

LENGTHS = {
    "external_id": 200,
    "title": 500,
    "publisher": 300,
    "byline": 300,
    "language": 35,
    "url": 2000,
    "published_at": 35,
}
FIELDS = {*LENGTHS, "extra"}
LONGEST_TITLE = 120
"""Code points of a title that is taken from the text."""
LONGEST_TEXT = 5_000_000
"""Code points: a novel has fewer than one million."""


def read(raw: Any) -> Article:
    """Return an article from a JSON object with `text` and metadata.

    Raises `BadText` for a text that cannot be kept and `Invalid` for any other member.
    """
    given = known(raw, FIELDS | {"text"})
    if not isinstance(given.get("text"), str):
        raise Invalid("text: the text of the article is needed.", errors=[_fault("text")])
    try:
        found = canonical(given["text"])
    except TextError as error:
        raise BadText(
            error.detail,
            errors=[{"field": "text", "code": error.code, "position": error.position}],
        ) from None
    if found.length > LONGEST_TEXT:
        raise BadText(f"The text has {found.length} code points; {LONGEST_TEXT} are the most.")
    described = metadata({name: given[name] for name in FIELDS & given.keys()})
    described["title"] = described.get("title") or title_of(found.text)
    return Article(
        text=found.text,
        text_sha256=found.text_sha256,
        original_sha256=found.original_sha256,
        **described,
    )


def title_of(whole: str) -> str:
    """Return the first sentence of a text, cut at a word: the title of an article that has none."""
    start, end = next(iter(paragraphs(whole)))
    first, last = next(sentences(whole, start, end), (start, end))
    sentence = whole[first:last]
    if len(sentence) <= LONGEST_TITLE:
        return sentence
    return sentence[:LONGEST_TITLE].rsplit(None, 1)[0] + " …"


def metadata(given: dict[str, Any]) -> dict[str, Any]:
    """Check metadata and return it. Raises `Invalid` naming the field."""
    checked: dict[str, Any] = {
        name: text(name, value, longest=LENGTHS[name])
        for name, value in given.items()
        if name in LENGTHS
    }
    if checked.get("url") and urlsplit(checked["url"]).scheme not in ("http", "https"):
        raise Invalid("url: an address begins with http:// or https://.", errors=[_fault("url")])
    if checked.get("published_at"):
        _check_date(checked["published_at"])
    if "extra" in given:
        if not isinstance(given["extra"], dict):
            raise Invalid("extra: an object is expected.", errors=[_fault("extra")])
        checked["extra"] = given["extra"]
    return checked


def _check_date(value: str) -> None:
    try:
        if len(value) <= len("2019-10-29"):
            date.fromisoformat(value)
        else:
            datetime.fromisoformat(value)
    except ValueError:
        raise Invalid(
            "published_at: a date or date-time such as 2019-10-29 or 2019-10-29T08:30:00Z.",
            errors=[_fault("published_at")],
        ) from None


def _fault(field: str) -> dict[str, str]:
    return {"field": field, "code": "invalid"}
