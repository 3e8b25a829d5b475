r"""brat standoff: a zip or a folder of texts (`NAME.txt`) with annotations (`NAME.ann`) beside them.

The annotations may lie in another folder, and there may be several for a text, one an annotator: `NAME_ana.ann`, or
`ana/NAME.ann` and `ben/NAME.ann`. Each becomes an imported set under that name; a lone `NAME.ann` is by “brat”. Taken are
spans of several parts, relations, events (the trigger is the span, each role a link from it), attributes and old
modifications, notes (as the attribute that brat calls them by, such as `AnnotatorNotes`), references to other data sets
and equivalences. What the scheme does not have is proposed as its next version.

Sample:

    ==> taxes.txt <==
    🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.”
    ==> taxes_ana.ann <==
    T1	CLAIM 3 19;31 47	“Taxes fell 5%,” “and jobs rose.”
    T2	SOURCE 20 24	Ruiz
    T3	CUE 25 29	said
    R1	ATTRIBUTED_TO Arg1:T1 Arg2:T2
    E1	CUE:T3 Speaker:T2 Content:T1
    A1	Checkworthy T1 high
    M1	Negation E1
    N1	Reference T2 Wikidata:Q1	Ana Ruiz
    #1	AnnotatorNotes T1	split quote
"""  # noqa: E501 - the sample has tabs, and the lines of the help are those of a menu

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from ..records import Article, BadItem
from ..words import say
from ._folder import Folder
from ._marks import Counted, Marks, article, text_of
from ._reading import Fault

TEXT, MARKS = ".txt", ".ann"
ENDINGS = (TEXT, MARKS)
NOBODY = "brat"
"""Whose set it is where the file does not say."""
PLACES = re.compile(r"\d{1,9} \d{1,9}(?:;\d{1,9} \d{1,9})*")
UNITS = "TEREAMN#*"
WITHOUT_QUOTE = 2
"""Columns of a line that has no text of the article."""


def holds(names: Sequence[str]) -> str | None:
    """Take a folder that has texts and annotations of one name, or annotations alone: those are no texts."""
    texts = {PurePosixPath(each).stem for each in names if each.endswith(TEXT)}
    marks = [PurePosixPath(each).stem for each in names if each.endswith(MARKS)]
    if any(_text_stem(each, texts) for each in marks):
        return say("brat standoff, because texts have .ann files of their names")
    if marks and len(marks) == len(names):
        return say("brat standoff, by the names of its files")
    return None


def read_folder(folder: Folder) -> Iterator[Article | BadItem]:
    """Yield the article of each text with a set for each of its annotators, and what is wrong."""
    texts = [each for each in folder.names if each.endswith(TEXT)]
    if not texts:
        yield BadItem(folder.name, "empty_file", say("There is no .txt file in it."))
    marked, lost = _pairs(texts, [each for each in folder.names if each.endswith(MARKS)])
    for name in lost:
        detail = say("There is no text of that name for these annotations.")
        yield BadItem(f"{folder.name}, {name}", "no_text", detail)
    for name in texts:
        faults: list[BadItem] = []
        try:
            data = folder.read(name)
            text = text_of(data)
        except Fault as found:
            yield BadItem(f"{folder.name}, {name}", found.code, found.detail)
            continue
        counted = Counted(data.decode())
        sets = []
        for owner, file in marked[name]:
            marks = Marks(text, owner)
            faults += _File(folder, file, marks, counted).read()
            if marks.spans or owner != NOBODY:
                sets.append(marks)
        if faults:
            yield from faults
        else:
            yield article(text, sets, external_id=name.removesuffix(TEXT)[:200])


# Which annotations are of which text, and by whom


def _pairs(
    texts: Sequence[str], files: Sequence[str]
) -> tuple[Mapping[str, list[tuple[str, str]]], list[str]]:
    by_stem: dict[str, list[str]] = defaultdict(list)
    for name in texts:
        by_stem[PurePosixPath(name).stem].append(name)
    often = Counter(PurePosixPath(each).stem for each in files)
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    lost = []
    for file in files:
        path = PurePosixPath(file)
        stem = _text_stem(path.stem, by_stem)
        if stem is None:
            lost.append(file)
            continue
        near = [each for each in by_stem[stem] if PurePosixPath(each).parent == path.parent]
        text = (near or by_stem[stem])[0]
        owner = path.stem.removeprefix(stem).removeprefix("_")
        if not owner and (not near or often[path.stem] > 1):
            owner = path.parent.name
        taken = {each for each, _ in found[text]}
        found[text].append((_free(owner or NOBODY, taken), file))
    return found, lost


def _text_stem(stem: str, texts: Mapping[str, object] | set[str]) -> str | None:
    """Return the longest name of a text that the name of annotations begins with, whole or up to a `_`."""
    end = len(stem)
    while end > 0:
        if stem[:end] in texts:
            return stem[:end]
        end = stem.rfind("_", 0, end)
    return None


def _free(owner: str, taken: set[str]) -> str:
    number = 2
    name = owner
    while name in taken:
        name, number = f"{owner} {number}", number + 1
    return name


# One file of annotations


