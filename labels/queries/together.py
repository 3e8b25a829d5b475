"""The spans behind a figure of several people: each unit with what everybody says of it, article by article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from .. import agreement
from ..models import Article
from . import agreement as figures
from .agreement import Asked, Row
from .pairing import ENOUGH, Side, side, texts_of

if TYPE_CHECKING:
    from ..agreement._corpus import Codes, Corpus


class Show(StrEnum):
    """Which units: those about which people differ, those that somebody lacks or labels otherwise, or all."""

    DIFFERENT = "different"
    LACKING = "lacking"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Units with which label ("": any), or with two values of which attribute."""

    label: str = ""
    attribute: str = ""
    show: Show = Show.DIFFERENT


@dataclass(frozen=True, slots=True)
class Version:
    """What some people say of a unit in the same way: nothing, or a span with a value of the attribute."""

    people: list[str]
    side: Side | None
    value: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of an article: what most say first, and nothing last."""

    article: UUID
    title: str
    versions: list[Version]

    @property
    def start(self) -> int:
        """Where the first of its spans begins."""
        return min(each.side.start for each in self.versions if each.side)


def units(asked: Asked, wanted: Wanted, after: UUID | None) -> tuple[list[Unit], UUID | None]:
    """Return units in the order of the texts, and the article after which there are more."""
    last = Article.objects.filter(uuid=after).values_list("pk", flat=True).first() if after else 0
    found: list[Unit] = []
    called = figures.names(asked)
    for rows in figures.chunks(asked, last or 0):
        for article, those in _of_articles(asked, rows, called, wanted):
            found += those
            if len(found) >= ENOUGH:
                return found, article
    return found, None


def _of_articles(
    asked: Asked, rows: list[Row], called: dict[tuple[str, str], str], wanted: Wanted
) -> Iterator[tuple[UUID, list[Unit]]]:
    definition = asked.scheme.definition
    gathering = agreement.gathering(figures.scales(definition), figures.symmetric(definition))
    figures.gather(gathering, rows, called)
    corpus, texts = gathering.corpus(), texts_of(rows)
    # Articles were gathered in the order of their keys, as the rows are.
    order = list(dict.fromkeys(row[1] for row in rows))
    found: dict[int, list[Unit]] = {}
    compared = _Compared(corpus, wanted)
    for number, spans in compared.units():
        uuid, title, text = texts[order[number]]
        found.setdefault(number, []).append(Unit(uuid, title, compared.versions(spans, text)))
    for number in sorted(found):
        yield texts[order[number]][0], sorted(found[number], key=lambda each: each.start)


class _Compared:
    """The units of some articles, and what everybody says of one."""

    def __init__(self, corpus: Corpus, wanted: Wanted) -> None:
        self._corpus, self._wanted = corpus, wanted
        self._codes = next((each for each in corpus.attributes if self._is_asked(each)), None)
        self._group = range(len(corpus.annotators))

    def _is_asked(self, codes: Codes) -> bool:
        return (codes.scale.label, codes.scale.attribute) == (
            self._wanted.label,
            self._wanted.attribute,
        )

    def units(self) -> Iterator[tuple[int, Sequence[int]]]:
        """Yield the units that are wanted, each with the number of its article and everybody's span or -1."""
        # Values are compared of spans with the same label; the labels themselves of all that share text.
        any_label = self._codes is None
        for spans in agreement.together(self._corpus, self._group, any_label=any_label):
            if self._fits(spans):
                yield int(self._corpus.article[max(spans)]), spans

    def _fits(self, spans: Sequence[int]) -> bool:
        marked = [each for each in spans if each >= 0]
        labels = {self._label(each) for each in marked}
        wanted = self._wanted
        if wanted.label and wanted.label not in labels:
            return False
        if wanted.attribute:
            said = [each for each in map(self._said, marked) if each]
            return len(said) > 1 and (wanted.show is Show.ALL or len(set(said)) > 1)
        number = int(self._corpus.article[marked[0]])
        lacking = len(labels) > 1 or len(marked) < int(self._corpus.labelled[number].sum())
        places = {self._places(each) for each in marked}
        return {
            Show.DIFFERENT: lacking or len(places) > 1,
            Show.LACKING: lacking,
            Show.ALL: True,
        }[wanted.show]

    def _said(self, span: int) -> str:
        """Return what somebody says of a span: a value, or where none is asked for its label."""
        if self._codes is None:
            return self._label(span)
        code = int(self._codes.of_span[span])
        return "" if code < 0 else figures.shown(self._codes.values[code])

    def _label(self, span: int) -> str:
        return self._corpus.labels[int(self._corpus.label[span])]

    def _places(self, span: int) -> tuple[tuple[int, int], ...]:
        part = slice(int(self._corpus.first[span]), int(self._corpus.first[span + 1]))
        starts, stops = self._corpus.starts[part].tolist(), self._corpus.stops[part].tolist()
        return tuple(zip(starts, stops, strict=True))

    def versions(self, spans: Sequence[int], text: str) -> list[Version]:
        """Return what everybody who has labelled the article says, who says the same together."""
        number = int(self._corpus.article[max(spans)])
        base = int(self._corpus.bases[number])
        found: dict[object, Version] = {}
        for person, span in zip(self._group, spans, strict=True):
            if not self._corpus.labelled[number, person]:
                continue
            value = self._said(span) if self._codes and span >= 0 else ""
            key = (self._places(span), self._label(span), value) if span >= 0 else None
            if key not in found:
                said = side(self._corpus, span, text, base) if span >= 0 else None
                found[key] = Version([], said, value)
            found[key].people.append(self._corpus.annotators[person])
        return sorted(found.values(), key=lambda each: (each.side is None, -len(each.people)))
