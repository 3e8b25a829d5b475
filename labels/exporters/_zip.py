"""A zip that is written while its files are made: each goes out before the next is there."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator

ORIGIN = (1980, 1, 1, 0, 0, 0)
"""The moment that every file bears, so that the same records give the same bytes."""
READABLE = 0o644 << 16


class _Sink(io.RawIOBase):
    """Holds what was written and not yet taken; it cannot be gone back in, so the zip is written forwards."""

    def __init__(self) -> None:
        self.held: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # zipfile writes bytes
        self.held.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        taken = b"".join(self.held)
        self.held.clear()
        return taken


def zipped(files: Iterable[tuple[str, str]]) -> Iterator[bytes]:
    """Yield a zip of files, each a name and a text, in pieces."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, text in files:
            member = zipfile.ZipInfo(name, ORIGIN)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = READABLE
            archive.writestr(member, text.encode())
            yield sink.take()
    yield sink.take()
