"""CoNLL-U: words in ten columns, with entities in the last as Universal Anaphora has them.

The text is put together of the words: `SpaceAfter=No` and `SpacesAfter` say what is between them, or else the line
`# text`, against which the words are held. Entities in brackets become spans, of several parts too; what has several
mentions is kept as the attribute `entity`. Lemmas, tags and trees are not taken. Documents of one id and one text
become sets of one article, by `# annotator`, or by the name of the file.

Sample:

    # global.Entity = eid-etype
    # newdoc id = 01890a5d-ac96-774b-bcce-000000000006
    # annotator = ana
    # sent_id = 1
    # text = 🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.”
    1	🗳️	_	_	_	_	_	_	_	_
    2	“	_	_	_	_	_	_	_	Entity=(e1[1/2]-CLAIM|SpaceAfter=No
    3	Taxes	_	_	_	_	_	_	_	_
    4	fell	_	_	_	_	_	_	_	_
    5	5	_	_	_	_	_	_	_	SpaceAfter=No
    6	%	_	_	_	_	_	_	_	SpaceAfter=No
    7	,	_	_	_	_	_	_	_	SpaceAfter=No
    8	”	_	_	_	_	_	_	_	Entity=e1[1/2])
    9	Ruiz	_	_	_	_	_	_	_	Entity=(e2-SOURCE)
    10	said	_	_	_	_	_	_	_	SpaceAfter=No
    11	,	_	_	_	_	_	_	_	_
    12	“	_	_	_	_	_	_	_	Entity=(e1[2/2]-CLAIM|SpaceAfter=No
    13	and	_	_	_	_	_	_	_	_
    14	jobs	_	_	_	_	_	_	_	_
    15	rose	_	_	_	_	_	_	_	SpaceAfter=No
    16	.	_	_	_	_	_	_	_	SpaceAfter=No
    17	”	_	_	_	_	_	_	_	Entity=e1[2/2])
"""  # noqa: E501 - the lines of the help are those of a menu

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePath
from typing import BinaryIO

from ..records import Article, BadItem
from ..words import say
from ._reading import BYTE_ORDER_MARK, LONGEST_LINE, Fault
from ._sentences import Document

# The library `conllu` stops at the first fault, keeps no numbers of lines and knows no entities: it reads
# our export in the tests, and people's files are read here.
# Each round of the first group takes one line: if it could take more, it would try every way to part blank ones.
COLUMNS = re.compile(
    rb"(?:[^\S\n]*(?:#[^\n]*)?\n)*\d+(?:-\d+)?\t(?:[^\t\n]*\t){8}[^\t\n]*(?:\n|\Z)"
)
BREAK = b"# newdoc"
GLOBAL = re.compile(r"# global\.Entity = (\S+)")


def recognises(head: bytes, name: str) -> str | None:  # noqa: ARG001 - others look at it
    """Take lines of ten columns that begin with a number."""
    if COLUMNS.match(head.removeprefix(BYTE_ORDER_MARK).replace(b"\r\n", b"\n")):
        return say("CoNLL-U, because its words have ten columns")
    return None


def read(source: BinaryIO, name: str) -> Iterator[Article | BadItem]:
    """Yield an article for the documents of one id and text, and every line that is wrong."""
    owner = PurePath(name).stem
    held: Article | None = None
    nothing = True
    for document in _documents(source):
        nothing = False
        if document.faults:
            yield from _told(document, name)
            continue
        try:
            found = document.article(owner, held)
        except Fault as fault:
            place = say("{where}, line {number}", where=name, number=document.first)
            yield BadItem(place, fault.code, fault.detail)
            continue
        if held and (held.text, held.external_id) == (found.text, found.external_id):
            sets = [*held.annotation_sets, *found.annotation_sets]
            held = replace(held, annotation_sets=sets)
            continue
        if held:
            yield held
        held = found
    if held:
        yield held
    if nothing:
        yield BadItem(name, "empty_file", say("The file is empty: no line has an article."))


def _told(document: Document, name: str) -> Iterator[BadItem]:
    for number, fault in document.faults:
        place = say("{where}, line {number}", where=name, number=number)
        yield BadItem(place, fault.code, fault.detail)


def _documents(source: BinaryIO) -> Iterator[Document]:
    found: Document | None = None
    digest = sha256()
    order: list[str] = []
    number = at = 0
    while line := source.readline(LONGEST_LINE):
        number += 1
        raw = line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line
        if raw.startswith(BREAK) and found and found.begun:
            yield found
            found = None
        if found is None and raw.strip():
            digest = sha256()
            found = Document(number, order, digest)
        if found:
            digest.update(line)
            try:
                text = raw.decode()
                told = GLOBAL.match(text)
                order[:] = told[1].split("-") if told else order
                found.take(text.rstrip("\r\n"))
            except UnicodeDecodeError as error:
                found.faults.append((number, _not_utf8(raw, error, at)))
            except Fault as fault:
                found.faults.append((number, fault))
        at += len(line)
    if found:
        yield found


def _not_utf8(line: bytes, error: UnicodeDecodeError, at: int) -> Fault:
    return Fault(
        "not_utf8",
        say(
            "This is not UTF-8: byte 0x{byte} at position {start} (counting from 0) cannot be read. "
            "Save the file as UTF-8 and try again.",
            byte=f"{line[error.start]:02x}",
            start=at + error.start,
        ),
    )
