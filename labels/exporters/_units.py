"""How units are named in files of other tools, which count where Galley has ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

import orjson

from ..records import AnnotationSet, Attributes, Span


def owner(made: AnnotationSet) -> str:
    """Return whose set it is; gold is nobody's."""
    return made.annotator or made.kind.value


def numbered(spans: Iterable[Span], letter: str = "T") -> Mapping[UUID, str]:
    """Return a name for each span, such as T1, in their order."""
    return {span.id: f"{letter}{number}" for number, span in enumerate(spans, 1)}


def ordered(attributes: Attributes) -> Iterator[tuple[str, Any]]:
    """Yield names and values in the order of the names, whatever order the database had."""
    yield from sorted(attributes.items())


def array(items: Iterable[object]) -> Iterator[bytes]:
    """Yield a JSON array, an item a line."""
    opened = False
    for item in items:
        yield b",\n" if opened else b"[\n"
        opened = True
        yield orjson.dumps(item)
    yield b"\n]\n" if opened else b"[]\n"
