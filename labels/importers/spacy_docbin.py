"""spaCy: the documents of a .spacy file, or a zip of such files.

The spans of `doc.spans` are taken, where there are none those of `doc.ents`. What Galley exports comes back with its
annotators, attributes, links and details. No model is loaded; of other files the name is the annotator.

Sample:

    {"words": ["“", "Taxes", "fell", "5", "%", ",", "”", "Ruiz", "said", "."], "blanks": "0110001100", "spans": [[0, 7, "CLAIM"], [7, 8, "SOURCE"]]}
"""  # noqa: E501 - a line of the format is one line

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any, BinaryIO

import numpy as np
import orjson

from ..records import Article, BadItem
from ..text.metadata import FIELDS
from ..words import say
from ._marks import Counted, Marks, Place, article, text_of
from ._reading import Fault

NEEDS = "spacy"
SUFFIX = ".spacy"
KEY = "galley"
LARGEST_FILE, LARGEST = 64 * 1024 * 1024, 256 * 1024 * 1024
"""Bytes of a file, and of what is in it."""
MOST_ITEMS = 500_000
"""Items of one list."""
ORTH, ENT_IOB, ENT_TYPE = 65, 77, 78
"""spaCy's numbers for what a column says of a word."""
BEGINS, INSIDE = 3, 1
SPAN = struct.Struct(">QQQllll")

Words = Mapping[int, str]


def recognises(head: bytes, name: str) -> str | None:  # noqa: ARG001 - others look at it
    """Take what is packed and begins as spaCy's files do."""
    try:
        start = zlib.decompressobj().decompress(head, 200)
    except zlib.error:
        return None
    if b"\xa7version" in start and b"\xa5attrs" in start:
        return say("spaCy, because it has the attributes of words")
    return None


def read(source: BinaryIO, name: str) -> Iterator[Article | BadItem]:
    """Yield the article of each document; those of one text, one after the other, are one article's sets."""
    try:
        documents = _Bin(_unpacked(_plain(source))).documents()
        for number, (text, some) in enumerate(groupby(documents, lambda each: each.text), 1):
            place = say("{where}, document {number}", where=name, number=number)
            try:
                yield _article(text, [*some], PurePosixPath(name).stem)
            except Fault as fault:
                yield BadItem(place, fault.code, fault.detail)
    except Fault as fault:
        yield BadItem(name, fault.code, fault.detail)


def _plain(source: BinaryIO) -> bytes:
    """Return what is packed in a file, if it is not too much."""
    data = source.read(LARGEST_FILE + 1)
    if not data:
        raise Fault("empty_file", say("There is no document in it."))
    unpacking = zlib.decompressobj()
    try:
        found = unpacking.decompress(data[:LARGEST_FILE], LARGEST)
    except zlib.error:
        raise _damaged() from None
    if len(data) > LARGEST_FILE or unpacking.unconsumed_tail:
        raise Fault("too_large", say("There is too much in it. Make several files of it."))
    if not unpacking.eof:
        raise _damaged()
    return found


def _damaged() -> Fault:
    return Fault("bad_archive", say("This is no whole file of spaCy’s."))


def _unpacked(data: bytes) -> Any:
    """Return plain values: what would make objects of arrays is not asked."""
    from srsly import msgpack  # noqa: PLC0415 - comes with spaCy, which not every installation has

    try:
        return msgpack.unpackb(
            data,
            raw=False,
            use_list=False,
            strict_map_key=False,
            object_pairs_hook=dict,
            max_array_len=MOST_ITEMS,
            max_map_len=MOST_ITEMS,
        )
    except (ValueError, TypeError, RecursionError, MemoryError, msgpack.UnpackException):
        raise _damaged() from None


@dataclass(frozen=True, slots=True)
class _Document:
    """A text with the places of its words, its spans, and what Galley said of it."""

    text: str
    places: Sequence[Place]
    spans: Sequence[tuple[str, str, int, int]]
    """An id, a label, and the words from and to."""
    left: tuple[int, int]
    """How many entities stand beside spans, and how many categories the whole text has."""
    told: Mapping[str, Any]


