"""A file of WebAnno TSV: its sentences put together to a text, and the layers in its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..records import Article
from ..text.offsets import OffsetError, OffsetMap
from ..words import say
from ._marks import Marks, Place, article, text_of
from ._reading import Fault

NOBODY = "webanno"
WORD = re.compile(r"(\d{1,9}-\d{1,9}(?:\.\d{1,9})?)\t(\d{1,9})-(\d{1,9})\t([^\t]+)(?:\t(.*))?")
VALUE = re.compile(r"((?:[^\\|\[\]]|\\.)*)(?:\[(\d{1,9}(?:_\d{1,9})?)\])?", re.DOTALL)
ESCAPED = re.compile(r"\\(->|.)")
MEANT = {"t": "\t", "n": "\n", "r": "\r"}
TEXT, SPAN, LINK, CHAIN = "#Text=", "#T_SP=", "#T_RL=", "#T_CH="
CHAINED = 2
"""Columns of a chain, whatever it is called."""
UNTAKEN = re.compile(r"de\.tudarmstadt\.ukp\.dkpro\.core\.api\.(?:lexmorph|segmentation|syntax)\.")
NAMING = ("label", "value")
NOTHING, UNSET = "_", "*"
ROLE = "ROLE_"
"""How a column of roles is named; the next one has whom each is of, and is named by the layer of those."""
ANY = "uima.tcas.Annotation"
PIECE, SLOT = (re.compile(rf"(?:[^\\{each}]|\\.)+", re.DOTALL) for each in "|;")
"""What stands in the cell of a column of slots: those of one unit behind those of another."""
NUMBERED = re.compile(r"(.*?)(?:\[(\d{1,9})\])?", re.DOTALL)
Values = list[tuple[str | None, str]]
"""What stands in a cell, each with its number, which may be empty; None is a value that is not set."""


@dataclass(slots=True)
class Layer:
    """A layer and its columns; `base` is the layer that links are between."""

    name: str
    features: list[str]
    base: str = ""
    is_taken: bool = True

    slots: list[int] = field(init=False)
    """Where the columns of roles are; the one behind each has whom they are of."""
    plain: list[tuple[int, str]] = field(init=False)
    """Where the other columns are, with their names."""

    def __post_init__(self) -> None:
        """Tell columns of slots from others."""
        self.slots = [at for at, each in enumerate(self.features[:-1]) if each.startswith(ROLE)]
        others = {at + x for at in self.slots for x in (0, 1)}
        self.plain = [x for x in enumerate(self.features) if x[0] not in others]

    @property
    def width(self) -> int:
        """How many columns it has: a layer without features has one, too."""
        return max(1, len(self.features)) + bool(self.base)

    def said(self, values: Sequence[str | None]) -> tuple[str, dict[str, Any]]:
        """Return the label, and what else the columns say."""
        found = {
            name: value
            for at, name in self.plain
            for value in values[at : at + 1]
            if value is not None
        }
        names = [name for _, name in self.plain]
        naming = next((each for each in NAMING if each in names), None)
        if naming is None and len(names) == 1:
            (naming,) = names
        label = found.pop(naming, "") if naming else ""
        return label or self.name.rpartition(".")[2], found


@dataclass(slots=True)
class Unit:
    """A word, or a part of one; offsets as the file counts them."""

    name: str
    start: int
    end: int
    form: str
    cells: list[Values]
    line: int


@dataclass(slots=True)
class Sheet:
    """Takes the lines of a file, and makes an article of them."""

    owner: str
    layers: list[Layer] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    texts: list[tuple[int, list[str]]] = field(default_factory=list)
    """The lines of each sentence, with the index of its first unit."""
    faults: list[tuple[int, Fault]] = field(default_factory=list)
    is_said: bool = False
    """The last line was one of a sentence's text."""

    def take(self, line: str, number: int) -> None:
        """Take one line; what is wrong with it is kept as a fault."""
        if line.startswith(TEXT):
            if not self.is_said:
                self.texts.append((len(self.units), []))
            self.texts[-1][1].append(line.removeprefix(TEXT))
            self.is_said = True
            return
        self.is_said = False
        try:
            if line.startswith("#"):
                self._layer(line)
            elif line.strip():
                self.units.append(self._unit(line, number))
        except Fault as fault:
            self.faults.append((number, fault))

    def _layer(self, line: str) -> None:
        if self.units and line.startswith((SPAN, LINK, CHAIN)):
            raise Fault("bad_line", say("Layers are named before the first word."))
        name, *features = line[len(SPAN) :].split("|")
        if line.startswith(CHAIN):
            self.layers.append(Layer(name, [""] * CHAINED, is_taken=False))
        elif line.startswith(SPAN):
            self.layers.append(Layer(name, features, is_taken=not UNTAKEN.match(name)))
        elif line.startswith(LINK):
            base = features.pop() if features and features[-1].startswith("BT_") else "BT_"
            self.layers.append(
                Layer(name, features, base.removeprefix("BT_") or "?", not UNTAKEN.match(name))
            )

    def _unit(self, line: str, number: int) -> Unit:
        found = WORD.fullmatch(line)
        if not found or not self.texts:
            raise Fault(
                "bad_line",
                say(
                    "A word has its number, its place such as 0-4, itself and its columns, behind a line #Text=."
                ),
            )
        cells = (found[5] or "").removesuffix("\t").split("\t") if found[5] else []
        width = sum(each.width for each in self.layers)
        if len(cells) != width:
            raise Fault(
                "bad_line", say("{count} columns are expected, with tabs between.", count=3 + width)
            )
        roles = self._role_columns()
        held = [
            _slots(each, numbered=at in roles) if {at, at - 1} & roles else _values(each)
            for at, each in enumerate(cells)
        ]
        return Unit(found[1], int(found[2]), int(found[3]), found[4], held, number)

    def _role_columns(self) -> set[int]:
        """Return where the columns of roles are, among all."""
        found: set[int] = set()
        column = 0
        for layer in self.layers:
            found |= {column + at for at in layer.slots}
            column += layer.width
        return found

    def article(self) -> Article:
        """Return the article with its set. Raises `Fault`."""
        if not self.units:
            raise Fault(
                "blank_text", say("The text has nothing but blanks: there is nothing to mark.")
            )
        written, offsets = self._text()
        text = text_of(written)
        notes = []
        if offsets.unit != "utf16" and offsets.length != OffsetMap(written, "utf16").length:
            notes.append(say("Offsets count code points, and not UTF-16 as the format has it."))
        marks = Marks(text, self.owner or NOBODY)
        self._mark(marks, offsets)
        left = sorted({each.name.rpartition(".")[2] for each in self.layers if not each.is_taken})
        if left:
            notes.append(say("Layers that are not taken: {names}.", names=", ".join(left)))
        return article(text, [marks] if marks.spans else [], notes)

    # The text

    def _text(self) -> tuple[str, OffsetMap]:
        """Return the text with what its offsets count: whatever puts each word where it stands. Raises `Fault`."""
        first: Fault | None = None
        for unit in ("utf16", "codepoint"):
            for is_escaped in (True, False):
                try:
                    return self._put_together(unit, is_escaped=is_escaped)
                except Fault as fault:
                    first = first or fault
        raise first or Fault("bad_line", say("There is no article in it."))

    def _put_together(self, unit: str, *, is_escaped: bool) -> tuple[str, OffsetMap]:
        pieces: list[str] = []
        at = 0
        for index, lines in self.texts:
            if index == len(self.units):
                continue
            word = self.units[index]
            said = "\n".join(map(_plain, lines) if is_escaped else lines)
            lead = max(0, said.find(_plain(word.form) if is_escaped else word.form))
            gap = word.start - OffsetMap(said[:lead], unit).length - at
            if not 0 <= gap <= 10**6:
                raise _elsewhere(word)
            blank = " " if gap == 1 and at else "\n" * gap
            pieces += [blank, said]
            at += gap + OffsetMap(said, unit).length
        text = "".join(pieces)
        offsets = OffsetMap(text, unit)
        for each in self.units:
            form = _plain(each.form) if is_escaped else each.form
            try:
                there = text[offsets.to_codepoint(each.start) : offsets.to_codepoint(each.end)]
            except OffsetError:
                raise _elsewhere(each) from None
            if there != form:
                raise _elsewhere(each)
        return text, offsets

    # The layers

    def _mark(self, marks: Marks, offsets: OffsetMap) -> None:
        column = 0
        links: list[tuple[Layer, int]] = []
        roles: list[tuple[Layer, int]] = []
        for layer in self.layers:
            if layer.is_taken and not layer.base:
                self._spans(marks, layer, column, offsets)
                roles += [(layer, column)] if layer.slots else []
            elif layer.is_taken:
                links.append((layer, column))
            column += layer.width
        for layer, at in links:
            self._links(marks, layer, at)
        for layer, at in roles:
            self._roles(marks, layer, at)

    def _spans(self, marks: Marks, layer: Layer, column: int, offsets: OffsetMap) -> None:
        places: dict[str, Place] = {}
        said: dict[str, tuple[str, dict[str, Any]]] = {}
        for unit in self.units:
            for name, values in _rows(unit, layer, column):
                start, end = offsets.to_codepoint(unit.start), offsets.to_codepoint(unit.end)
                places[name] = (places[name][0], end) if name in places else (start, end)
                said.setdefault(name, layer.said(values))
        for name, place in places.items():
            label, attributes = said[name]
            marks.span(name, label, [place], attributes)

    def _links(self, marks: Marks, layer: Layer, column: int) -> None:
        behind = column + layer.width - 1
        for unit in self.units:
            rows = list(_rows(unit, layer, column))
            for at, (value, numbers) in enumerate(unit.cells[behind]):
                if value is None or at >= len(rows):
                    continue
                one, _, other = (numbers or "0_0").partition("_")
                source = _named(layer.base, value, "" if one == "0" else one, 0)
                target = _named(layer.base, unit.name, "" if other in {"", "0"} else other, 0)
                label, attributes = layer.said(rows[at][1])
                marks.relation(f"{layer.name} {unit.name} {at}", label, source, target, attributes)

    def _roles(self, marks: Marks, layer: Layer, column: int) -> None:
        """Take slots, which lead from a span to others, as links."""
        told: set[str] = set()
        left = 0
        for unit in self.units:
            for name, values in _rows(unit, layer, column):
                if name not in told:  # It stands at each of its words.
                    told.add(name)
                    for at in layer.slots:
                        names = layer.features[at : at + 2]
                        left += self._fill(marks, name, names, values[at : at + 2])
        if left:
            marks.notes.append(
                say("Slots that lead to what is not taken are left out: {count}.", count=left)
            )

    def _fill(self, marks: Marks, source: str, names: list[str], values: list[str | None]) -> int:
        """Make links of the slots of a span, and return how many lead nowhere."""
        roles, ends = ([*_parted(each)] if each else [] for each in values)
        usual = names[0].removeprefix(ROLE).partition(":")[2].partition("_")[0]
        left = 0
        for at, (unit, number) in enumerate(ends):
            target = self._found(marks, names[1], unit, "" if number == "0" else number)
            if target:
                role = roles[at][0] if at < len(roles) else UNSET
                kind = usual if role in {UNSET, NOTHING} else _plain(role)
                marks.relation(f"{source} {names[0]} {at}", kind or names[0], source, target)
            elif unit not in {UNSET, NOTHING}:
                left += 1
        return left

    def _found(self, marks: Marks, layer: str, unit: str, number: str) -> str:
        """Return the name of the span that a slot leads to, of the layer that it names; or nothing."""
        names = [each.name for each in self.layers if not each.base] if layer == ANY else [layer]
        found = [_named(each, unit, number, 0) for each in names]
        return next((each for each in found if each in marks.spans), "")


