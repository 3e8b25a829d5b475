"""What formats of JSON read with: lines of a file, and members that must be what they say.

A fault is raised as `Fault` with a code and a sentence that names the member; the format gives it
as a `BadItem` at the line where it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import Any, BinaryIO, TypeVar
from uuid import UUID

import orjson

from ..records import Article, BadItem
from ..text.metadata import EXTRA, fault
from ..words import say

LONGEST_LINE = 32 * 1024 * 1024
"""Bytes of one line that are read into memory."""
LARGEST_COUNT = 10**9
"""Less than what a database can count to, so that one can still be added."""
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

Choice = TypeVar("Choice", bound=Enum)


class Fault(Exception):  # noqa: N818 - it is what is wrong with a line, not an error of the program
    """What is wrong with a line: a code for programs, a sentence for people."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


def lines(source: BinaryIO) -> Iterator[tuple[int, bytes | Fault]]:
    """Yield the lines of a file that are not blank, with their numbers.

    A line that is too long comes as a fault, and is not held.
    """
    number = 0
    while line := source.readline(LONGEST_LINE):
        number += 1
        if number == 1:
            line = line.removeprefix(BYTE_ORDER_MARK)
        if len(line) >= LONGEST_LINE and not line.endswith(b"\n"):
            _skip_rest(source)
            yield number, Fault("too_large", say("The line is longer than 32 MB."))
        elif line and not line.isspace():
            yield number, line


def taken(
    items: Iterable[tuple[int, Any]],
    take: Callable[[Any], Article],
    place: Callable[[int], str],
    *,
    nothing: BadItem,
) -> Iterator[Article | BadItem]:
    """Yield the article that each item is taken for, or what is wrong with it; `nothing` if there is none."""
    number = 0
    for number, item in items:
        try:
            if isinstance(item, Fault):
                raise item
            yield take(item)
        except Fault as found:
            yield BadItem(place(number), found.code, found.detail)
    if number == 0:
        yield nothing


def _skip_rest(source: BinaryIO) -> None:
    while (rest := source.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass


def parse(line: bytes) -> Any:
    """Parse a line of JSON, or raise `Fault` with what is wrong and where."""
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise _fault_of(error, line) from None


def _fault_of(error: orjson.JSONDecodeError, line: bytes) -> Fault:
    try:
        line.decode()
    except UnicodeDecodeError as decoding:
        return Fault(
            "not_utf8",
            say(
                "This is not UTF-8: byte 0x{byte} at position {start} of the line (counting from 0) "
                "cannot be read.",
                byte=f"{line[decoding.start]:02x}",
                start=decoding.start,
            ),
        )
    if "surrogate" in error.msg:
        return Fault(
            "lone_surrogate",
            say("Half a surrogate pair is no character (column {column}).", column=error.colno),
        )
    if "depth" in error.msg or "recursion" in error.msg.lower():
        return Fault("too_deep", say("The objects are nested too deep."))
    return Fault(
        "bad_json",
        say("This is not JSON: {fault} (column {column}).", fault=error.msg, column=error.colno),
    )


def listed(raw: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the objects of a list among the members of another; none where it is missing. Raises `Fault`."""
    value = raw.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise Fault("invalid", say("{name}: a list of objects is expected.", name=name))
    return value


class Members:
    """The members of a JSON object; each reader raises `Fault` where one is not what it should be.

    The path to the object is put together only for a fault: most objects have none.
    """

    __slots__ = ("owner", "place", "raw")

    def __init__(
        self,
        raw: Any,
        known: frozenset[str],
        owner: Members | None = None,
        place: tuple[str, int | None] = ("", None),
    ) -> None:
        self.raw = raw
        self.owner = owner
        self.place = place
        if type(raw) is not dict:
            where = self.path or say("The line")
            raise Fault("invalid", say("{where}: an object is expected.", where=where))
        if not raw.keys() <= known:
            unknown = sorted(raw.keys() - known)[:5]
            names = ", ".join(f"“{self.path_to(each)}”" for each in unknown)
            raise Fault(
                "invalid",
                say(
                    "{names}: not known here. Known: {known}.",
                    names=names,
                    known=", ".join(sorted(known)),
                ),
            )

    @property
    def path(self) -> str:
        """Where in the line the object stands."""
        if self.owner is None:
            return self.place[0]
        name, index = self.place
        return self.owner.path_to(name if index is None else f"{name}[{index}]")

    def path_to(self, name: str) -> str:
        """Put together where in the line a member stands."""
        path = self.path
        return f"{path}.{name}" if path else name

    def fault(self, name: str, sentence: str, code: str = "invalid") -> Fault:
        """Name a member in a fault."""
        return Fault(code, f"{self.path_to(name)}: {sentence}")

    def text(self, name: str, *, longest: int, needed: bool = True) -> str:
        """Read a text."""
        value = self.raw.get(name)
        if value is None and not needed:
            return ""
        if not isinstance(value, str) or (needed and not value):
            raise self.fault(name, say("Text is expected here."))
        if len(value) > longest or "\0" in value:
            raise self.fault(
                name, say("At most {longest} characters, and no NUL.", longest=longest)
            )
        return value

    def whole(self, name: str, default: int | None = None, *, least: int = 0) -> int:
        """Read a number that counts something."""
        value = self.raw.get(name, default)
        if type(value) is not int or not least <= value <= LARGEST_COUNT:
            raise self.fault(name, say("A whole number from {least} is expected.", least=least))
        return value

    def uuid(self, name: str) -> UUID:
        """Read an id."""
        found = self.uuid_or_none(name)
        if found is None:
            raise self.fault(name, say("A UUID is expected."))
        return found

    def uuid_or_none(self, name: str) -> UUID | None:
        """Read an id that may be missing."""
        value = self.raw.get(name)
        if value is None:
            return None
        try:
            return UUID(value)
        except (ValueError, TypeError, AttributeError):
            raise self.fault(name, say("A UUID is expected.")) from None

    def one_of(self, name: str, values: type[Choice], default: Choice | None = None) -> Choice:
        """Read a word of the trade."""
        try:
            return values(self.raw.get(name, default))
        except ValueError:
            known = ", ".join(str(each.value) for each in values)
            raise self.fault(name, say("One of {names} is expected.", names=known)) from None

    def boolean(self, name: str) -> bool:
        """Read a truth value; missing is false."""
        value = self.raw.get(name, False)
        if not isinstance(value, bool):
            raise self.fault(name, say("true or false is expected."))
        return value

    def number_or_none(self, name: str) -> float | None:
        """Read a number that may be missing."""
        value = self.raw.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise self.fault(name, say("A number is expected."))
        return value

    def members(self, name: str) -> dict[str, Any]:
        """Read an object of anything; missing is empty."""
        value = self.raw.get(name)
        if not value:
            return {}
        sentence = fault(EXTRA, value)
        if sentence:
            raise self.fault(name, sentence)
        found: dict[str, Any] = value
        return found

    def one(self, name: str, known: frozenset[str]) -> Members:
        """Read an object whose members are known."""
        return Members(self.raw.get(name), known, self, (name, None))

    def items(self, name: str, known: frozenset[str]) -> list[Members]:
        """Read a list of objects whose members are known; missing is empty."""
        value = self.raw.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.fault(name, say("A list is expected."))
        return [Members(each, known, self, (name, place)) for place, each in enumerate(value)]
