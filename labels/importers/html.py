"""HTML: one web page a file, of which the story is taken, with title, byline, date and publisher.

The story is the part that holds most paragraphs; menus, forms, asides and scripts are left out. Nothing is loaded
from elsewhere, and nothing is run. The page as it was is kept beside the text (`original_html`), so that
one can look.

Sample:

    <!doctype html>
    <html lang="en"><head><title>Taxes | The Paper</title>
    <meta property="og:site_name" content="The Paper"><meta name="author" content="Ana Ruiz">
    <meta property="article:published_time" content="2019-10-29T08:30:00Z"></head>
    <body><nav><a href="/">Home</a></nav>
    <article><h1>Taxes fell</h1><p>🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.”</p>
    <p>Nobody was surprised.</p></article>
    <footer>Subscribe to our newsletter!</footer></body></html>
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePath
from typing import BinaryIO

from ..records import Article, BadItem
from ..words import say
from ._columns import article_of
from ._html import parsed
from ._marks import text_of
from ._reading import BYTE_ORDER_MARK, Fault

SUFFIXES = {".html", ".htm", ".xhtml"}
BEGINS = re.compile(
    # Atomic, or a thousand empty comments could be taken apart in more ways than there is time for.
    rb"(?:(?><!--.*?-->)|(?><\?xml[^>]*>)|\s+)*+<(?:!doctype html|html|head|body|article)\b",
    re.IGNORECASE | re.DOTALL,
)
CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{1,40})""", re.IGNORECASE)
LARGEST = 8 * 1024 * 1024
LARGEST_KEPT = 1024 * 1024
"""Bytes of a page that are kept beside its text."""


def recognises(head: bytes, name: str) -> str | None:
    """Take a file by its name, or by how a page begins."""
    if PurePath(name).suffix.lower() in SUFFIXES:
        return say("HTML, by its name")
    if BEGINS.match(head.removeprefix(BYTE_ORDER_MARK)[:4096]):
        return say("HTML, because it begins as a page")
    return None


def read(source: BinaryIO, name: str) -> Iterator[Article | BadItem]:
    """Yield the one article of a page."""
    try:
        yield _article(source.read(LARGEST + 1))
    except Fault as fault:
        yield BadItem(name, fault.code, fault.detail)


def _article(data: bytes) -> Article:
    if len(data) > LARGEST:
        raise Fault(
            "too_large", say("The page has more than {most} MB.", most=LARGEST // 1024 // 1024)
        )
    if b"\0" in data or not data.strip():
        text_of(data)
    original, notes = _decoded(data)
    page = parsed(original)
    if not page.text.strip():
        detail = say("The text has nothing but blanks: there is nothing to mark.")
        raise Fault("blank_text" if original.strip() else "empty_text", detail)
    extra = {}
    if len(data) <= LARGEST_KEPT:
        extra["original_html"] = original
    else:
        notes.append(say("The page is too large to be kept; its digest is."))
    notes.append(say("The story was taken from the page: look whether all of it is there."))
    made = article_of(text_of(page.text), page.described, extra, notes)
    return replace(made, original_sha256=sha256(data).hexdigest())


def _decoded(data: bytes) -> tuple[str, list[str]]:
    """Return a page as text: UTF-8, or in the encoding that it names."""
    named = CHARSET.search(data[:4096])
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        encoding = named[1].decode().lower() if named else "utf-8"
    try:
        return data.decode(encoding), [
            say("The page is in {encoding}, as it says.", encoding=encoding)
        ]
    except (LookupError, ValueError):
        text_of(data)
        raise Fault("not_utf8", say("This is not UTF-8.")) from None
