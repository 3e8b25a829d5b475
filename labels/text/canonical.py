"""The one form in which a text is kept, and what is refused because no form of it could be kept.

A byte order mark at the start goes and CRLF and CR become LF, because neither survives a form, an
editor or a parser. Nothing else changes, ever: no trimming, no Unicode normalisation, because every
offset counts on it. A text in canonical form is its own canonical form, so what was exported can be
imported: of several byte order marks none may stay at the start.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, NoReturn

from ..words import say

BYTE_ORDER_MARK = "\ufeff"

Code = Literal["not_utf8", "nul", "lone_surrogate", "empty_text", "blank_text", "too_long"]

LONGEST = 5_000_000
"""Code points of a text that can still be worked with: a novel has fewer than one million."""


class TextError(ValueError):
    """A text that cannot be kept; `position` counts, from 0, bytes or a string's code points."""

    def __init__(self, code: Code, detail: str, position: int | None = None) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.position = position


@dataclass(frozen=True, slots=True)
class Canonical:
    """A text in canonical form, with the digests of itself and of what it came from."""

    text: str
    text_sha256: str
    original_sha256: str
    length: int


def canonical(data: bytes | str) -> Canonical:
    """Give the canonical form of a file's bytes, or of a string from a form or a JSON value."""
    if isinstance(data, bytes):
        original, text = data, _decoded(data)
    else:
        original, text = _encoded(data), data
    if b"\0" in original:
        _refuse_nul(data)
    text = text.lstrip(BYTE_ORDER_MARK)
    has_returns = b"\r" in original
    if has_returns:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text:
        raise TextError("empty_text", say("The text is empty."))
    if text.isspace():
        raise TextError(
            "blank_text", say("The text has nothing but blanks: there is nothing to mark.")
        )
    if len(text) > LONGEST:
        detail = say(
            "The text has {count} code points; {longest} are the most. Split it.",
            count=len(text),
            longest=LONGEST,
        )
        raise TextError("too_long", detail)
    original_sha256 = text_sha256 = sha256(original).hexdigest()
    # The usual text is in canonical form already, so it is hashed once.
    if has_returns or original.startswith(BYTE_ORDER_MARK.encode()):
        text_sha256 = sha256(text.encode()).hexdigest()
    return Canonical(text, text_sha256, original_sha256, len(text))


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as fault:
        detail = say(
            "This is not UTF-8: byte 0x{byte} at position {start} (counting from 0) cannot be "
            "read.",
            byte=f"{data[fault.start]:02x}",
            start=fault.start,
        )
        if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            detail += f" {say('The file looks like UTF-16.')}"
        detail += f" {say('Save the file as UTF-8 and try again.')}"
        raise TextError("not_utf8", detail, fault.start) from None


def _encoded(data: str) -> bytes:
    try:
        return data.encode()
    except UnicodeEncodeError as fault:
        detail = say(
            "Half a surrogate pair, U+{code}, stands at position {start} (counting from 0): it is "
            "no character, so the text was damaged before.",
            code=f"{ord(data[fault.start]):04X}",
            start=fault.start,
        )
        raise TextError("lone_surrogate", detail, fault.start) from None


def _refuse_nul(data: bytes | str) -> NoReturn:
    position = data.index(0 if isinstance(data, bytes) else "\0")  # type: ignore[arg-type] # each fits its kind
    detail = say(
        "A NUL character stands at position {position} (counting from 0). A text has none.",
        position=position,
    )
    raise TextError("nul", detail, position)
