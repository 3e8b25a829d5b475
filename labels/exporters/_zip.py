"""A zip that is written while its files are made: each goes out before the next is there."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator

from ._sink import Sink

ORIGIN = (1980, 1, 1, 0, 0, 0)
"""The moment that every file bears, so that the same records give the same bytes."""
READABLE = 0o644 << 16


def zipped(files: Iterable[tuple[str, str | bytes]]) -> Iterator[bytes]:
    """Yield a zip of files, each a name and a text or bytes, in pieces."""
    sink = Sink()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, held in files:
            archive.writestr(_member(name), held.encode() if isinstance(held, str) else held)
            yield sink.take()
    yield sink.take()


def packed(name: str, lines: Iterable[bytes], *others: tuple[str, str]) -> Iterator[bytes]:
    """Yield a zip of one file that is not known as a whole, after others that are."""
    sink = Sink()
    with zipfile.ZipFile(sink, "w") as archive:
        for other, held in others:
            archive.writestr(_member(other), held.encode())
        with archive.open(_member(name), "w", force_zip64=True) as file:
            for line in lines:
                file.write(line)
                yield sink.take()
    yield sink.take()


def gathered(files: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """Yield a zip of files that come in pieces themselves."""
    sink = Sink()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, pieces in files:
            with archive.open(_member(name), "w", force_zip64=True) as file:
                for piece in pieces:
                    file.write(piece)
                    yield sink.take()
    yield sink.take()


def _member(name: str) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name, ORIGIN)
    made.compress_type = zipfile.ZIP_DEFLATED
    made.external_attr = READABLE
    return made
