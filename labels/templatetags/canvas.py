"""What the canvas pages print by the thousand: the template language would take several times as long."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Protocol

import orjson
from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

ESCAPES = ((b"<", b"\\u003C"), (b">", b"\\u003E"), (b"&", b"\\u0026"))
"""As `json_script` has them: no text can end the element that it stands in."""
ENDINGS = (".", "!", "?", "。", "”")
"""What a sentence ends with: a headline does not."""
SPACED = re.compile(r"^[ \t]|[ \t]{2}|\t|[ \t]$")
"""Blanks that a browser leaves out unless it is told to keep them all, those at a line's end too."""


class Block(Protocol):
    """A paragraph and the place at which it begins."""

    start: int
    text: str


@register.simple_tag
def data_script(value: Any, element_id: str) -> SafeString:
    """Print data for a script, as `json_script` does."""
    text = orjson.dumps(value)
    for sign, escaped in ESCAPES:
        text = text.replace(sign, escaped)
    data = mark_safe(text.decode())  # noqa: S308 - nothing in it can be taken for HTML
    return format_html('<script id="{}" type="application/json">{}</script>', element_id, data)


@register.simple_tag
def text_blocks(blocks: Iterable[Block], title: str) -> SafeString:
    """Print the paragraphs, each on a line without white space of our own: its text content is the text."""
    headline = None if title.endswith(ENDINGS) else title
    lines = (_block(each, headline) for each in blocks)
    return mark_safe("".join(lines))  # noqa: S308 - numbers, and text that is escaped


def _block(block: Block, headline: str | None) -> str:
    kinds = [
        *(["title"] if block.text == headline else []),
        *(["spaced"] if SPACED.search(block.text) else []),
    ]
    more = f' class="{" ".join(kinds)}"' if kinds else ""
    return f'<p dir="auto" data-start="{block.start}"{more}>{escape(block.text)}</p>\n'
