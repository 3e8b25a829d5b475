"""Argilla: records with the answers to questions of spans, as its JSON and as a data set of the hub has them.

Each person's answer to a question of spans is an imported set of theirs; answers that were discarded or are drafts are not
taken, nor are suggestions, which are no person's work: both are counted. The text is the field `text`, else the longest.
Answers to other questions, other fields and metadata are kept beside the text.

Sample:

    [{"id": "7b1f", "status": "completed", "fields": {"text": "Taxes fell 5%, Ruiz said."}, "metadata": {"desk": "world"}, "suggestions": {}, "responses": {"facts": [{"value": [{"start": 0, "end": 13, "label": "CLAIM"}, {"start": 15, "end": 19, "label": "SOURCE"}], "user_id": "ana", "status": "submitted"}]}}]
"""  # noqa: E501 - a line of the format is one line

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from ..records import Article, BadItem
from ..words import say
from ._marks import Counted, Marks, article, text_of
from ._objects import objects
from ._reading import BYTE_ORDER_MARK, Fault, taken

RECORD = re.compile(rb'"fields"\s*:\s*\{')
ANSWERED = re.compile(rb'"(?:responses|suggestions)"\s*:\s*[\[{]')
FLAT = re.compile(rb'"[^"]{1,100}\.responses\.users"\s*:')
TEXT = "text"
NOBODY = "argilla"
TAKEN = "submitted"
OWN = {"id", "status", "fields", "metadata", "suggestions", "responses", "vectors", "_server_id"}
OWN |= {"inserted_at", "updated_at"}
"""What Argilla keeps of a record, beside its fields in the flat shape."""
RESPONSES = ".responses"

Answer = tuple[str, str, str, Any]
"""A question, who answered it, the state of the answer, and the answer."""


def recognises(head: bytes, name: str) -> str | None:  # noqa: ARG001 - others look at it
    """Take records with fields and answers, or with columns of answers and who gave them."""
    start = head.removeprefix(BYTE_ORDER_MARK).lstrip(b" \t\r\n[")
    nested = RECORD.search(start) and ANSWERED.search(start)
    if start.startswith(b"{") and (nested or FLAT.search(start)):
        return say("Argilla, because its records have answers to questions")
    return None


def read(source: BinaryIO, name: str) -> Iterator[Article | BadItem]:
    """Yield an article for each record."""
    nothing = BadItem(name, "empty_file", say("There is no article in it."))
    yield from taken(
        objects(source),
        lambda raw: _article(_Record.of(raw)),
        lambda number: say("{where}, article {number}", where=name, number=number),
        nothing=nothing,
    )


@dataclass(slots=True)
class _Record:
    """A record, in whichever shape it came."""

    id: str
    fields: dict[str, Any]
    answers: list[Answer]
    suggestions: int
    extra: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, raw: dict[str, Any]) -> _Record:
        """Read a record, of one object or of columns side by side. Raises `Fault`."""
        metadata = _object(raw, "metadata")
        if "fields" in raw:
            answers, suggestions = [*_answers(raw)], len(_object(raw, "suggestions"))
            return cls(
                str(raw.get("id") or ""), _object(raw, "fields"), answers, suggestions, metadata
            )
        beside = {name: value for name, value in raw.items() if name not in OWN}
        fields = {name: value for name, value in beside.items() if "." not in name}
        count = sum(
            name.endswith(".suggestion") and value not in (None, [])
            for name, value in beside.items()
        )
        return cls(str(raw.get("id") or ""), fields, [*_columns(beside)], count, metadata)


def _object(raw: dict[str, Any], name: str) -> dict[str, Any]:
    value = raw.get(name) or {}
    if not isinstance(value, dict):
        raise Fault("invalid", say("An object is expected."))
    return value


def _answers(raw: dict[str, Any]) -> Iterator[Answer]:
    for question, given in _object(raw, "responses").items():
        for each in given if isinstance(given, list) else [given]:
            if not isinstance(each, dict):
                raise Fault("invalid", say("An object is expected."))
            yield (
                question,
                str(each.get("user_id") or NOBODY),
                str(each.get("status") or TAKEN),
                each.get("value"),
            )


def _columns(raw: dict[str, Any]) -> Iterator[Answer]:
    for name, given in raw.items():
        if name.endswith(RESPONSES) and isinstance(given, list):
            users, states = ([*(raw.get(f"{name}.{each}") or [])] for each in ("users", "status"))
            for at, value in enumerate(given):
                who = str(users[at]) if at < len(users) else NOBODY
                yield (
                    name.removesuffix(RESPONSES),
                    who,
                    str(states[at]) if at < len(states) else TAKEN,
                    value,
                )


def _are_spans(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(each, dict) and {"start", "end", "label"} <= each.keys() for each in value
    )


def _article(record: _Record) -> Article:
    texts = {name: value for name, value in record.fields.items() if isinstance(value, str)}
    key = TEXT if TEXT in texts else max(texts, key=lambda name: len(texts[name]), default="")
    text = text_of(texts.get(key))
    counted = Counted(texts[key])
    extra = record.extra | {name: value for name, value in record.fields.items() if name != key}
    marks: dict[str, Marks] = {}
    others: dict[str, list[Any]] = defaultdict(list)
    left: Counter[str] = Counter()
    for question, who, state, value in record.answers:
        if state != TAKEN:
            left[state] += 1
        elif _are_spans(value):
            made = marks.setdefault(who, Marks(text, who))
            for at, each in enumerate(value):
                place = counted.place(each["start"], each["end"])
                made.span(f"{question} {at}", str(each["label"] or ""), [place])
        else:
            others[question].append(value)
    notes = [
        say("Answers that are not taken ({state}): {count}.", state=state[:60], count=count)
        for state, count in left.items()
    ]
    if record.suggestions:
        notes.append(say("Suggestions are not taken: {count}.", count=record.suggestions))
    if marks and len(text.text.encode("utf-16-le")) > 2 * len(text.text):
        notes.append(
            say(
                "Offsets are taken as code points. Argilla may have counted otherwise: look at them."
            )
        )
    return article(
        text, [*marks.values()], notes, external_id=record.id[:200], extra=extra | others
    )
