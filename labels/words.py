"""What is said to people, in their language.

Texts, rules and formats know no framework, and yet their refusals are read: they say them with `say`. Whoever puts
Galley together lends a voice that knows the languages (`labels.apps`); until then it is English, the source.

`make words` takes the sentences from the source: each is written out where it is said, or noted where it is kept.
"""

from __future__ import annotations

from typing import Any, Protocol


class Voice(Protocol):
    """What knows the words of other languages, such as Django's `translation`."""

    def gettext(self, message: str) -> str:
        """Return a sentence in the language of who reads it."""

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Return the sentence that fits a number."""


class _English:
    """The voice of the source."""

    def gettext(self, message: str) -> str:
        return message

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return singular if number == 1 else plural


_lent: list[Voice] = [_English()]


def lend(voice: Voice) -> None:
    """Have all that is said from now on said by this voice."""
    _lent[:] = [voice]


def noted(sentence: str) -> str:
    """Note down a sentence of a table, which is said when somebody reads it."""
    return sentence


def say(sentence: str, **values: Any) -> str:
    """Say a sentence; `{name}` in it is put in by name."""
    return _lent[0].gettext(sentence).format(**values)


def say_many(one: str, many: str, number: int, **values: Any) -> str:
    """Say the sentence that fits a number; both have it as `{number}`."""
    return _lent[0].ngettext(one, many, number).format(number=number, **values)
