"""Somebody who edits without looking at the network: fifty acts from a fixed sequence, and what each is."""

from __future__ import annotations

import random
import re
from collections import Counter
from typing import Any

from .labeller import Labeller

KEYS = {"c": "CLAIM", "s": "SOURCE"}
Act = tuple[str, str]
"""An operation and the words it is about."""


def rare_words(text: str) -> list[str]:
    """Return words that stand in a text once, also as a part of others."""
    words = re.findall(r"[A-Za-z]{6,}", text)
    return [word for word, number in Counter(words).items() if text.count(word) == number == 1]


class Hands:
    """Edits one set at the label page, and notes what the server should have heard in the end."""

    def __init__(self, labeller: Labeller, text: str, *, seed: int) -> None:
        self.labeller = labeller
        self.acts: list[Act] = []
        self._dice = random.Random(seed)  # noqa: S311 - the same acts each time
        self._words = self._dice.sample(rare_words(text), k=50)
        self._spans: dict[str, str] = {}
        self._claims_without_source: list[str] = []
        self._values: dict[str, int] = {}
        """How often the field of each was given another value."""
        self._undo: Act | None = None

    def sit_down_again(self, labeller: Labeller) -> None:
        """Go on at another page: it remembers nothing to undo."""
        self.labeller, self._undo = labeller, None

    def act(self) -> None:
        """Do one of the things one does."""
        kinds = [
            self._mark,
            self._mark,
            self._value,
            self._value,
            self._link,
            self._delete,
            self._take_back,
        ]
        for kind in self._dice.sample(kinds, k=len(kinds)):
            done = kind()
            if done:
                self.acts.append(done)
                return

    def _choose(self, word: str) -> None:
        self.labeller.press("Escape", "Escape")
        self.labeller.click_span(word)

    def _mark(self) -> Act:
        word = self._words.pop()
        key = self._dice.choice(list(KEYS))
        self._choose(word)
        self.labeller.press(key)
        self._spans[word] = key
        if key == "c":
            self._claims_without_source.append(word)
        self._undo = ("delete_span", word)
        return ("add_span", word)

    def _value(self) -> Act | None:
        """Give the first field of a span another value: its key, and the digit."""
        if not self._spans:
            return None
        word = self._dice.choice(list(self._spans))
        given = self._values.get(word, 0)
        self._values[word] = given + 1
        self._choose(word)
        self.labeller.press("f" if self._spans[word] == "c" else "t", str(given % 4 + 1))
        self._undo = ("set_attributes", word)
        return ("set_attributes", word)

    def _link(self) -> Act | None:
        if not self._claims_without_source or "s" not in self._spans.values():
            return None
        word = self._claims_without_source.pop()
        self._choose(word)
        self.labeller.press("r", "r")
        self._undo = ("delete_relation", word)
        return ("add_relation", word)

    def _delete(self) -> Act | None:
        """Delete a claim; sources may be needed for links."""
        claims = [word for word, key in self._spans.items() if key == "c"]
        if not claims:
            return None
        word = self._dice.choice(claims)
        self._choose(word)
        self.labeller.press("Delete")
        self._forget(word)
        self._undo = ("restore_span", word)
        return ("delete_span", word)

    def _take_back(self) -> Act | None:
        if not self._undo:
            return None
        act, self._undo = self._undo, None
        self.labeller.press("Control+z")
        match act:
            case ("delete_span", word):
                self._forget(word)
            case ("restore_span", word):
                self._spans[word] = "c"
            case ("delete_relation", word):
                self._claims_without_source.append(word)
            case _:
                self._values[act[1]] -= 1
        return act

    def _forget(self, word: str) -> None:
        del self._spans[word]
        if word in self._claims_without_source:
            self._claims_without_source.remove(word)


def told(revisions: list[dict[str, Any]]) -> list[Act]:
    """Return what a set's history tells of, in the same words."""
    quotes: dict[str, str] = {}
    acts: list[Act] = []
    for each in revisions:
        if each["action"] == "start":
            continue
        operation = each["payload"]["operation"]
        if each["action"] == "add_span":
            quotes[operation["id"]] = operation["fragments"][0]["quote"]
        elif each["action"] == "add_relation":
            quotes[operation["id"]] = quotes[operation["from"]]
        acts.append((each["action"], quotes[operation["id"]]))
    return acts
