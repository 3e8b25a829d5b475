"""Tables of articles: a header, then a row for each; read a line at a time, with the file's numbers of lines."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from ..records import Article, BadItem
from ..text.canonical import LONGEST
from ..words import say
from ._columns import TEXT, article_of, fields_of, no_text
from ._marks import text_of
from ._reading import BYTE_ORDER_MARK, LONGEST_LINE, Fault

MOST_COLUMNS = 500
Row = tuple[int, Sequence[str] | Fault]
"""The line on which a row begins, and its cells."""


class Lines:
    """Lines of a file as text; one that is not UTF-8 is noted, and goes on as far as it can be read."""

    def __init__(self, source: BinaryIO) -> None:
        self.source = source
        self.number = 0
        self.place = 0
        self.fault: Fault | None = None

    def __iter__(self) -> Iterator[str]:
        while line := self.source.readline(LONGEST_LINE):
            self.number += 1
            if self.number == 1:
                line = line.removeprefix(BYTE_ORDER_MARK)
            yield self._text(line)
            self.place += len(line)

    def _text(self, line: bytes) -> str:
        try:
            return line.decode()
        except UnicodeDecodeError as error:
            self.fault = self.fault or self._no_utf8(line, error.start)
            return line.decode(errors="replace")

    def _no_utf8(self, line: bytes, at: int) -> Fault:
        said = say(
            "This is not UTF-8: byte 0x{byte} at position {start} (counting from 0) cannot be read. "
            "Save the file as UTF-8 and try again.",
            byte=f"{line[at]:02x}",
            start=self.place + at,
        )
        if self.number == 1 and line.startswith((b"\xff\xfe", b"\xfe\xff")):
            said += f" {say('The file looks like UTF-16.')}"
        return Fault("not_utf8", said)


def rows(source: BinaryIO, delimiter: str) -> Iterator[Row]:
    """Yield the rows of a file that are not blank, each with its first line."""
    # The module's own limit, 128 kB, is less than an article may have. It is one for all threads.
    csv.field_size_limit(LONGEST + 1)
    lines = Lines(source)
    reader = csv.reader(iter(lines), delimiter=delimiter, strict=True)
    while True:
        first = lines.number + 1
        try:
            found: Sequence[str] | Fault = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            found = Fault(
                "bad_row", say("The quotation marks of this row do not fit: {fault}.", fault=error)
            )
        if lines.fault:
            found, lines.fault = lines.fault, None
        if isinstance(found, Fault) or found:
            yield first, found


def articles(
    table: Iterator[Row],
    name: str,
    said: Mapping[str, str] = {},
) -> Iterator[Article | BadItem]:
    """Yield the article of each row below the header; `said` names columns that are called otherwise."""
    header: _Header | None = None
    told = False
    for number, cells in table:
        try:
            if isinstance(cells, Fault):
                raise cells
            if header is None:
                header = _Header(cells, said)
                continue
            if len(cells) > 1 and not any(each.strip() for each in cells):
                continue
            yield header.article(cells, [] if told else [header.sentence()])
            told = True
        except Fault as fault:
            told = True
            yield BadItem(
                say("{where}, line {number}", where=name, number=number), fault.code, fault.detail
            )
            if header is None:
                return
    if not told:
        yield BadItem(name, "empty_file", say("The file is empty: no line has an article."))


class _Header:
    """What the columns of a table stand for."""

    def __init__(self, names: Sequence[str], said: Mapping[str, str]) -> None:
        self.names = [each.strip() for each in names]
        if len(names) > MOST_COLUMNS:
            raise Fault("invalid", say("There are more than {most} columns.", most=MOST_COLUMNS))
        named = [each for each in self.names if each]
        self.fields = fields_of(named, said)
        if TEXT not in self.fields:
            raise no_text(named)
        # A name that stands twice stands for its first column.
        self.places = {field: self.names.index(name) for field, name in self.fields.items()}

    def sentence(self) -> str:
        """Say what was taken for what."""
        taken = ", ".join(f"“{name}” = {field}" for field, name in self.fields.items())
        return say("Columns: {columns}. Others are kept beside the text.", columns=taken)

    def article(self, cells: Sequence[str], notes: Sequence[str]) -> Article:
        """Return the article of a row. Raises `Fault`."""
        if len(cells) > len(self.names) and any(cells[len(self.names) :]):
            raise Fault(
                "bad_row",
                say(
                    "The row has {count} cells, the header {most}.",
                    count=len(cells),
                    most=len(self.names),
                ),
            )
        row = [*cells, *[""] * (len(self.names) - len(cells))]
        given = {field: row[at] for field, at in self.places.items() if field != TEXT}
        used = set(self.places.values())
        beside = {
            name or f"column {at + 1}": row[at]
            for at, name in reversed(list(enumerate(self.names)))
            if at not in used and row[at].strip()
        }
        return article_of(text_of(row[self.places[TEXT]]), given, beside, notes)
