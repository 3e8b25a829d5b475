"""The versions of a unit as the adjudication page shows them: who says so, the words, what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ..vocabulary import Difference
from ..words import say
from .specimen import SLOTS

if TYPE_CHECKING:
    from ..actions.bench import Bench
    from ..records import Span

DIFFERENCES = {
    Difference.MISSING: _("missing"),
    Difference.BOUNDARY: _("boundary"),
    Difference.LABEL: _("label"),
    Difference.ATTRIBUTE: _("attribute"),
    Difference.LINK: _("link"),
    Difference.FRAGMENT: _("stretches"),
    Difference.SPLIT: _("split"),
}
"""What may differ, in words."""
AROUND = 140
"""Code points of the text before and after the words that a unit is about."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text; marked or not."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """Something said of a span: an attribute, or a link."""

    name: str
    value: str
    differs: bool = False
    """Whether others who gave the same label do not say so."""


@dataclass(frozen=True, slots=True)
class Card:
    """What one or several people say, alike in all."""

    number: int
    names: str
    set: UUID
    labels: list[tuple[str, int]]
    """The labels with the place of each in the scheme, for its form."""
    pieces: list[Piece]
    facts: list[Fact]
    empty: bool = False


def cards(bench: Bench, item: Any) -> list[Card]:
    """Return the versions of a unit, those that say the same as one, those that say nothing last."""
    if item.cluster is None:
        return []
    groups: dict[object, list[Any]] = {}
    for version in item.cluster.versions:
        spans = tuple((span.label, span.fragments) for span in version.spans)
        groups.setdefault((spans, version.values, version.said), []).append(version)
    ordered = sorted(groups.values(), key=lambda group: not group[0].spans)
    return _told_apart(
        [_card(bench, item, number, group) for number, group in enumerate(ordered, 1)]
    )


def shared(cards: list[Card]) -> Card | None:
    """Return a card whose words stand for all, where all who mark something mark the same with the same label."""
    there = [each for each in cards if not each.empty]
    alike = len({(tuple(each.labels), tuple(each.pieces)) for each in there}) == 1
    return there[0] if alike and len(cards) > 1 else None


def _told_apart(cards: list[Card]) -> list[Card]:
    """Return cards whose facts say in what they differ; under other labels everything does."""
    there = [each for each in cards if not each.empty]
    if len({tuple(each.labels) for each in there}) > 1:
        return cards
    same = set(there[0].facts).intersection(*(each.facts for each in there[1:]))
    return [
        replace(each, facts=[replace(fact, differs=fact not in same) for fact in each.facts])
        for each in cards
    ]


def _card(bench: Bench, item: Any, number: int, group: Sequence[Any]) -> Card:
    version, telling = group[0], bench.telling()
    labels = list(dict.fromkeys(span.label for span in version.spans))
    return Card(
        number=number,
        names=telling.who(group),
        set=version.set,
        labels=[(telling.title(label), slot(bench, label)) for label in labels],
        pieces=list(pieces(bench.article.text, _around(bench, item), version.spans)),
        facts=[*_attributes(bench, version), *_links(bench, version)],
        empty=not version.spans,
    )


def slot(bench: Bench, label: str) -> int:
    """Return the form of a label, by its place in the scheme."""
    names = list(bench.scheme.labels)
    return names.index(label) % SLOTS + 1 if label in names else 1


def _around(bench: Bench, item: Any) -> tuple[int, int]:
    """Return the stretch of the text that all versions are shown in: whole words of their paragraphs."""
    spans = [span for version in item.cluster.versions for span in version.spans]
    text = bench.article.text
    first, last = min(span.start for span in spans), max(span.end for span in spans)
    begin, close = text.rfind("\n", 0, first) + 1, text.find("\n", last)
    start = max(begin, first - AROUND)
    end = min(len(text) if close == -1 else close, last + AROUND)
    while 0 < start < len(text) and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def pieces(text: str, around: tuple[int, int], spans: Sequence[Span]) -> Iterator[Piece]:
    """Yield a stretch of the text, cut where marks begin and end."""
    start, end = around
    at = start
    if start and text[start - 1] != "\n":
        yield Piece("… ", marked=False)
    for fragment in sorted(
        (one for span in spans for one in span.fragments), key=lambda each: each.start
    ):
        if fragment.start > at:
            yield Piece(text[at : fragment.start], marked=False)
        yield Piece(text[max(at, fragment.start) : fragment.end], marked=True)
        at = max(at, fragment.end)
    yield Piece(text[at:end].rstrip(), marked=False)
    if end < len(text) and text[end] != "\n":
        yield Piece(" …", marked=False)


def _attributes(bench: Bench, version: Any) -> list[Fact]:
    """Return what is said of the spans; what is not said of all alike, with the words of which."""
    telling = bench.telling()
    told: dict[Fact, list[Span]] = {}
    for span in version.spans:
        for name, value in _in_order(bench, span):
            fact = Fact(telling.title(span.label, name), _value(bench, span.label, name, value))
            told.setdefault(fact, []).append(span)
    return [
        fact
        if len(spans) == len(version.spans)
        else replace(fact, value=f"{fact.value} ({_quoted(bench, spans)})")
        for fact, spans in told.items()
    ]


def _quoted(bench: Bench, spans: Sequence[Span]) -> str:
    return ", ".join(f"“{bench.telling().quote(each)}”" for each in spans)


def _in_order(bench: Bench, span: Span) -> list[tuple[str, Any]]:
    """Return the attributes of a span in the scheme's order, whoever gave which first: they stand side by side."""
    label = bench.scheme.labels.get(span.label)
    names = list(label.attributes) if label else []
    places = {name: number for number, name in enumerate(names)}
    return sorted(span.attributes.items(), key=lambda each: places.get(each[0], len(places)))


def _value(bench: Bench, label: str, name: str, value: Any) -> str:
    telling = bench.telling()
    attribute = (
        bench.scheme.labels[label].attributes.get(name) if label in bench.scheme.labels else None
    )
    if attribute is not None and attribute.type == "span":
        return _quote(bench, UUID(value))
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    values = value if isinstance(value, list) else [value]
    return ", ".join(telling.title(label, name, each) for each in values)


def _quote(bench: Bench, uuid: UUID) -> str:
    for each in bench.side.sets:
        for span in each.spans:
            if span.id == uuid:
                return _quoted(bench, [span])
    return ""


def _links(bench: Bench, version: Any) -> list[Fact]:
    told = (
        Fact(
            bench.telling().title(link.relation.type),
            _quoted(bench, [bench.clusters[link.to].present[0].span]),
        )
        for link in version.links
    )
    # Several spans of one person may be linked alike.
    return list(dict.fromkeys(told))
