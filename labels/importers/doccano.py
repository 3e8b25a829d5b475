"""doccano: JSON Lines with `entities` and `relations`, or with `label` as lists of start, end and name.

The file's name is the annotator, since doccano writes a file for each. doccano has no quotes, so that its offsets cannot be
checked: they are taken as code points, and where that could be wrong it is said. Categories of a whole text are kept beside
it. One array of the same objects is read, too.

Sample:

    {"id": 7, "text": "Taxes fell 5%, Ruiz said.", "entities": [{"id": 1, "label": "CLAIM", "start_offset": 0, "end_offset": 13}, {"id": 2, "label": "SOURCE", "start_offset": 15, "end_offset": 19}], "relations": [{"id": 1, "from_id": 1, "to_id": 2, "type": "ATTRIBUTED_TO"}]}
    {"text": "Ministers are to meet.", "label": [[0, 9, "SOURCE"]]}
"""  # noqa: E501 - a line of the format is one line

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, BinaryIO

from ..records import Article, BadItem
from ..words import say
from ._marks import Counted, Marks, article, text_of
from ._objects import objects
from ._reading import BYTE_ORDER_MARK, Fault, lines, parse, taken

MARKED = re.compile(rb'"(?:entities|labels?)"\s*:\s*\[')
ARRAY = re.compile(rb'\[\s*\{\s*(?:"id"\s*:[^,"]{1,40},\s*)?"text"\s*:')
LISTED = re.compile(rb'"(?:entities|labels?)"\s*:\s*\[\s*(?:\[\s*\d|\{\s*"id")')
"""How an array begins, and marks in it as nobody else writes them."""
NOBODY = "doccano"
KNOWN = {"id", "text", "data", "label", "labels", "entities", "relations", "Comments", "comments"}


def recognises(head: bytes, name: str) -> str | None:  # noqa: ARG001 - others look at it
    """Take lines that have a text and a list of labels."""
    start = head.removeprefix(BYTE_ORDER_MARK).lstrip()
    first = start.split(b"\n", 1)[0]
    is_line = first.startswith(b"{") and b'"text"' in first and MARKED.search(first)
    if is_line or (ARRAY.match(start) and LISTED.search(start)):
        return say("doccano, because it has a text and a list of labels")
    return None


def read(source: BinaryIO, name: str) -> Iterator[Article | BadItem]:
    """Yield an article for each line."""
    nothing = BadItem(name, "empty_file", say("The file is empty: no line has an article."))
    annotator = PurePath(name).stem or NOBODY
    doubtful = say(
        "Offsets are taken as code points. doccano may have counted otherwise: look at them."
    )
    is_array = source.read(1024).removeprefix(BYTE_ORDER_MARK).lstrip().startswith(b"[")
    source.seek(0)
    where = (
        (lambda number: say("{where}, article {number}", where=name, number=number))
        if is_array
        else (lambda number: say("{where}, line {number}", where=name, number=number))
    )
    yield from taken(
        objects(source) if is_array else lines(source),
        lambda found: _article(found if is_array else parse(found), annotator, doubtful),
        where,
        nothing=nothing,
    )


def _article(raw: Any, annotator: str, doubtful: str) -> Article:
    if not isinstance(raw, dict):
        raise Fault("invalid", say("An object is expected."))
    written: Any = raw.get("text", raw.get("data"))
    text = text_of(written)
    counted = Counted(written)
    marks = Marks(text, annotator)
    entities = raw.get("entities")
    given = _list(entities or raw.get("label") or raw.get("labels"))
    categories = [each for each in given if isinstance(each, str)]
    for at, each in enumerate(each for each in given if not isinstance(each, str)):
        name, start, end, label = _entity(each, at)
        marks.span(name, label, [counted.place(start, end)])
    for at, each in enumerate(_list(raw.get("relations"))):
        if not isinstance(each, dict):
            raise Fault("invalid", say("An object is expected."))
        ends = str(each.get("from_id")), str(each.get("to_id"))
        marks.relation(str(each.get("id", at)), str(each.get("type") or ""), *ends)
    notes = []
    if marks.spans and len(text.text.encode("utf-16-le")) > 2 * len(text.text):
        notes.append(doubtful)
    if raw.get("Comments") or raw.get("comments"):
        notes.append(say("Comments are not taken."))
    extra = {name: value for name, value in raw.items() if name not in KNOWN}
    if categories:
        extra["label"] = categories
        notes.append(say("Categories of the whole text are kept beside it."))
    sets = [marks] if marks.spans or entities is not None else []
    return article(text, sets, notes, external_id=str(raw.get("id", ""))[:200], extra=extra)


def _list(value: Any) -> list[Any]:
    if value is not None and not isinstance(value, list):
        raise Fault("invalid", say("A list is expected."))
    return value or []


def _entity(raw: Any, at: int) -> tuple[str, Any, Any, str]:
    if isinstance(raw, dict):
        label = str(raw.get("label") or "")
        return str(raw.get("id", at)), raw.get("start_offset"), raw.get("end_offset"), label
    if isinstance(raw, list) and len(raw) == 3:  # noqa: PLR2004 - start, end, label
        return str(at), raw[0], raw[1], str(raw[2] or "")
    raise Fault("invalid", say("A mark is a list of start, end and label, or an object with them."))
