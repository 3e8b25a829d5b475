"""The native format without the texts: a zip, with the program that puts one's own copies in.

Offsets, hashes and short quotes stand for the texts, and what an article has of its own besides (`extra`) is left
out. Rebuilt, the lines are those of `jsonl`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import orjson

from ..records import Article, Loss
from ..vocabulary import Lost
from . import Family, program
from ._lost import METADATA, lost
from ._native import bare
from ._zip import packed

MEDIA_TYPE = "application/zip"
SUFFIX = "-without-text.zip"
FAMILY = Family.WHOLE
UNIT = "codepoint"
LOSES = frozenset({Lost.TEXT})
PARTLY = frozenset({Lost.METADATA})
KEPT = {*METADATA, "version", "supersedes"} - {"extra"}


def write(articles: Iterable[Article], unit: str = "codepoint") -> Iterator[bytes]:  # noqa: ARG001 - copies are checked in code points
    """Yield the program, and a line for each article."""
    lines = (orjson.dumps(bare(each), option=orjson.OPT_APPEND_NEWLINE) for each in articles)
    yield from packed("dataset.jsonl", lines, ("rebuild.py", program()))


def losses(article: Article) -> Iterator[Loss]:
    """Yield the texts, and what articles have of their own besides."""
    yield from lost(article, LOSES | PARTLY, KEPT)
