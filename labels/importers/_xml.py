"""XML of strangers: parsed without declarations of its own, so that no entity can grow or lead anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from ..words import say
from ._reading import Fault

PIECE = 64 * 1024
"""Bytes that are parsed at once."""
DEEPEST = 200
"""Elements within each other."""


def tree(data: bytes) -> Element:
    """Return the root of a document. Raises `Fault`."""
    reader = _Reader()
    reader.feed(data, final=True)
    return reader.builder.close()


def elements(data: bytes, name: str) -> Iterator[Element]:
    """Yield the elements of one name, whatever their namespace, each as soon as it is whole. Raises `Fault`."""
    reader = _Reader(name)
    for start in range(0, len(data) or 1, PIECE):
        reader.feed(data[start : start + PIECE], final=start + PIECE >= len(data))
        yield from reader.found
        reader.found.clear()


class _Reader:
    """Builds a tree; of a document whose elements are asked for by name, those alone."""

    def __init__(self, wanted: str = "") -> None:
        self.wanted = wanted
        self.found: list[Element] = []
        self.builder = TreeBuilder()
        self.depth = 0
        self.inside = 0
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._declared
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        self.parser = parser

    def feed(self, data: bytes, *, final: bool) -> None:
        """Parse some more. Raises `Fault`."""
        try:
            self.parser.Parse(data, final)
        except expat.ExpatError as error:
            detail = say(
                "The XML is broken in line {line}: {fault}.",
                line=error.lineno,
                fault=str(error)[:80],
            )
            raise Fault("bad_xml", detail) from None
        except (ValueError, LookupError) as error:
            raise Fault(
                "bad_xml",
                say("The XML is broken in line {line}: {fault}.", line=1, fault=str(error)[:80]),
            ) from None

    def _declared(self, *_told: object) -> NoReturn:
        raise Fault(
            "unsafe_xml",
            say("The XML declares entities of its own, which is not read. Save it without."),
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Fault("too_deep", say("The objects are nested too deep."))
        if self.wanted and not self.inside and name.rpartition("}")[2] == self.wanted:
            self.builder, self.inside = TreeBuilder(), self.depth
        if self.inside or not self.wanted:
            self.builder.start(
                _named(name), {_named(key): value for key, value in attributes.items()}
            )

    def _end(self, name: str) -> None:
        if self.inside or not self.wanted:
            self.builder.end(_named(name))
        if self.inside == self.depth:
            self.found.append(self.builder.close())
            self.inside = 0
        self.depth -= 1

    def _data(self, text: str) -> None:
        if self.inside or not self.wanted:
            self.builder.data(text)


def _named(name: str) -> str:
    return f"{{{name}" if "}" in name else name
