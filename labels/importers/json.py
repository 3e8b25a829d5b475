"""JSON: plain articles, in a list or one after the other, with names of your own; ninjs of news agencies.

The text is the member text, body, content or article; title or headline, author or byline, date, url, language, publisher
or source and id are known by many names. If yours are called otherwise, say so: “Body=text, Head=title”. Every other
member is kept beside the text. Of ninjs, the text is taken from its plain body, else from its HTML. So is that of a
feed (JSON Feed), whose articles stand in a list under “items”, “articles”, “results”, “documents”, “docs” or “stories”;
what stands beside such a list is not of an article, and is not read.

Sample:

    [
      {"id": 7, "headline": "Taxes", "body": "🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.”", "date": "2019-10-29", "desk": "economy"},
      {"uri": "urn:news:8", "type": "text", "headline": "Ministers to meet", "body_xhtml": "<p>A meeting is planned.</p><p>Nothing else.</p>"}
    ]
"""  # noqa: E501 - an object of the sample is a line

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import orjson

from ..records import Article, BadItem
from ..text.metadata import FIELDS
from ..words import say
from ._columns import TEXT, USUAL, article_of, fields_of, folded, no_text
from ._html import parsed
from ._marks import text_of
from ._objects import PIECE, items, listed, objects
from ._reading import BYTE_ORDER_MARK, taken

MEMBER = re.compile(rb'"((?:[^"\\]|\\.){1,80})"\s*:\s*([\[{"]?)')
OTHERS = {
    **dict.fromkeys(("denotations", "tracks", "entities", "label", "labels", "spans"), b"["),
    **dict.fromkeys(("annotations", "completions", "predictions", "annotation_sets"), b"["),
    **dict.fromkeys(("article", "data", "%TYPES"), b"{"),
}
"""Members, and how their values begin, that other formats of JSON have."""
LINKED = ("@context", "%FEATURE_STRUCTURES", "selector", "annotation_id", "_input_hash")
NATIVE = FIELDS | {TEXT, "id", "length", "text_sha256", "version"}
"""What a line of JSON Lines of ours has; that format reads it with more care."""
TEXTS = {folded(each) for each in (TEXT, *USUAL[TEXT])}
PLAIN = ("body_text", "bodytext", "content_text")
RICH = ("body_xhtml", "body_html", "body_xhtml5", "content_html")
"""Bodies of ninjs 1, and of JSON Feed."""
LISTS = ("items", "articles", "results", "documents", "docs", "stories")
"""What a list of articles is called that an object holds."""
MAIN = {"", "main", "body", "headline"}
"""Roles of the article's own body and headline in ninjs 2 and later: others are summaries and the like."""


def recognises(head: bytes, name: str) -> str | None:  # noqa: ARG001 - others look at it
    """Take objects that have a text by any of its names, and no marks."""
    start = head.removeprefix(BYTE_ORDER_MARK).lstrip(b" \t\r\n[")
    if not start.startswith(b"{"):
        return None
    members = [(each[1].decode(errors="replace"), each[2]) for each in MEMBER.finditer(start)]
    names = {each for each, _ in members}
    if names.intersection(LINKED) or any(OTHERS.get(each) == begin for each, begin in members):
        return None
    if names.intersection((*PLAIN, *RICH, "bodies")):
        return say("JSON of articles, because it has the bodies of ninjs or of a feed")
    if start == head.removeprefix(BYTE_ORDER_MARK) and _is_native(start):
        return None
    if any(folded(each) in TEXTS and begin == b'"' for each, begin in members):
        return say("JSON of articles, because an object has a text")
    return None


def _is_native(start: bytes) -> bool:
    first = start.split(b"\n", 1)[0]
    try:
        found = orjson.loads(first)
    except orjson.JSONDecodeError:
        return any(each[1] == TEXT.encode() for each in MEMBER.finditer(first))
    return isinstance(found, dict) and TEXT in found and found.keys() <= NATIVE


def read(
    source: BinaryIO,
    name: str,
    columns: Mapping[str, str] = {},
) -> Iterator[Article | BadItem]:
    """Yield an article for each object; `columns` gives fields of the article to names of members."""
    nothing = BadItem(name, "empty_file", say("The file is empty: no line has an article."))
    yield from taken(
        objects(source) if _is_article(source) else items(source, *LISTS),
        lambda raw: _article(raw, columns),
        lambda number: say("{where}, article {number}", where=name, number=number),
        nothing=nothing,
    )


def _is_article(source: BinaryIO) -> bool:
    """Tell whether the first object has a text before any list of articles begins in it."""
    found = listed(*LISTS).match(source.read(PIECE).removeprefix(BYTE_ORDER_MARK))
    source.seek(0)
    before = MEMBER.finditer(found[0]) if found else ()
    return not found or any(folded(each[1].decode(errors="replace")) in TEXTS for each in before)


def _article(raw: dict[str, Any], columns: Mapping[str, str]) -> Article:
    fields = fields_of(raw, columns)
    given = {field: raw[name] for field, name in fields.items() if field != TEXT}
    used = set(fields.values())
    text = raw.get(fields.get(TEXT, ""))
    notes: list[str] = []
    if TEXT not in fields or not isinstance(text, str):
        text, body, notes = _body(raw)
        if not notes:
            used.add(body)
    given.setdefault("title", _headline(raw))
    extra = raw.get("extra") if isinstance(raw.get("extra"), dict) else None
    beside = {
        name: value for name, value in raw.items() if name not in used and value not in (None, "")
    }
    if extra is not None:
        beside = extra | {name: value for name, value in beside.items() if name != "extra"}
    return article_of(text_of(text), given, beside, notes)


def _body(raw: dict[str, Any]) -> tuple[str, str, list[str]]:
    """Return the text of a ninjs item, the member that has it, and why that stays beside it. Raises `Fault`."""
    bodies = _valued(raw, "bodies")
    if bodies:
        text, notes = _plain(bodies[0]["value"], is_rich=_is_rich(bodies[0]))
        if len(bodies) > 1:
            notes.append(
                say(
                    "There are {count} texts: the main one was taken, all are kept beside it.",
                    count=len(bodies),
                )
            )
        return text, "bodies", notes
    for name in (*PLAIN, *RICH):
        if isinstance(raw.get(name), str):
            text, notes = _plain(raw[name], is_rich=name in RICH)
            return text, name, notes
    raise no_text(raw)


def _plain(text: str, *, is_rich: bool) -> tuple[str, list[str]]:
    if not is_rich:
        return text, []
    return parsed(text).text, [say("The text was taken from HTML; that is kept beside it.")]


def _is_rich(body: Mapping[str, Any]) -> bool:
    return "html" in str(body.get("contentType", body.get("contenttype", "")))


def _headline(raw: dict[str, Any]) -> Any:
    """Return the headline of ninjs 2 and later, which has a list of them."""
    return next((each["value"] for each in _valued(raw, "headlines")), None)


def _valued(raw: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the objects of a list that have a text, those first whose role says that they are the main ones."""
    given = raw.get(name)
    found = [
        each
        for each in (given if isinstance(given, list) else [])
        if isinstance(each, dict) and isinstance(each.get("value"), str)
    ]
    return sorted(found, key=lambda each: (str(each.get("role") or "") not in MAIN, _is_rich(each)))
