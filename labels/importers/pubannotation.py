"""PubAnnotation: JSON with a text and its denotations, relations and attributes.

One document, a list of them, or one a line. A track, or the project that a document names, is the annotator. Spans of several
parts, relations, attributes and the older modifications are taken.

Sample:

    {"text": "🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.”", "sourcedb": "News", "sourceid": "7", "project": "taxes", "denotations": [{"id": "T1", "span": [{"begin": 3, "end": 19}, {"begin": 31, "end": 47}], "obj": "CLAIM"}, {"id": "T2", "span": {"begin": 20, "end": 24}, "obj": "SOURCE"}], "relations": [{"id": "R1", "subj": "T1", "pred": "ATTRIBUTED_TO", "obj": "T2"}], "attributes": [{"id": "A1", "subj": "T1", "pred": "checkworthy", "obj": "high"}]}
"""  # noqa: E501 - a line of the format is one line

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO

from ..records import Article, BadItem
from ..words import say
from ._marks import Counted, Marks, article, text_of
from ._objects import objects
from ._reading import Fault, listed, taken

MARKED = re.compile(rb'"(?:denotations|tracks)"\s*:\s*\[')
NOBODY = "pubannotation"


def recognises(head: bytes, name: str) -> str | None:  # noqa: ARG001 - others look at it
    """Take documents that have denotations."""
    if head.lstrip(b"\xef\xbb\xbf \t\r\n[")[:1] == b"{" and MARKED.search(head):
        return say("PubAnnotation, because it has denotations")
    return None


def read(source: BinaryIO, name: str) -> Iterator[Article | BadItem]:
    """Yield an article for each document."""
    nothing = BadItem(name, "empty_file", say("There is no document in it."))
    yield from taken(
        objects(source),
        _article,
        lambda number: say("{where}, document {number}", where=name, number=number),
        nothing=nothing,
    )


def _article(raw: dict[str, Any]) -> Article:
    text = text_of(raw.get("text"))
    counted = Counted(raw["text"])
    numbers: Counter[str] = Counter()
    sets = []
    for track in [raw, *listed(raw, "tracks")]:
        if "denotations" not in track:
            continue
        owner = str(track.get("project") or NOBODY)
        numbers[owner] += 1
        marks = Marks(text, owner, numbers[owner])
        _read(marks, counted, track)
        sets.append(marks)
    blocks = sum(len(listed(each, "blocks")) for each in [raw, *listed(raw, "tracks")])
    notes = [say("Blocks are not taken: {count}.", count=blocks)] if blocks else []
    source = [str(raw[each]) for each in ("sourcedb", "sourceid", "divid") if raw.get(each)]
    return article(text, sets, notes, external_id=":".join(source)[:200])


def _read(marks: Marks, counted: Counted, track: dict[str, Any]) -> None:
    for at, each in enumerate(listed(track, "denotations")):
        parts = each.get("span")
        parts = parts if isinstance(parts, list) else [parts]
        if not all(isinstance(part, dict) for part in parts):
            raise Fault("bad_offsets", say("A span has begin and end."))
        places = [counted.place(part.get("begin"), part.get("end")) for part in parts]
        marks.span(str(each.get("id", f"T{at}")), str(each.get("obj") or ""), places)
    for at, each in enumerate(listed(track, "relations")):
        ends = str(each.get("subj")), str(each.get("obj"))
        marks.relation(str(each.get("id", f"R{at}")), str(each.get("pred") or ""), *ends)
    for each in listed(track, "attributes"):
        marks.give(str(each.get("subj")), str(each.get("pred") or ""), each.get("obj", True))
    for each in listed(track, "modifications"):
        marks.give(str(each.get("obj")), str(each.get("pred") or ""), value=True)
