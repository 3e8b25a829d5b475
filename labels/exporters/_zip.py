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
            member = zipfile.ZipInfo(name, ORIGIN)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = READABLE
            archive.writestr(member, held.encode() if isinstance(held, str) else held)
            yield sink.take()
    yield sink.take()
