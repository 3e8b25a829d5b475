"""A file that is written forwards and taken away piece by piece, as containers of other formats want one."""

from __future__ import annotations

import io


class Sink(io.RawIOBase):
    """Holds what was written and not yet taken; it cannot be gone back in."""

    def __init__(self) -> None:
        self.held: list[bytes] = []

    def writable(self) -> bool:
        """Say that it can be written."""
        return True

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # what writes here writes bytes
        """Hold some more."""
        self.held.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        """Return what was written since the last time."""
        taken = b"".join(self.held)
        self.held.clear()
        return taken
