"""How units are named in files of other tools, which count where Galley has ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

import orjson

from ..records import AnnotationSet, Article, Attributes, Span

LONGEST = 160
"""Bytes of an annotator's name in a file's name."""
ROOM = 140
"""Characters of a name before a number that tells it from another: readers cut names at 150."""
UNFIT = re.compile(r"""[\x00-\x1f\x7f/\\:*?"<>|]""")
"""What the name of a file cannot have everywhere."""


def owner(made: AnnotationSet) -> str:
    """Return whose set it is; gold is nobody's."""
    return made.annotator or made.kind.value


def named(article: Article) -> Iterator[tuple[AnnotationSet, str]]:
    """Yield the sets with what their files are named by, no two alike."""
    taken: set[str] = set()
    for made in article.annotation_sets:
        wanted = UNFIT.sub("-", owner(made)).encode()[:LONGEST].decode(errors="ignore")
        name, number = wanted, 2
        while name.casefold() in taken:
            name, number = f"{wanted[:ROOM]}-{number}", number + 1
        taken.add(name.casefold())
        yield made, name


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
