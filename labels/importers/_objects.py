"""JSON objects of a file, one at a time: an array of them, or one after the other, in little memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, BinaryIO

import orjson

from ..words import say
from ._reading import BYTE_ORDER_MARK, LONGEST_LINE, Fault, parse

PIECE = 16 * 1024
"""Bytes that are read at once, and so how far reading is ahead of what it gives."""
OUTSIDE = re.compile(rb'["{}\[\]]')
INSIDE = re.compile(rb'["\\]')
BETWEEN = b" \t\r\n,[]"
"""What may stand between objects."""


@lru_cache
def listed(*names: str) -> re.Pattern[bytes]:
    """Return what matches an object up to the list in it, of one of these names; members before it are plain."""
    any_of = "|".join(names).encode()
    return re.compile(
        rb"""\s*\{\s*(?:"(?!(?:%b)"\s*:\s*\[)(?:[^"\\]|\\.)*"\s*:\s*"""
        rb"""(?:"(?:[^"\\]|\\.)*"|\[[^]]*\]|\{[^{}]*\}|[\w.+-]+)\s*,\s*)*"(?:%b)"\s*:\s*\["""
        % (any_of, any_of)
    )


def objects(source: BinaryIO) -> Iterator[tuple[int, dict[str, Any] | Fault]]:
    """Yield objects with their numbers from 1, each parsed, or what is wrong with it."""
    yield from _parsed(_pieces(source, source.read(PIECE).removeprefix(BYTE_ORDER_MARK)))


def _parsed(
    pieces: Iterator[tuple[int, bytes | Fault]],
) -> Iterator[tuple[int, dict[str, Any] | Fault]]:
    for number, found in pieces:
        try:
            yield number, found if isinstance(found, Fault) else parse(found)
        except Fault as fault:
            yield number, fault


def items(source: BinaryIO, *names: str) -> Iterator[tuple[int, dict[str, Any] | Fault]]:
    """Yield the objects of the list in an object that has one of these names; else those of the file."""
    head = source.read(PIECE).removeprefix(BYTE_ORDER_MARK)
    found = listed(*names).match(head)
    if not found:
        yield from _parsed(_pieces(source, head))
        return
    yield from _parsed(_pieces(source, head[found.end() - 1 :], _closes))


def _is_blank(rest: bytes) -> bool:
    return not rest.strip(BETWEEN)


def _closes(rest: bytes) -> bool:
    """Tell whether a list, and the object that it is in, end as they should."""
    try:
        orjson.loads(b'{"":[' + rest.lstrip(b" \t\r\n,["))
    except orjson.JSONDecodeError:
        return False
    return True


def _pieces(  # noqa: C901 - one walk over a small grammar reads best in one piece
    source: BinaryIO, head: bytes, ends: Callable[[bytes], bool] = _is_blank
) -> Iterator[tuple[int, bytes | Fault]]:
    """Cut the file at the ends of its outermost objects; `ends` tells what may come behind the last."""
    held = bytearray(head)
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
                    held += source.read(PIECE)
                    break
                yield number, bytes(held[start:at])
                del held[:at]
                start = at = 0
    if not ends(bytes(held)):
        yield number + 1, Fault("bad_json", say("This is not JSON: an object is not closed."))
