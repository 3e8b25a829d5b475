"""Spans as rows of a table, one for each fragment."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from ..records import AnnotationSet, Article, Span
from ..text.offsets import OffsetMap
from ..text.quotes import standing
from ..vocabulary import Lost

BEFORE = (
    "article_id",
    "external_id",
    "title",
    "text_sha256",
    "set_id",
    "annotator",
    "kind",
    "round",
    "state",
    "version",
    "scheme_version",
    "active_seconds",
    "span_id",
    "label",
    "fragment",
    "fragments",
    "start",
    "end",
    "offset_unit",
)
AFTER = (
    "attributes",
    "origin",
    "derived_from",
    "confidence",
    "flag",
    "rev",
)
LOSES = frozenset(
    {
        Lost.ARTICLE,
        Lost.TEXT,
        Lost.METADATA,
        Lost.SET,
        Lost.RELATION,
        Lost.REVIEW,
        Lost.PROVENANCE,
    }
)
FLAG = AFTER.index("flag") - len(AFTER)
KEPT = ("title", "external_id")
"""Metadata that has a column."""

Row = list[str]
Cells = tuple[Any, ...]
"""The values of a row: texts, numbers, truths, and None for what is not there."""
Cell = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Quotes:
    """What a table says of a quote: in which columns, and how."""

    columns: tuple[str, ...]
    cells: Callable[[str], Cells]

    @property
    def names(self) -> tuple[str, ...]:
        """All columns of the table."""
        return (*BEFORE, *self.columns, *AFTER)


WHOLE = Quotes(("quote",), lambda quote: (quote,))
STANDING = ("quote", "quote_sha256", "quote_start", "quote_end")
BARE = Quotes(STANDING, lambda quote: tuple(map(standing(quote).get, STANDING)))
"""Where the texts may not be: a short quote, and of a longer one its ends."""


def written(
    articles: Iterable[Article],
    unit: str = "codepoint",
    cell: Cell = str,
    delimiter: str = ",",
    quotes: Quotes = WHOLE,
) -> Iterator[bytes]:
    """Yield the head, and then the rows of each article; `cell` has the last word on what a cell says."""
    yield _lines([list(quotes.names)], delimiter)
    for article in articles:
        found = rows_of(article, unit, quotes)
        rows = [[cell(each) for each in row] for _made, _span, row in found]
        if rows:
            yield _lines(rows, delimiter)


def rows_of(
    article: Article, unit: str, quotes: Quotes = WHOLE
) -> Iterator[tuple[AnnotationSet, Span, Row]]:
    """Yield a row of texts for each fragment, with its span and set."""
    for made, span, cells in cells_of(article, unit, quotes):
        row = ["" if each is None else str(each) for each in cells]
        row[FLAG] = "true" if span.flag else "false"
        yield made, span, row


def cells_of(
    article: Article, unit: str, quotes: Quotes = WHOLE
) -> Iterator[tuple[AnnotationSet, Span, Cells]]:
    """Yield the values of a row for each fragment, with its span and set."""
    convert = int if unit == "codepoint" else OffsetMap(article.text, unit).from_codepoint
    for made in article.annotation_sets:
        for span in made.spans:
            for number, part in enumerate(span.fragments, 1):
                yield (
                    made,
                    span,
                    (
                        *_head(article, made),
                        *(str(span.id), span.label, number, len(span.fragments)),
                        *(convert(part.start), convert(part.end), unit),
                        *quotes.cells(article.text[part.start : part.end]),
                        *_tail(span),
                    ),
                )


def _head(article: Article, made: AnnotationSet) -> Cells:
    return (
        str(article.id),
        article.external_id,
        article.title,
        article.text_sha256,
        str(made.id),
        made.annotator,
        made.kind.value,
        made.round,
        made.state.value,
        made.version,
        made.scheme_version,
        made.active_seconds,
    )


def _tail(span: Span) -> Cells:
    """Return what stands behind the quote; attributes are one JSON object, its members in order."""
    return (
        orjson.dumps(dict(span.attributes), option=orjson.OPT_SORT_KEYS).decode(),
        span.origin.value,
        str(span.derived_from) if span.derived_from else None,
        span.confidence,
        span.flag,
        span.rev,
    )


def _lines(rows: Iterable[Row], delimiter: str) -> bytes:
    held = Lines()
    csv.writer(held, delimiter=delimiter, lineterminator=Lines.END).writerows(rows)
    return "".join(held).encode()


class Lines(list[str]):
    """Lines that end in LF. Written with CRLF, for only then does a cell that has a CR get quotation marks."""

    END = "\r\n"

    def write(self, line: str) -> None:
        """Take a row."""
        self.append(line.removesuffix(self.END) + "\n")
