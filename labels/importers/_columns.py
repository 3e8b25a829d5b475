"""What importers of plain articles build with: names that people give columns and members, and an article of them.

A name stands for a field of the article where somebody says so, else where it is a usual one; everything else is
kept beside the text, in `extra`. So is a value that its field cannot have, and the article says so in a note.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..records import Article
from ..text.canonical import Canonical
from ..text.furniture import title
from ..text.metadata import EXTRA, LENGTHS, fault
from ..words import say
from ._reading import Fault

TEXT = "text"
USUAL: Mapping[str, tuple[str, ...]] = {
    TEXT: (
        *("body", "article", "content", "fulltext", "articletext", "articlebody", "bodytext"),
        *("story", "inhalt", "volltext", "artikeltext", "本文", "テキスト", "texto", "cuerpo"),
    ),
    "title": (
        *("headline", "heading", "titel", "überschrift", "schlagzeile", "見出し", "タイトル"),
        *("título", "titulo", "titular"),
    ),
    "external_id": ("id", "articleid", "docid", "documentid", "uid", "guid", "uri", "artikelid"),
    "publisher": (
        *("source", "outlet", "newspaper", "publication", "site", "zeitung", "quelle", "媒体"),
        *("medio", "fuente"),
    ),
    "byline": ("author", "authors", "by", "creator", "autor", "autorin", "著者", "autora"),
    "language": ("lang", "sprache", "言語", "idioma"),
    "url": ("link", "address", "weburl", "adresse", "enlace"),
    "published_at": (
        *("published", "date", "datetime", "pubdate", "publicationdate", "publishdate"),
        *("datepublished", "versioncreated", "datum", "erscheinungsdatum", "日付", "fecha"),
    ),
}  # fmt: skip
"""The names that each field goes by, folded; the first that a file has is taken."""
SHOWN = 12
"""Columns that a sentence lists."""


def folded(name: str) -> str:
    """Return a name without what people write differently: case, blanks, hyphens, underscores."""
    return name.strip().casefold().translate({ord(each): None for each in " _-."})


KNOWN = {folded(name): field for field, names in USUAL.items() for name in (field, *names)}
RANK = {folded(n): at for f, names in USUAL.items() for at, n in enumerate((f, *names))}


def fields_of(names: Iterable[str], said: Mapping[str, str] = {}) -> dict[str, str]:
    """Return the name that stands for each field, by what somebody `said` (name → field), then by custom."""
    there = list(names)
    told = {folded(name): field for name, field in said.items()}
    found: dict[str, str] = {}
    for name in there:
        field = told.get(folded(name))
        if field:
            found.setdefault(field, name)
    usual = [each for each in there if folded(each) in KNOWN and folded(each) not in told]
    for name in sorted(usual, key=lambda each: RANK[folded(each)]):
        found.setdefault(KNOWN[folded(name)], name)
    return found


def no_text(names: Iterable[str]) -> Fault:
    """Say that nothing is known as the text, and what there is."""
    there = ", ".join(f"“{each[:40]}”" for each in list(names)[:SHOWN])
    return Fault(
        "no_text",
        say(
            "No column is known as the text. There are: {names}. Say which it is, such as Body=text.",
            names=there,
        ),
    )


def article_of(
    text: Canonical,
    given: Mapping[str, Any],
    extra: Mapping[str, Any] | None = None,
    notes: Iterable[str] = (),
) -> Article:
    """Return an article with what is given of its fields; what a field cannot have goes to `extra` with a note."""
    beside = dict(extra or {})
    said = list(notes)
    described: dict[str, Any] = {}
    for name in LENGTHS:
        value = _written(given.get(name))
        if value is None:
            continue
        sentence = fault(name, value) or (
            "" if isinstance(value, str) else say("Text is expected here.")
        )
        if sentence:
            beside[name] = value
            shown = str(value)[:60]
            said.append(
                say(
                    "{name}: “{value}” is kept beside. {fault}",
                    name=name,
                    value=shown,
                    fault=sentence,
                )
            )
        else:
            described[name] = value
    wrong = fault(EXTRA, beside)
    if wrong:
        raise Fault("invalid", f"{EXTRA}: {wrong}")
    return Article(
        text=text.text,
        text_sha256=text.text_sha256,
        original_sha256=text.original_sha256,
        title=described.pop("title", "") or title(text.text),
        extra=beside,
        notes=said,
        **described,
    )


def _written(value: Any) -> Any:
    """Return a value as text where it is one in all but form; None where nothing is given."""
    if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
        value = ", ".join(value)
    if type(value) in {int, float}:
        value = str(value)
    if isinstance(value, str):
        return value.strip() or None
    return value if value not in (None, [], {}) else None
