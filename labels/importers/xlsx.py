"""XLSX: the first sheet of a workbook, a table of articles below a row with the columns' names.

Columns are known by their names as in CSV: text, title, author, date, url and the like; if yours are called
otherwise, say so: “Body=text, Head=title”. Formulas are taken by the value that was last computed; dates become
dates such as 2019-10-29.

Sample:

    id	headline	body	date	author
    7	Taxes	🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.”	2019-10-29	Ana Ruiz
    8	Ministers to meet	A meeting is planned, a source said.	2019-10-30
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from ..records import Article, BadItem
from ..words import say
from ._folder import Folder
from ._reading import Fault
from ._table import MOST_COLUMNS, Row, articles
from ._xml import elements, tree

WORKBOOK, STRINGS, STYLES = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"
LINKS = "xl/_rels/workbook.xml.rels"
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
"""Numbers of the built-in formats that show a date or a time."""
SHOWS_DATE = re.compile(r"[ymdhs]", re.IGNORECASE)
UNSHOWN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
EPOCH, EPOCH_OF_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - a sheet's dates have no zone
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def holds(names: Sequence[str]) -> str | None:
    """Take a zip that is a workbook."""
    return say("a workbook, by the files in it") if WORKBOOK in names else None


def read_folder(
    folder: Folder,
    columns: Mapping[str, str] = {},
) -> Iterator[Article | BadItem]:
    """Yield an article for each row of the first sheet."""
    try:
        yield from articles(_Book(folder).rows(), folder.name, columns)
    except Fault as fault:
        yield BadItem(folder.name, fault.code, fault.detail)


class _Book:
    """A workbook: which sheet is the first, and what its cells refer to."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        if WORKBOOK not in folder.names:
            raise Fault("empty_file", say("There is no workbook in it."))
        workbook = tree(folder.read(WORKBOOK))
        self.epoch = EPOCH
        self.sheet = ""
        for each in workbook.iter():
            if _name(each) == "workbookPr" and each.get("date1904") in {"1", "true"}:
                self.epoch = EPOCH_OF_1904
            if _name(each) == "sheet" and not self.sheet:
                self.sheet = self._target(each.get(RELATED, ""))
        self.strings = [*self._strings()] if STRINGS in folder.names else []
        self.dates = [*self._dates()] if STYLES in folder.names else []

    def _target(self, link: str) -> str:
        for each in tree(self.folder.read(LINKS)) if LINKS in self.folder.names else []:
            if each.get("Id") == link:
                target = each.get("Target", "")
                return target[1:] if target.startswith("/") else str(PurePosixPath("xl") / target)
        return "xl/worksheets/sheet1.xml"

    def _strings(self) -> Iterator[str]:
        for each in elements(self.folder.read(STRINGS), "si"):
            yield _written(each)

    def _dates(self) -> Iterator[bool]:
        """Yield for each style of cells whether it shows a date."""
        styles = tree(self.folder.read(STYLES))
        own = {
            each.get("numFmtId"): UNSHOWN.sub("", each.get("formatCode", ""))
            for each in styles.iter()
            if _name(each) == "numFmt"
        }
        for group in styles:
            for each in group if _name(group) == "cellXfs" else []:
                number = each.get("numFmtId", "0")
                is_own = SHOWS_DATE.search(own.get(number, ""))
                yield bool(is_own) or (number.isdecimal() and int(number[:6]) in DATES)

    def rows(self) -> Iterator[Row]:
        """Yield the rows of the sheet with their numbers. Raises `Fault`."""
        if self.sheet not in self.folder.names:
            raise Fault("empty_file", say("There is no sheet in it."))
        number = 0
        for each in elements(self.folder.read(self.sheet), "row"):
            told = each.get("r", "")
            number = int(told) if told.isdecimal() and len(told) < 8 else number + 1  # noqa: PLR2004 - a sheet has 7 digits of rows
            try:
                cells: Sequence[str] | Fault = self._cells(each)
            except Fault as fault:
                cells = fault
            if cells:
                yield number, cells

    def _cells(self, row: Element) -> list[str]:
        found: list[str] = []
        for each in row:
            place = PLACE.fullmatch(each.get("r", ""))
            at = _column(place[1]) if place else len(found)
            if at >= MOST_COLUMNS:
                raise Fault(
                    "invalid", say("There are more than {most} columns.", most=MOST_COLUMNS)
                )
            found += [""] * (at + 1 - len(found))
            found[at] = self._cell(each)
        return found

    def _cell(self, cell: Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _written(cell)
        value = next((each.text or "" for each in cell if _name(each) == "v"), "")
        if kind == "s":
            if not value.isdecimal() or int(value[:9]) >= len(self.strings):
                raise Fault(
                    "bad_row", say("A cell refers to a text that the workbook does not have.")
                )
            return self.strings[int(value[:9])]
        if kind == "e":
            raise Fault("bad_row", say("A cell has an error: {value}.", value=value[:40]))
        style = cell.get("s", "")
        if (
            kind == "n"
            and style.isdecimal()
            and self.dates[int(style[:6]) : int(style[:6]) + 1] == [True]
        ):
            return self._date(value)
        return _unescaped(value)

    def _date(self, value: str) -> str:
        try:
            found = self.epoch + timedelta(seconds=round(float(value) * 86_400))
        except (ValueError, OverflowError):
            return value
        return found.date().isoformat() if found.time() == EPOCH.time() else found.isoformat()


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _written(element: Element) -> str:
    """Return the text of an element, without the readings that are printed above it."""
    parts: list[str] = []
    for each in element:
        if _name(each) == "t":
            parts.append(_unescaped(each.text or ""))
        elif _name(each) in {"r", "is"}:
            parts.append(_written(each))
    return "".join(parts)


def _unescaped(text: str) -> str:
    return ESCAPED.sub(lambda each: chr(int(each[1], 16)), text) if "_x" in text else text


def _column(letters: str) -> int:
    number = 0
    for each in letters:
        number = number * 26 + ord(each) - ord("A") + 1
    return number - 1