class _Bin:
    """What a file holds: columns over all words, and how many words each document has."""

    def __init__(self, raw: Any) -> None:
        if not isinstance(raw, dict):
            raise _damaged()
        self.raw = raw
        self.columns = self._listed("attrs")
        self.lengths = self._numbers("lengths", "int32")
        self.blanks = self._numbers("spaces", "bool")
        cells = self._numbers("tokens", "uint64")
        count = int(self.lengths.sum(dtype="int64")) if len(self.lengths) else 0
        if (
            ORTH not in self.columns
            or (len(self.lengths) and int(self.lengths.min()) < 0)
            or len(cells) != count * len(self.columns)
            or len(self.blanks) != count
        ):
            raise _damaged()
        self.cells = cells.reshape((count, len(self.columns)))
        self.words = self._strings()

    def _listed(self, name: str) -> Sequence[Any]:
        found = self.raw.get(name, ())
        if not isinstance(found, tuple):
            raise _damaged()
        return found

    def _numbers(self, name: str, kind: str) -> Any:
        found = self.raw.get(name)
        if not isinstance(found, bytes) or len(found) % np.dtype(kind).itemsize:
            raise _damaged()
        return np.frombuffer(found, dtype=kind)

    def _strings(self) -> Any:
        from spacy.strings import StringStore  # noqa: PLC0415 - not every installation has it

        strings = self._listed("strings")
        if not all(isinstance(each, str) for each in strings):
            raise _damaged()
        try:
            return StringStore(strings)
        except UnicodeEncodeError:
            raise _damaged() from None

    def string(self, key: int) -> str:
        """Return what a number stands for."""
        try:
            return str(self.words[int(key)])
        except (KeyError, OverflowError):
            raise _damaged() from None

    def documents(self) -> Iterator[_Document]:
        """Yield the documents. Raises `Fault`."""
        at = 0
        for number, length in enumerate(map(int, self.lengths)):
            rows, blanks = self.cells[at : at + length], self.blanks[at : at + length]
            at += length
            yield self._document(number, rows, blanks)
        if not len(self.lengths):
            raise Fault("empty_file", say("There is no document in it."))

    def _document(self, number: int, rows: Any, blanks: Any) -> _Document:
        flags = self._of("flags", number)
        unknown = isinstance(flags, dict) and flags.get("has_unknown_spaces")
        parts: list[str] = []
        places: list[Place] = []
        end = 0
        for key, blank in zip(rows[:, self.columns.index(ORTH)], blanks, strict=True):
            word = self.string(key)
            places.append((end, end + len(word)))
            parts += [word, " " if blank or unknown else ""]
            end += len(word) + len(parts[-1])
        spans = [*self._spans(self._of("span_groups", number))]
        entities = [*self._entities(rows)]
        there = {each[1:] for each in spans}
        beside = sum(each[1:] not in there for each in entities) if spans else 0
        cats = self._of("cats", number)
        left = beside, len(cats) if isinstance(cats, dict) else 0
        told = _told(self._of("user_data", number))
        return _Document("".join(parts), places, spans or entities, left, told)

    def _of(self, name: str, number: int) -> Any:
        found = self._listed(name)
        return found[number] if number < len(found) else None

    def _spans(self, raw: Any) -> Iterator[tuple[str, str, int, int]]:
        groups = _unpacked(raw) if isinstance(raw, bytes) and raw else ()
        for group in groups if isinstance(groups, dict | tuple) else ():
            told = _unpacked(group) if isinstance(group, bytes) else None
            for each in told.get("spans", ()) if isinstance(told, dict) else ():
                if not isinstance(each, bytes) or len(each) != SPAN.size:
                    raise _damaged()
                unit, _kb, label, start, end, _first, _last = SPAN.unpack(each)
                yield self.string(unit), self.string(label), start, end

    def _entities(self, rows: Any) -> Iterator[tuple[str, str, int, int]]:
        if not {ENT_IOB, ENT_TYPE} <= {*self.columns}:
            return
        tags = rows[:, self.columns.index(ENT_IOB)].tolist()
        kinds = rows[:, self.columns.index(ENT_TYPE)].tolist()
        for at, tag in enumerate(tags):
            if tag == BEGINS and kinds[at]:
                end = at + 1
                while end < len(tags) and (tags[end], kinds[end]) == (INSIDE, kinds[at]):
                    end += 1
                yield "", self.string(kinds[at]), at, end


def _told(raw: Any) -> Mapping[str, Any]:
    found = _unpacked(raw) if isinstance(raw, bytes) and raw else None
    given = found.get(KEY) if isinstance(found, dict) else None
    if not isinstance(given, str):
        return {}
    try:
        told = orjson.loads(given)
    except orjson.JSONDecodeError:
        return {}
    return told if isinstance(told, dict) else {}


def _article(text: str, documents: Sequence[_Document], name: str) -> Article:
    kept, counted = text_of(text), Counted(text)
    numbers: Counter[str] = Counter()
    sets = []
    for each in documents:
        owner = str(each.told.get("annotator") or ("" if each.told else name))
        if owner:
            numbers[owner] += 1
            marks = Marks(kept, owner, numbers[owner])
            _mark(marks, counted, each)
            if not each.told:
                marks.notes += _notes(*each.left)
            sets.append(marks)
    described = documents[0].told.get("article")
    known = described if isinstance(described, dict) else {}
    return article(kept, sets, **{each: known[each] for each in FIELDS if known.get(each)})


def _notes(entities: int, categories: int) -> Iterator[str]:
    if entities:
        yield say("Entities beside the spans are not taken: {count}.", count=entities)
    if categories:
        yield say("What is said of the whole text is not taken: {count}.", count=categories)


def _mark(marks: Marks, counted: Counted, document: _Document) -> None:
    parts: dict[str, list[Place]] = {}
    labels: dict[str, str] = {}
    for number, (unit, label, start, end) in enumerate(document.spans):
        if not 0 <= start < end <= len(document.places):
            raise Fault("bad_offsets", say("A span needs a place in the text."))
        name = unit or f"{number}"
        edges = document.places[start][0], document.places[end - 1][1]
        parts.setdefault(name, []).append(counted.place(*edges))
        labels[name] = label
    given = document.told.get("attributes")
    attributes = given if isinstance(given, dict) else {}
    for name, places in parts.items():
        own = attributes.get(name)
        marks.span(name, labels[name], places, own if isinstance(own, dict) else {})
    links = document.told.get("relations")
    for number, link in enumerate(links if isinstance(links, list) else ()):
        if isinstance(link, dict):
            own = link.get("attributes")
            marks.relation(
                f"link {number}",
                str(link.get("type") or ""),
                str(link.get("from")),
                str(link.get("to")),
                own if isinstance(own, dict) else {},
            )
