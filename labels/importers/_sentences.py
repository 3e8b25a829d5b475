"""One document of CoNLL-U: its sentences put together to a text, with the entities at their places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..records import Article
from ..text.canonical import LONGEST
from ..words import say
from ._entities import USUAL, Entities
from ._marks import Marks, Place, article, text_of
from ._reading import Fault

NOBODY = "conll-u"
WIDTH = 10
"""Columns of a word."""
ID = re.compile(r"(\d{1,9})(?:-(\d{1,9})|\.\d{1,9})?")
ESCAPED = re.compile(r"\\(.)")
SPACES = {"s": " ", "t": "\t", "r": "\r", "n": "\n", "p": "|", "\\": "\\"}
BLANKS = re.compile(r"\s+")
PARAGRAPH = "\n\n"

Word = tuple[str, str | None, str]
"""Its form, what is behind it where that is said, and its brackets."""


class Document:
    """Takes the lines of one document; `order` is what brackets of entities say, in order.

    `digest` is of its lines as they stand in the file, which the one who reads them counts into it.
    """

    def __init__(self, first: int, order: Sequence[str], digest: Any) -> None:
        self.first = first
        self.order = order
        self.digest = digest
        self.faults: list[tuple[int, Fault]] = []
        self.comments: dict[str, str] = {}
        self.begun = False
        self.pieces: list[str] = []
        self.length = 0
        """Code points of the text so far."""
        self.between = ""
        """What is behind the text so far, if anything comes behind it."""
        self.brackets: list[tuple[str, Place]] = []
        self.words: list[Word] = []
        self.within = 0
        """The last word that is in a word of several that was taken as a whole."""
        self.said: str | None = None
        self.before = ""
        self.trailing = ""
        """What is behind the last word, where that is said."""
        self.spaced = 0
        """Sentences whose spacing is from their line `# text`."""

    def take(self, line: str) -> None:
        """Take one line without its end. Raises `Fault`."""
        if line.startswith("#"):
            self._comment(line)
        elif line.strip():
            self.begun = True
            self._word(line.split("\t"))
        elif self.words:
            self._end()

    def _comment(self, line: str) -> None:
        name, equals, value = line[1:].partition("=")
        name = name.strip()
        if name == "text" and equals:
            self.said = value.strip()
        elif name.startswith("newpar") and self.length:
            self.between = self.between if "\n" in self.between else PARAGRAPH
        elif name.startswith(("newdoc", "annotator")):
            self.begun = True
            self.comments.setdefault(name.split()[0], value.strip())

    def _word(self, columns: list[str]) -> None:
        found = ID.fullmatch(columns[0])
        if len(columns) != WIDTH or not found or not columns[1]:
            raise Fault(
                "bad_line",
                say(
                    "A word has ten columns with tabs between, the first a number, the second the word."
                ),
            )
        if "." in columns[0] or self.length > LONGEST:
            return
        misc = dict(each.partition("=")[::2] for each in columns[9].split("|"))
        brackets = misc.get("Entity", "")
        if int(found[1]) <= self.within and not found[2] and self.words:
            form, behind, before = self.words[-1]
            self.words[-1] = form, behind, before + brackets
            return
        if "SpacesBefore" in misc and not self.words:
            self.before = _spaces(misc["SpacesBefore"])
        behind = "" if misc.get("SpaceAfter") == "No" else None
        behind = _spaces(misc["SpacesAfter"]) if "SpacesAfter" in misc else behind
        self.within = int(found[2] or 0)
        self.words.append((columns[1], behind, brackets))

    def _end(self) -> None:
        """Put the sentence behind the text. Raises `Fault` where it is not what `# text` says."""
        words, said = self.words, self.said
        self.words, self.said, self.within = [], None, 0
        gaps = [" " if each is None else each for _, each, _ in words]
        made = "".join(form + gap for (form, _, _), gap in zip(words, gaps, strict=True))
        if said is not None and _plain(made) != _plain(said):
            gaps = [*_gaps([form for form, *_ in words], said), gaps[-1]]
            self.spaced += 1
        self._put(self.between + self.before)
        self.before, self.between, self.trailing = "", gaps[-1], words[-1][1] or ""
        for (form, _, brackets), gap in zip(words, [*gaps[:-1], ""], strict=True):
            start = self.length
            self._put(form)
            if brackets:
                self.brackets.append((brackets, (start, self.length)))
            self._put(gap)

    def _put(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)

    def article(self, owner: str, before: Article | None) -> Article:
        """Return the article with a set, if there is any. Raises `Fault`."""
        if self.words:
            self._end()
        made = "".join(self.pieces)
        if not made.strip():
            raise Fault(
                "blank_text",
                say("The text has nothing but blanks: there is nothing to mark."),
            )
        text = text_of(made + self.trailing)
        name = self.comments.get("newdoc", "")[:200]
        named = self.comments.get("annotator")
        entities = Entities(self.order or USUAL)
        for brackets, place in self.brackets:
            entities.take(brackets, place)
        who = named or owner or NOBODY
        again = before is not None and (before.text, before.external_id) == (text.text, name)
        there = before.annotation_sets if before is not None and again else []
        number = 1 + sum(each.annotator == who for each in there)
        marks = Marks(text, who, number)
        for at, (label, places, said) in enumerate(entities.found()):
            marks.span(str(at), label, places, said)
        notes = []
        if self.spaced:
            notes.append(
                say("Sentences that are spaced as their # text says: {count}.", count=self.spaced)
            )
        found = article(text, [marks] if marks.spans or named else [], notes, external_id=name)
        return replace(found, original_sha256=self.digest.hexdigest())


def _spaces(escaped: str) -> str:
    found = ESCAPED.sub(lambda each: SPACES.get(each[1], each[0]), escaped)
    return " " if found.strip() else found.replace("\r\n", "\n").replace("\r", "\n")


def _plain(said: str) -> str:
    return BLANKS.sub(" ", said).strip()


def _gaps(forms: Sequence[str], said: str) -> list[str]:
    """Return what is between the words in a text that has them all. Raises `Fault`."""
    gaps: list[str] = []
    at = 0
    for number, form in enumerate(forms):
        start = said.find(form, at)
        if start < 0 or said[at:start].strip():
            raise _other(form, said)
        if number:
            gaps.append(said[at:start])
        at = start + len(form)
    if said[at:].strip():
        raise _other(said[at:].strip(), said)
    return gaps


def _other(form: str, said: str) -> Fault:
    return Fault(
        "text_changed",
        say("“{form}” does not stand so in # text, “{text}”.", form=form[:60], text=said[:100]),
    )
