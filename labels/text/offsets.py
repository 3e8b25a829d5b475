"""Offsets in other units: the one converter between code points and UTF-16 units or UTF-8 bytes.

JavaScript, Java and UIMA count UTF-16 units, some programs count bytes; Galley counts code points.
A map is built once per text in linear time; each offset then costs a look at one short block of the
text, and nothing at all where both units count alike (no character beyond the basic plane, or ASCII
alone).
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from ..words import say

BLOCK = 256
"""Code points between two marks: short enough to count quickly, long enough to keep few marks."""

_CODECS = {"codepoint": ("", 1), "utf16": ("utf-16-le", 2), "utf8": ("utf-8", 1)}

UNITS = tuple(_CODECS)


class OffsetError(ValueError):
    """An offset outside the text, or inside a surrogate pair or a UTF-8 sequence."""

    def __init__(self, detail: str, offset: int) -> None:
        super().__init__(detail)
        self.detail = detail
        self.offset = offset


class OffsetMap:
    """Converts offsets of one text between code points and `unit`, both ways."""

    def __init__(self, text: str, unit: str) -> None:
        if unit not in _CODECS:
            raise ValueError(f"No such unit of offsets: {unit!r}. There are {', '.join(UNITS)}.")
        self.unit = unit
        self._text = text
        self._codec, self._width = _CODECS[unit]
        self._marks: list[int] = []
        self.length = len(text) if unit == "codepoint" else self._count(text)
        """The whole text, counted in `unit`."""
        if self.length != len(text):
            blocks = (text[at : at + BLOCK] for at in range(0, len(text), BLOCK))
            self._marks = list(accumulate(map(self._count, blocks), initial=0))

    def from_codepoint(self, offset: int) -> int:
        """Give in `unit` what is an offset in code points."""
        self._check(offset, len(self._text), "codepoint")
        if not self._marks:
            return offset
        block = offset // BLOCK
        return self._marks[block] + self._count(self._text[block * BLOCK : offset])

    def to_codepoint(self, offset: int) -> int:
        """Give in code points what is an offset in `unit`."""
        self._check(offset, self.length, self.unit)
        if not self._marks:
            return offset
        block = bisect_right(self._marks, offset, 0, len(self._marks) - 1) - 1
        start = block * BLOCK
        encoded = self._text[start : start + BLOCK].encode(self._codec)
        head = encoded[: (offset - self._marks[block]) * self._width]
        try:
            return start + len(head.decode(self._codec))
        except UnicodeDecodeError:
            raise OffsetError(
                say(
                    "Offset {offset} in {unit} is inside a character.",
                    offset=offset,
                    unit=self.unit,
                ),
                offset,
            ) from None

    def _count(self, text: str) -> int:
        return len(text.encode(self._codec)) // self._width

    def _check(self, offset: int, length: int, unit: str) -> None:
        if not 0 <= offset <= length:
            raise OffsetError(
                say(
                    "Offset {offset} is outside the text: 0 to {length} {unit}.",
                    offset=offset,
                    length=length,
                    unit=say("code points") if unit == "codepoint" else unit,
                ),
                offset,
            )
