"""Articles: one a line, with metadata, hash and split, and with the text unless the release goes without.

`length` and all offsets count Unicode code points of the canonical text (no byte-order mark, LF line ends), and
`text_sha256` is the SHA-256 of its UTF-8 bytes.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..records import Article, Terms
from . import Row
from ._unit import in_order

FILE = "articles.jsonl"
COMPARED = True
NAMED_BY = ""


def rows(article: Article, split: str, terms: Terms) -> Iterator[Row]:
    """Yield the article."""
    row: Row = {
        "id": article.id,
        "external_id": article.external_id,
        "title": article.title,
        "text_sha256": article.text_sha256,
        "length": article.length,
        "language": article.language,
        "publisher": article.publisher,
        "byline": article.byline,
        "url": article.url,
        "published_at": article.published_at,
        "version": article.version,
        "supersedes": article.supersedes,
        "split": split,
    }
    if terms.with_text:
        row |= {"text": article.text, "extra": in_order(article.extra)}
    yield row


def core(row: Row) -> tuple[str, Row]:
    """Return the text's hash and the split: to shuffle splits changes every result."""
    return str(row["id"]), {name: row[name] for name in ("text_sha256", "split")}
