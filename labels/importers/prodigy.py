"""Prodigy: JSON Lines of answered tasks, with spans and relations.

A set is made for each task that was accepted, by whom the task names (`_annotator_id`, else `_session_id`), else by the file's
name. Of tasks that were rejected or ignored the text alone is taken, and it is said. Ends of relations that bear no label
are spans with the label `token`. What else a task says is kept beside the text, but for its words and what Prodigy notes for
itself. Other lines of a `text` and `spans` with start, end and label are read alike.

Sample:

    {"text": "Taxes fell 5%, Ruiz said.", "meta": {"desk": "world"}, "_input_hash": 7, "_task_hash": 8, "spans": [{"start": 0, "end": 13, "token_start": 0, "token_end": 3, "label": "CLAIM"}, {"start": 15, "end": 19, "token_start": 5, "token_end": 5, "label": "SOURCE"}], "relations": [{"head": 3, "child": 5, "head_span": {"start": 0, "end": 13, "label": "CLAIM"}, "child_span": {"start": 15, "end": 19, "label": "SOURCE"}, "label": "ATTRIBUTED_TO"}], "answer": "accept", "_annotator_id": "news-ana"}
    {"text": "Ministers are to meet.", "_input_hash": 9, "_task_hash": 10, "spans": [], "answer": "ignore"}
"""  # noqa: E501 - a line of the format is one line

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, BinaryIO

from ..records import Article, BadItem
from ..words import say
from ._marks import Counted, Marks, Place, article, text_of
from ._reading import BYTE_ORDER_MARK, Fault, lines, listed, parse, taken

MARKED = re.compile(rb'"(?:_input_hash|_task_hash)"\s*:|"spans"\s*:\s*\[\s*[{\]]')
NOBODY = "prodigy"
UNLABELLED = "token"
"""The label of what a relation joins and nobody has labelled."""
ACCEPTED = "accept"
TAKEN = {"text", "tokens", "spans", "relations", "answer"}
"""Members that are read, and the words, which the text tells; of others those that begin with `_` are left out."""


def recognises(head: bytes, name: str) -> str | None:  # noqa: ARG001 - others look at it
    """Take lines that have a text and spans, or the hashes of a task."""
    first = head.removeprefix(BYTE_ORDER_MARK).lstrip().split(b"\n", 1)[0]
    if b'"article"' in first or not (first.startswith(b"{") and b'"text"' in first):
        return None
    return (
        say("Prodigy, because its first line has a text and spans")
        if MARKED.search(first)
        else None
    )


def read(source: BinaryIO, name: str) -> Iterator[Article | BadItem]:
    """Yield an article for each task."""
    nothing = BadItem(name, "empty_file", say("The file is empty: no line has an article."))
    annotator = PurePath(name).stem or NOBODY
    numbers: Counter[tuple[str, str]] = Counter()
    yield from taken(
        lines(source),
        lambda line: _article(parse(line), annotator, numbers),
        lambda number: say("{where}, line {number}", where=name, number=number),
        nothing=nothing,
    )


def _article(raw: Any, annotator: str, numbers: Counter[tuple[str, str]]) -> Article:
    if not isinstance(raw, dict):
        raise Fault("invalid", say("An object is expected."))
    text = text_of(raw.get("text"))
    extra = {
        name: value for name, value in raw.items() if name not in TAKEN and not name.startswith("_")
    }
    answer = raw.get("answer", ACCEPTED)
    if answer != ACCEPTED:
        said = say("The answer was “{answer}”: its marks are not taken.", answer=str(answer)[:60])
        return article(text, notes=[said], extra=extra)
    owner = str(raw.get("_annotator_id") or raw.get("_session_id") or annotator)
    numbers[text.text_sha256, owner] += 1
    marks = Marks(text, owner, numbers[text.text_sha256, owner])
    _Task(raw, marks).read()
    return article(text, [marks], extra=extra)


class _Task:
    """Reads the spans of a task, then the relations, which name their ends by place or by word."""

    def __init__(self, raw: dict[str, Any], marks: Marks) -> None:
        self.raw = raw
        self.marks = marks
        self.counted = Counted(raw["text"])
        self.words = {str(each.get("id")): each for each in listed(raw, "tokens")}
        self.names: dict[Place, dict[str, str]] = {}
        """Names of spans, by their place and label."""

    def read(self) -> None:
        """Fill the marks. Raises `Fault`."""
        for at, each in enumerate(listed(self.raw, "spans")):
            self._span(str(at), self._place(each), str(each.get("label") or ""))
        for at, each in enumerate(listed(self.raw, "relations")):
            one, other = self._end(each, "head"), self._end(each, "child")
            self.marks.relation(f"relation {at}", str(each.get("label") or ""), one, other)

    def _place(self, given: dict[str, Any]) -> Place:
        return self.counted.place(given.get("start"), given.get("end"))

    def _span(self, name: str, place: Place, label: str) -> str:
        self.marks.span(name, label, [place])
        return self.names.setdefault(place, {}).setdefault(label, name)

    def _end(self, relation: dict[str, Any], end: str) -> str:
        """Return the name of the span at an end; what is none becomes one. Raises `Fault`."""
        word = str(relation.get(end))
        given = relation.get(f"{end}_span") or self.words.get(word)
        if not isinstance(given, dict):
            raise Fault(
                "unknown_unit", say("It speaks of “{name}”, which is not there.", name=word[:60])
            )
        place = self._place(given)
        there = self.names.get(place, {})
        label = str(given.get("label") or next(iter(there), UNLABELLED))
        return there.get(label) or self._span(f"{end} {place} {label}", place, label)
