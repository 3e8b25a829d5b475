"""Import formats, one file each: the file's name is the format's name.

Its docstring is the line in the menu, the help and the sample. A format is a module with the two
functions of `Format` below, or, where several files belong together, of `FolderFormat`. It is fed a
file, or a folder, and gives records; it knows nothing of screens or tables, and reads no further than
what it has given so far. What it cannot take it gives as a `BadItem`, which says where and why, and goes
on. `docs/formats.md` shows how to add one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from ..records import Article, BadItem

if TYPE_CHECKING:
    from ._folder import Folder


class Format(Protocol):
    """What each module of this folder has."""

    def recognises(self, head: bytes, name: str) -> str | None:
        """Give the reason for taking a file to be of this format, or None.

        `head` is its first bytes, which may end anywhere. The first format in the order of names
        that gives a reason gets the file.
        """

    def read(self, source: BinaryIO, name: str) -> Iterator[Article | BadItem]:
        """Yield the articles of a file, and what in it cannot be imported, in the file's order."""


class FolderFormat(Protocol):
    """What a module has instead whose articles are made of several files: a zip, or a folder."""

    def holds(self, names: Sequence[str]) -> str | None:
        """Give the reason for taking files of these names to be of this format, or None."""

    def read_folder(self, folder: Folder) -> Iterator[Article | BadItem]:
        """Yield the articles of a folder, and what in it cannot be imported."""


ENDINGS = "ENDINGS"
"""What a format of folders may have: how the names of its files end, where they may come without a folder."""
COLUMNS = "columns"
"""The parameter of `read`, or of `read_folder`, by which a table learns what its columns are."""
TEXTS = "texts"
"""The parameter by which a format whose files have no texts asks for that of a source: a text, or None."""


def takes_columns(module: ModuleType) -> bool:
    """Tell whether a format has columns that somebody may say something about."""
    return bool(asked(module, {COLUMNS: True}))


def asked(module: ModuleType, known: Mapping[str, Any]) -> dict[str, Any]:
    """Return of what is known beside a file what the format asks for, by the names of its parameters."""
    reader = module.read_folder if takes_folders(module) else module.read
    names = reader.__code__.co_varnames[: reader.__code__.co_argcount]
    return {name: value for name, value in known.items() if name in names}


def takes_folders(module: ModuleType) -> bool:
    """Tell whether a format is one of folders."""
    return hasattr(module, "read_folder")
