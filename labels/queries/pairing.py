"""The spans behind a figure of agreement: those of two people side by side, article by article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from .. import agreement
from ..models import Article
from . import agreement as figures
from .agreement import Asked, Row

if TYPE_CHECKING:
    from ..agreement._corpus import Corpus

NOTHING = ""
"""Stands for the label of a span that is not there."""
ENOUGH = 25
"""Pairs on a page; an article is shown whole, so there may be more."""
AROUND = 60
"""Code points before and after what is marked."""


@dataclass(frozen=True, slots=True)
class Side:
    """One person's span: its label, the words before it, it, and those after."""

    label: str
    before: str
    quote: str
    after: str
    start: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people's spans of one article, either of which may be missing."""

    article: UUID
    title: str
    one: Side | None
    two: Side | None

    @property
    def start(self) -> int:
        """Where the first of them begins."""
        return min(each.start for each in (self.one, self.two) if each)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pairs: of whom, and with which labels (None: any; `NOTHING`: no span)."""

    one: str
    two: str
    left: str | None = None
    right: str | None = None


def paired(asked: Asked, wanted: Wanted, after: UUID | None) -> tuple[list[Pair], UUID | None]:
    """Return pairs in the order of the texts, and the article after which there are more."""
    last = Article.objects.filter(uuid=after).values_list("pk", flat=True).first() if after else 0
    found: list[Pair] = []
    called = figures.names(asked)
    for rows in figures.chunks(asked, last or 0):
        kept = [row for row in rows if called.get(row[2:4]) in (wanted.one, wanted.two)]
        for article, pairs in _of_articles(kept, called, wanted):
            found += pairs
            if len(found) >= ENOUGH:
                return found, article
    return found, None


def _of_articles(
    rows: list[Row], called: dict[tuple[str, str], str], wanted: Wanted
) -> Iterator[tuple[UUID, list[Pair]]]:
    texts = texts_of(rows)
    gathering = agreement.gathering()
    figures.gather(gathering, rows, called)
    corpus = gathering.corpus()
    if not {wanted.one, wanted.two} <= set(corpus.annotators):
        return
    numbers = [corpus.annotators.index(each) for each in (wanted.one, wanted.two)]
    # Articles were gathered in the order of their keys, as the rows are.
    order = list(dict.fromkeys(row[1] for row in rows))
    found: dict[int, list[Pair]] = {}
    for spans in agreement.pairs(corpus, *numbers):
        number = int(corpus.article[max(spans)])
        uuid, title, text = texts[order[number]]
        base = int(corpus.bases[number])
        one, two = (None if each < 0 else side(corpus, each, text, base) for each in spans)
        if _fits(one, wanted.left) and _fits(two, wanted.right):
            found.setdefault(number, []).append(Pair(uuid, title, one, two))
    for number in sorted(found):
        yield texts[order[number]][0], sorted(found[number], key=lambda each: each.start)


def texts_of(rows: list[Row]) -> dict[int, tuple[UUID, str, str]]:
    """Return id, title and text of the articles of sets, by key."""
    found = Article.objects.filter(pk__in={row[1] for row in rows})
    return {
        pk: (uuid, title, text)
        for pk, uuid, title, text in found.values_list("pk", "uuid", "title", "text")
    }


def side(corpus: Corpus, span: int, text: str, base: int) -> Side:
    """Return a span of a corpus with the words around it; `base` is where its article begins."""
    first, last = int(corpus.first[span]), int(corpus.first[span + 1])
    places = [
        (int(corpus.starts[each]) - base, int(corpus.stops[each]) - base)
        for each in range(first, last)
    ]
    start, end = places[0][0], places[-1][1]
    quote = " … ".join(text[slice(*each)] for each in places)
    label = corpus.labels[int(corpus.label[span])]
    return Side(label, words_before(text, start), quote, words_after(text, end), start)


def words_before(text: str, start: int) -> str:
    """Return some words before a place, none of them cut; where a script has no blanks, some characters."""
    if start <= AROUND:
        return text[:start]
    return f"… {text[start - AROUND : start].split(' ', 1)[-1]}"


def words_after(text: str, end: int) -> str:
    """Return some words behind a place in the same way."""
    if end + AROUND >= len(text):
        return text[end:]
    return f"{text[end : end + AROUND].rsplit(' ', 1)[0]} …"


def _fits(side: Side | None, label: str | None) -> bool:
    if label is None:
        return True
    return side is None if label == NOTHING else side is not None and side.label == label