def _parted(raw: str) -> Iterator[tuple[str, str]]:
    """Yield what stands in the slots of one unit, each with its number."""
    for each in SLOT.findall(raw):
        found = NUMBERED.fullmatch(each)
        yield (found[1], found[2] or "") if found else (each, "")


def _slots(cell: str, *, numbered: bool) -> Values:
    """Return what a column of slots has, as it is written; behind roles the unit is numbered, which has them."""
    found: Values = []
    for raw in [] if cell == NOTHING else PIECE.findall(cell):
        *_, (_, number) = _parted(raw)
        found.append((raw, number if numbered else ""))
    return found


def _rows(unit: Unit, layer: Layer, column: int) -> Iterator[tuple[str, list[str | None]]]:
    """Yield what a layer has on a word: a name, and the values of its columns."""
    cells = unit.cells[column : column + max(1, len(layer.features))]
    for at in range(max(map(len, cells))):
        values = [cell[at] if at < len(cell) else (None, "") for cell in cells]
        number = next((each for _, each in values if each), "")
        yield _named(layer.name, unit.name, number, at), [value for value, _ in values]


def _named(layer: str, unit: str, number: str, at: int) -> str:
    return f"{layer} [{number}]" if number else f"{layer} {unit} {at}"


def _values(cell: str) -> Values:
    """Return what stands in a cell. Raises `Fault`."""
    if cell == NOTHING:
        return []
    found: Values = []
    at = 0
    while True:
        each = VALUE.match(cell, at)
        if not each:
            raise _strange(cell)
        raw = each[1]
        found.append((None if raw in {UNSET, NOTHING} else _plain(raw), each[2] or ""))
        at = each.end()
        if at == len(cell):
            return found
        if cell[at] != "|":
            raise _strange(cell)
        at += 1


def _plain(escaped: str) -> str:
    return ESCAPED.sub(lambda each: MEANT.get(each[1], each[1]), escaped)


def _strange(cell: str) -> Fault:
    return Fault("bad_line", say("“{cell}” is no list of values.", cell=cell[:60]))


def _elsewhere(unit: Unit) -> Fault:
    return Fault(
        "quote_mismatch",
        say(
            "Line {number}: “{form}” is not in the text at {start}.",
            number=unit.line,
            form=unit.form[:60],
            start=unit.start,
        ),
    )
