"""What a release is made of, one file of the package a module.

A **table** is JSON Lines and is written in one pass over the articles: it has `FILE`, `rows` and `core`. A
**document** is written when the tables are: it has `FILE` and `text`. The same facts always give the same bytes.
A module that begins with `_` is no file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Protocol

from ..catalogue import Entry, catalogue
from ..records import Article, Splits, Terms

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class File:
    """One file of the package. `size` is in bytes."""

    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Changes:
    """How the rows of one table differ from those of the release before."""

    added: int = 0
    changed: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """What the documents of a release tell."""

    slug: str
    name: str
    description: str
    version: str
    released_on: str
    """ISO 8601 date."""
    terms: Terms
    schemes: Mapping[int, Mapping[str, Any]]
    """The scheme versions that the annotation sets follow, by number."""
    splits: Splits
    counts: Mapping[str, Mapping[str, int]]
    """How many there are, by kind of thing and name: labels, relations, annotators, languages, states, rows."""
    previous: str
    """The version before this one, or nothing."""
    changes: Mapping[str, Changes]
    """By table; empty for a first release."""
    agreement: Sequence[Mapping[str, Any]] = ()
    """Figures of every measure, of all annotators together and of each pair; none for a single one."""
    files: Sequence[File] = ()


class Table(Protocol):
    """A file of rows."""

    FILE: str
    COMPARED: bool
    """Whether its rows count when two releases are compared; only then it has `core` and `NAMED_BY`."""
    NAMED_BY: str
    """The member by which changed rows are counted, such as the label; empty where they are counted together."""

    def rows(self, article: Article, split: str, terms: Terms) -> Iterator[Row] | Iterator[bytes]:
        """Yield the rows of one article, or its lines where they are written already."""

    def core(self, row: Row) -> tuple[str, Row]:
        """Return a row's key and, by name, what of it is data.

        The rest is packaging: text, quotes and people's names may come and go.
        """


class Document(Protocol):
    """A file that tells of the release."""

    FILE: str
    MEDIA_TYPE: str

    def text(self, facts: Facts) -> str:
        """Return the file's content; nothing where the terms do without it."""


def tables() -> list[ModuleType]:
    """Return the tables in the order of their names."""
    return [each for each in _modules() if hasattr(each, "rows")]


def documents() -> list[ModuleType]:
    """Return the documents in the order in which they are written."""
    found = [each for each in _modules() if hasattr(each, "text")]
    # The read-me lists the others.
    return sorted(found, key=lambda each: str(each.FILE) == "README.md")


def _modules() -> list[ModuleType]:
    from .. import releases  # noqa: PLC0415 - the folder is the list of what is in it

    entries: list[Entry] = list(catalogue(releases).values())
    return [each.module for each in entries]
