"""JSON objects of a file, one at a time: an array of them, or one after the other, in little memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from ..words import say
from ._reading import BYTE_ORDER_MARK, LONGEST_LINE, Fault, parse

PIECE = 16 * 1024
"""Bytes that are read at once, and so how far reading is ahead of what it gives."""
OUTSIDE = re.compile(rb'["{}\[\]]')
INSIDE = re.compile(rb'["\\]')
BETWEEN = b" \t\r\n,[]"
"""What may stand between objects."""


def objects(source: BinaryIO) -> Iterator[tuple[int, dict[str, Any] | Fault]]:
    """Yield objects with their numbers from 1, each parsed, or what is wrong with it."""
    for number, found in _pieces(source):
        try:
            yield number, found if isinstance(found, Fault) else parse(found)
        except Fault as fault:
            yield number, fault


def _pieces(  # noqa: C901 - one walk over a small grammar reads best in one piece
    source: BinaryIO,
) -> Iterator[tuple[int, bytes | Fault]]:
    """Cut the file at the ends of its outermost objects."""
    held = bytearray(source.read(PIECE).removeprefix(BYTE_ORDER_MARK))
    number, start, at, depth, quoted = 0, 0, 0, 0, False
    while True:
        found = (INSIDE if quoted else OUTSIDE).search(held, at)
        if found is None or (found[0] == b"\\" and found.end() == len(held)):
            at = found.start() if found else len(held)
            if len(held) > LONGEST_LINE:
                yield number + 1, Fault("too_large", say("An object is longer than 32 MB."))
                return
            piece = source.read(PIECE)
            if not piece:
                break
            held += piece
            continue
        at = found.end()
        if found[0] == b"\\":
            at += 1
        elif found[0] == b'"':
            quoted = not quoted
        elif found[0] in b"{[":
            if depth or found[0] == b"{":
                start = start if depth else at - 1
                depth += 1
        elif depth:
            depth -= 1
            if not depth:
                number += 1
                if held[:start].strip(BETWEEN):
                    break
                yield number, bytes(held[start:at])
                del held[:at]
                start = at = 0
    if held.strip(BETWEEN):
        yield number + 1, Fault("bad_json", say("This is not JSON: an object is not closed."))
