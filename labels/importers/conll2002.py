"""CoNLL: a word and its tag a line, as of 2002 and 2003; sentences end at blank lines, articles at `-DOCSTART-`.

The first column is the word, the last the tag: IOB1, IOB2 and BIOES are read alike. The text is put together with
a blank between words and a line for each sentence, since the format does not say what stood there. The file's name
is the annotator. Lines that begin with # before a sentence are comments.

Sample:

    -DOCSTART- -X- -X- O

    Ruiz NNP I-NP B-SOURCE
    said VBD I-VP O
    taxes NNS I-NP B-CLAIM
    fell VBD I-VP I-CLAIM
    . . O O

    Ministers NNS I-NP O
    met VBD I-VP O
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import PurePath
from typing import Any, BinaryIO

from ..records import Article, BadItem
from ..text.canonical import LONGEST
from ..words import say
from ._marks import Marks, article, text_of
from ._reading import BYTE_ORDER_MARK, LONGEST_LINE, Fault

BREAK = "-DOCSTART-"
TAG = re.compile(r"O|[BIESLU]-\S+")
BETWEEN = re.compile(r"[ \t]+")
"""What parts columns. A word may have other blanks in it, such as one that does not break."""
BEGINS, ENDS = "BSU", "ESLU"
LOOKED_AT = 20
"""Lines by which a file is recognised."""
NOBODY = "conll"


def recognises(head: bytes, name: str) -> str | None:  # noqa: ARG001 - others look at it
    """Take a file that begins with the line before a document, or whose lines all end with a tag."""
    start = head.removeprefix(BYTE_ORDER_MARK).decode(errors="replace").lstrip()
    if start.startswith(BREAK):
        return say("CoNLL, by its first line")
    lines = [_columns(each) for each in start.split("\n")[:-1] if each.strip()]
    found = [each for each in lines if not _is_comment(each)][:LOOKED_AT]
    if found and all(map(_is_word, found)) and any(each[-1] != "O" for each in found):
        return say("CoNLL, because each line has a word and a tag")
    return None


def read(source: BinaryIO, name: str) -> Iterator[Article | BadItem]:
    """Yield an article for each document, and every line that is no word with its tag."""
    owner = PurePath(name).stem or NOBODY
    nothing = True
    for document in _documents(source):
        nothing = False
        yield from (
            BadItem(
                say("{where}, line {number}", where=name, number=number), each.code, each.detail
            )
            for number, each in document.faults
        )
        if not document.faults:
            place = say("{where}, line {number}", where=name, number=document.first)
            try:
                yield document.article(owner)
            except Fault as fault:
                yield BadItem(place, fault.code, fault.detail)
    if nothing:
        yield BadItem(name, "empty_file", say("The file is empty: no line has an article."))


@dataclass(slots=True)
class _Document:
    """Words and tags of one article, while its lines are read."""

    first: int
    digest: Any
    """SHA-256 of its lines as they stand in the file."""
    sentences: list[list[tuple[str, str]]] = field(default_factory=lambda: [[]])
    faults: list[tuple[int, Fault]] = field(default_factory=list)
    length: int = 0

    def take(self, line: str, number: int) -> None:
        """Take one line."""
        columns = _columns(line)
        if not line.strip():
            self.sentences.append([])
        elif _is_comment(columns) and not self.sentences[-1]:
            return
        elif not _is_word(columns):
            detail = say("A line has a word first and a tag last, such as O or B-CLAIM.")
            self.faults.append((number, Fault("bad_line", detail)))
        elif self.length <= LONGEST:
            self.sentences[-1].append((columns[0], columns[-1]))
            self.length += len(columns[0]) + 1

    def article(self, owner: str) -> Article:
        """Return the article with its marks. Raises `Fault`."""
        kept = [each for each in self.sentences if each]
        if not kept:
            detail = say("The text has nothing but blanks: there is nothing to mark.")
            raise Fault("blank_text", detail)
        text = text_of("\n".join(" ".join(word for word, _ in each) for each in kept))
        marks = Marks(text, owner)
        at = 0
        for sentence in kept:
            at = _mark(marks, sentence, at)
        notes = [say("The text was put together of words, with a blank between each two.")]
        made = article(text, [marks], notes)
        return replace(made, original_sha256=self.digest.hexdigest())


def _columns(line: str) -> list[str]:
    return BETWEEN.split(line.strip(" \t\r\n"))


def _is_word(columns: list[str]) -> bool:
    return len(columns) > 1 and TAG.fullmatch(columns[-1]) is not None


def _is_comment(columns: list[str]) -> bool:
    return columns[0].startswith("#") and not _is_word(columns)


def _mark(marks: Marks, sentence: list[tuple[str, str]], at: int) -> int:
    """Mark the spans of a sentence that begins at a place, and return where the next one does."""
    start, end, label = at, at, ""
    for word, tag in [*sentence, ("", "O")]:
        kind, _, name = tag.partition("-")
        if label and (kind == "O" or kind in BEGINS or name != label):
            marks.span(str(len(marks.spans)), label, [(start, end)])
            label = ""
        if name and not label:
            start, label = at, name
        end = at + len(word)
        if label and kind in ENDS:
            marks.span(str(len(marks.spans)), label, [(start, end)])
            label = ""
        at = end + 1
    return at - 1


def _documents(source: BinaryIO) -> Iterator[_Document]:
    found: _Document | None = None
    digest = sha256()
    number = place = 0
    while line := source.readline(LONGEST_LINE):
        number += 1
        raw = line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line
        is_break = raw.startswith(BREAK.encode())
        if found and is_break:
            yield found
        if is_break or (found is None and raw.strip()):
            digest = sha256()
            found = _Document(number, digest)
        if found:
            digest.update(line)
            if not is_break:
                _take(found, raw, number, place)
        place += len(line)
    if found:
        yield found


def _take(document: _Document, line: bytes, number: int, place: int) -> None:
    try:
        document.take(line.decode(), number)
    except UnicodeDecodeError as error:
        detail = say(
            "This is not UTF-8: byte 0x{byte} at position {start} (counting from 0) cannot be read. "
            "Save the file as UTF-8 and try again.",
            byte=f"{line[error.start]:02x}",
            start=place + error.start,
        )
        document.faults.append((number, Fault("not_utf8", detail)))
