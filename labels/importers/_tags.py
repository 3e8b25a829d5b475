"""Tags and texts of a page, one after the other: in one walk, so that no page, however broken, takes longer.

The parser of the standard library looks at the rest of a page anew for each tag that is not closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

NAME = re.compile(r"[a-zA-Z][^\s/>]{0,40}")
ATTRIBUTE = re.compile(r"""([^\s=/>"']{1,80})(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
LONGEST = 20_000
"""Characters between the brackets of a tag that are looked at."""
RAW = {
    each: re.compile(rf"</{each}\b", re.IGNORECASE)
    for each in ("script", "style", "textarea", "title")
}
"""Elements in which nothing is a tag but their own end."""

Token = tuple[str, str, str]
"""`<`, a name and what stands behind it; `/` and a name; or an empty kind and a text."""


def tokens(source: str) -> Iterator[Token]:
    """Yield the tags and the texts of a page; comments and declarations are left out."""
    at, end = 0, len(source)
    while at < end:
        start = source.find("<", at)
        start = end if start < 0 else start
        if start > at:
            yield "", "", unescape(source[at:start])
        if start == end:
            return
        at, token = _tag(source, start)
        if token:
            yield token
            if token[0] == "<" and token[1] in RAW:
                closing = RAW[token[1]].search(source, at)
                until = closing.start() if closing else end
                raw = source[at:until]
                yield "", "", raw if token[1] in {"script", "style"} else unescape(raw)
                at = until


def _tag(source: str, start: int) -> tuple[int, Token | None]:
    """Return where a tag ends that begins with a bracket at `start`, and the tag; a bracket alone is text."""
    if source.startswith("<!--", start):
        close = source.find("-->", start)
        return (len(source) if close < 0 else close + 3), None
    is_end = source.startswith("/", start + 1)
    name = NAME.match(source, start + 1 + is_end)
    if not name and source[start + 1 : start + 2] not in {"!", "?", "/"}:
        return start + 1, ("", "", "<")
    close = _close(source, name.end() if name else start)
    tag = name[0].lower() if name else ""
    found = ("/", tag, "") if is_end else ("<", tag, source[name.end() : close] if name else "")
    return close + 1, found if tag else None


def _close(source: str, at: int) -> int:
    """Return where the bracket is that closes a tag, or the end; one between quotation marks closes none."""
    close = source.find(">", at)
    if close < 0:
        return len(source)
    inside = source[at : min(close, at + LONGEST)]
    if inside.count('"') % 2 and '="' in inside:
        quote = source.find('"', close, close + LONGEST)
        behind = source.find(">", quote, quote + LONGEST) if quote >= 0 else -1
        return behind if behind >= 0 else close
    return close


def attributes(inside: str) -> dict[str, str]:
    """Return the attributes of a tag by name, in small letters; the first of a name counts."""
    found: dict[str, str] = {}
    for each in ATTRIBUTE.finditer(inside[:LONGEST]):
        found.setdefault(each[1].lower(), unescape(each[2] or each[3] or each[4] or ""))
    return found
