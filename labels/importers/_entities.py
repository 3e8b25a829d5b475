"""Entities in brackets, as Universal Anaphora has them in CoNLL-U: `(e1-person`, `e1)`, `(e2[1/2])`.

An entity may have several mentions, nested and crossing ones too; a mention may have parts, which are numbered.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..words import say
from ._marks import Place
from ._reading import Fault

BRACKET = re.compile(r"\(([^()]+)(\))?|([^()]+)\)|(\S)")
PART = re.compile(r"(.+)\[(\d{1,4})/(\d{1,4})\]")
USUAL = ("eid", "etype")
"""What stands between the hyphens where the file does not say."""
NAMES, KINDS = ("eid", "GRP"), ("etype", "entity")
UNSAID = ("head", "minspan", "MIN")
"""What a bracket says of words by their numbers: there are no such words in a text."""
UNNAMED = "entity"
"""The label of a mention whose kind is not said."""
MOST_OPEN = 1000
"""Brackets that are open at once: each that closes is looked for among them."""


@dataclass(slots=True)
class Mention:
    """One mention of an entity; `places` are those of its parts."""

    entity: str
    label: str
    said: dict[str, Any]
    parts: int = 1
    places: list[Place] = field(default_factory=list)


class Entities:
    """Takes the brackets of words in their order. `order` names what is between hyphens."""

    def __init__(self, order: Sequence[str] = USUAL) -> None:
        self.order = order
        self.opened: list[tuple[str, int, Mention]] = []
        self.mentions: list[Mention] = []
        self.begun: dict[tuple[str, int], Mention] = {}

    def take(self, brackets: str, place: Place) -> None:
        """Take the brackets of one word. Raises `Fault`."""
        for opens, closes, ends, junk in BRACKET.findall(brackets):
            if junk:
                raise _broken(brackets)
            if opens:
                self._open(opens, place[0])
            if closes:
                self._close(self.opened[-1][0], place[1])
            if ends:
                self._close(self._name(ends), place[1])

    def _name(self, said: str) -> str:
        """Return the name in what closes, which repeats it alone or whatever opened."""
        if any(said == name for name, *_ in self.opened):
            return said
        return self._read(said)[0]

    def _read(self, said: str) -> tuple[str, dict[str, str]]:
        values = dict(zip(self.order, said.split("-", len(self.order) - 1), strict=False))
        name = next((values.pop(each) for each in NAMES if each in values), said)
        return name, values

    def _open(self, said: str, start: int) -> None:
        if len(self.opened) >= MOST_OPEN:
            raise _broken(f"({said}")
        name, values = self._read(said)
        part = PART.fullmatch(name)
        entity, number, parts = (part[1], int(part[2]), int(part[3])) if part else (name, 1, 1)
        label = next((values.pop(each) for each in KINDS if each in values), "")
        more = {key: value for key, value in values.items() if value and key not in UNSAID}
        if number == 1:
            mention = Mention(entity, label or UNNAMED, more, parts)
            self.mentions.append(mention)
            self.begun[entity, parts] = mention
        elif (entity, parts) in self.begun:
            mention = self.begun[entity, parts]
        else:
            raise _broken(said)
        self.opened.append((name, start, mention))

    def _close(self, name: str, end: int) -> None:
        for at in range(len(self.opened) - 1, -1, -1):
            if self.opened[at][0] == name:
                _, start, mention = self.opened.pop(at)
                mention.places.append((start, end))
                return
        raise _broken(f"{name})")

    def found(self) -> Iterator[tuple[str, list[Place], dict[str, Any]]]:
        """Yield label, places and attributes of each mention. Raises `Fault` where one is not closed."""
        if self.opened:
            raise _broken(f"({self.opened[0][0]}")
        often = Counter(each.entity for each in self.mentions)
        for each in self.mentions:
            shared = {"entity": each.entity} if often[each.entity] > 1 else {}
            yield each.label, _joined(each.places), shared | each.said


def _joined(places: Sequence[Place]) -> list[Place]:
    """Return places of which none lies on another: parts within one word are one."""
    found: list[Place] = []
    for start, end in sorted(places):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _broken(brackets: str) -> Fault:
    return Fault(
        "bad_line",
        say("The brackets of entities do not match: “{brackets}”.", brackets=brackets[:60]),
    )