class _File:
    """Reads one file: spans first, then what hangs on them, whatever the order of its lines."""

    def __init__(self, folder: Folder, name: str, marks: Marks, counted: Counted) -> None:
        self.folder = folder
        self.name = name
        self.marks = marks
        self.counted = counted
        self.triggers: dict[str, str] = {}
        self.numbers: Counter[str] = Counter()

    def read(self) -> Iterator[BadItem]:
        """Fill the marks, and yield what is wrong with a line."""
        try:
            lines = self._lines()
        except Fault as found:
            yield BadItem(f"{self.folder.name}, {self.name}", found.code, found.detail)
            return
        steps = (("T", self._span), ("E", self._trigger), ("R", self._relation), ("*", self._equal))
        more = (
            ("E", self._roles),
            ("AM", self._attribute),
            ("N", self._reference),
            ("#", self._note),
        )
        for kinds, step in (*steps, *more):
            for number, line in lines:
                if line[0] in kinds:
                    try:
                        step(line)
                    except Fault as found:
                        yield BadItem(self._place(number), found.code, found.detail)
        for number, line in lines:
            if line[0] not in UNITS:
                detail = say("A line begins with T, R, E, A, M, N, # or *.")
                yield BadItem(self._place(number), "bad_line", detail)

    def _place(self, number: int) -> str:
        where = f"{self.folder.name}, {self.name}"
        return say("{where}, line {number}", where=where, number=number)

    def _lines(self) -> list[tuple[int, str]]:
        data = self.folder.read(self.name)
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            detail = say("This is not UTF-8: byte {place} cannot be read.", place=error.start)
            raise Fault("not_utf8", detail) from None
        found = enumerate(text.replace("\r\n", "\n").split("\n"), 1)
        return [(number, line) for number, line in found if line.strip()]

    def _span(self, line: str) -> None:
        name, middle, quote = _columns(line, 3)
        label, _, places = middle.partition(" ")
        if not PLACES.fullmatch(places):
            raise Fault("bad_offsets", say("Offsets are written “3 19” or “3 19;31 47”."))
        raw = [tuple(map(int, each.split(" "))) for each in places.split(";")]
        parts = [self.counted.place(start, end) for start, end in raw]
        text = [self.marks.text[start:end].replace("\n", " ") for start, end in parts]
        # Before version 1.3 brat joined the parts without a blank.
        if quote.replace("\r", " ") not in (" ".join(text), "".join(text)):
            raise Fault(
                "quote_mismatch",
                say(
                    "“{quote}” is not the text there, “{there}”.", quote=quote, there=" ".join(text)
                ),
            )
        self.marks.span(name, label, _joined(parts))

    def _trigger(self, line: str) -> None:
        name, middle = _columns(line, 2)
        trigger = middle.split(" ")[0].partition(":")[2]
        if trigger in self.triggers.values():
            self.marks.notes.append(
                say(
                    "“{name}” has the trigger of another event: both are one span, “{trigger}”.",
                    name=name,
                    trigger=trigger,
                )
            )
        self.triggers[name] = trigger

    def _roles(self, line: str) -> None:
        name, middle = _columns(line, 2)
        for each in middle.split(" ")[1:]:
            if not each:
                continue
            role, _, target = each.partition(":")
            # Several of one role are numbered: Content, Content2.
            kind = role.rstrip("0123456789") or role
            self.marks.relation(
                f"{name} {role} {target}", kind, self.triggers[name], self._end(target)
            )

    def _relation(self, line: str) -> None:
        name, middle = _columns(line, 2)
        kind, *ends = middle.split(" ")
        found = [each.partition(":")[2] for each in ends if each]
        if len(found) != 2:  # noqa: PLR2004 - a relation has two ends
            raise Fault("bad_line", say("A relation has two ends, such as Arg1:T1 Arg2:T2."))
        self.marks.relation(name, kind, self._end(found[0]), self._end(found[1]))

    def _equal(self, line: str) -> None:
        _, middle = _columns(line, 2)
        kind, first, *others = [*middle.split(" "), ""]
        for each in filter(None, others):
            self.marks.relation(f"* {first} {each}", kind, self._end(first), self._end(each))

    def _end(self, name: str) -> str:
        return self.triggers.get(name, name)

    def _attribute(self, line: str) -> None:
        _, middle = _columns(line, 2)
        name, target, value = [*middle.split(" ", 2), "", ""][:3]
        self._put(target, name, value or True)

    def _reference(self, line: str) -> None:
        _, middle = _columns(line, 2)
        middle, _, text = middle.partition("\t")
        name, target, value = [*middle.split(" ", 2), "", ""][:3]
        self._put(target, name, value)
        if text:
            self._put(target, f"{name}_text", text)

    def _note(self, line: str) -> None:
        _, middle = _columns(line, 2)
        middle, _, said = middle.partition("\t")
        name, _, target = middle.partition(" ")
        self._put(target, name, said)

    def _put(self, target: str, name: str, value: object) -> None:
        self.marks.give(self._end(target), name, value)


def _columns(line: str, count: int) -> list[str]:
    # brat writes a tab behind a relation, with nothing behind that; a quote may end with one.
    found = (line.rstrip("\t") if count == WITHOUT_QUOTE else line).split("\t", count - 1)
    if len(found) != count:
        raise Fault(
            "bad_line", say("{count} columns are expected, with tabs between.", count=count)
        )
    return [each.rstrip(" ") if at < count - 1 else each for at, each in enumerate(found)]


def _joined(parts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the parts that are not empty: a line end within one may be all that there was of it."""
    return [each for each in parts if each[0] < each[1]]
