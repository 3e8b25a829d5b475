"""A format without the texts: a zip of its file, and of the program that puts one's own copies in.

Offsets, hashes and short quotes stand for the texts. What the program writes is the file that the format gives
with the texts, byte for byte; `_rebuilding.FILES` has to know the file by its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..records import Article, Loss
from ..vocabulary import Lost
from . import Family, program
from ._zip import packed


@dataclass(frozen=True, slots=True)
class Standoff:
    """What a format has in `WITHOUT_TEXT`: it is used as the format is."""

    FILE: str
    """The name of the file in the zip."""
    FAMILY: Family
    LOSES: frozenset[Lost]
    PARTLY: frozenset[Lost]
    pieces: Callable[[Iterable[Article]], Iterator[bytes]]
    """Gives the file, its offsets in code points: in these the copies are checked."""
    losses: Callable[[Article], Iterator[Loss]]
    UNIT = "codepoint"
    MEDIA_TYPE = "application/zip"

    @property
    def SUFFIX(self) -> str:  # noqa: N802 - as each format has it
        """Say what is left out, and of what."""
        return f"-without-text{Path(self.FILE).suffix}.zip"

    def write(self, articles: Iterable[Article], unit: str = UNIT) -> Iterator[bytes]:  # noqa: ARG002 - see `pieces`
        """Yield the program, and the file."""
        yield from packed(self.FILE, self.pieces(articles), ("rebuild.py", program()))
