"""Spans as rows of a table, one for each fragment."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import orjson

from ..records import AnnotationSet, Article, Span
from ..text.offsets import OffsetMap
from ..vocabulary import Lost

COLUMNS = (
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
    "quote",
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
FLAG = COLUMNS.index("flag")
KEPT = ("title", "external_id")
"""Metadata that has a column."""

Row = list[str]
Cells = tuple[Any, ...]
"""The values of a row: texts, numbers, truths, and None for what is not there."""
Cell = Callable[[str], str]


def written(
    articles: Iterable[Article], unit: str, cell: Cell, delimiter: str = ","
) -> Iterator[bytes]:
    """Yield the head, and then the rows of each article; `cell` has the last word on what a cell says."""
    yield _lines([list(COLUMNS)], delimiter)
    for article in articles:
        rows = [[cell(each) for each in row] for _made, _span, row in rows_of(article, unit)]
        if rows:
            yield _lines(rows, delimiter)


def rows_of(article: Article, unit: str) -> Iterator[tuple[AnnotationSet, Span, Row]]:
    """Yield a row of texts for each fragment, with its span and set."""
    for made, span, cells in cells_of(article, unit):
        row = ["" if each is None else str(each) for each in cells]
        row[FLAG] = "true" if span.flag else "false"
        yield made, span, row


def cells_of(article: Article, unit: str) -> Iterator[tuple[AnnotationSet, Span, Cells]]:
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
                        article.text[part.start : part.end],
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
