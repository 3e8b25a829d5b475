"""Export formats, one file each: the file's name is the format's name.

Its docstring is the line in the menu, the help and the sample. A format is a module like `Format`
below: it is fed records and gives bytes, piece by piece, holding no more than one article at a
time. The same records always give the same bytes. `docs/formats.md` shows how to add one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from ..records import Article


class Format(Protocol):
    """What each module of this folder has."""

    MEDIA_TYPE: str
    """For `Content-Type`."""
    SUFFIX: str
    """The end of a file's name, with its dot."""

    def write(self, articles: Iterable[Article], unit: str = "codepoint") -> Iterator[bytes]:
        """Yield the file in pieces; offsets count `unit`, where the format leaves that open."""
