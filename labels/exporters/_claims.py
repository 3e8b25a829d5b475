"""Claims with what is said of where they come from: units by the labels and links that such data sets know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..records import AnnotationSet, Article, Loss, Relation, Span
from ..text.quotes import quote
from ..vocabulary import Lost
from ._lost import JUDGED, UNNAMED, lost
from ._units import ordered

CLAIM, SOURCES, CUES = "CLAIM", "ATTRIBUTED_TO", "CUED_BY"
LOST_OF_CLAIMS = UNNAMED | JUDGED | {Lost.ARTICLE, Lost.TEXT, Lost.METADATA, Lost.SET}
PARTLY_OF_CLAIMS = frozenset({Lost.SPAN, Lost.RELATION})

Payload = dict[str, Any]
Ends = list[tuple[Relation, Span]]


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim with the spans that it is linked to, by the type of the link."""

    span: Span
    ends: dict[str, Ends] = field(default_factory=dict)


def claims(made: AnnotationSet, types: tuple[str, ...]) -> Iterator[Claim]:
    """Yield the claims of a set with where links of these types lead."""
    spans = {each.id: each for each in made.spans}
    found = {each.id: Claim(each, {name: [] for name in types}) for each in made.spans}
    for link in made.relations:
        if link.type in types:
            found[link.source].ends[link.type].append((link, spans[link.target]))
    yield from (each for each in found.values() if each.span.label == CLAIM)


def left_out(article: Article, types: tuple[str, ...]) -> Iterator[Loss]:
    """Yield what is no claim, and no end or link of one."""
    yield from lost(article, LOST_OF_CLAIMS)
    for made in article.annotation_sets:
        found = list(claims(made, types))
        ends = [each for claim in found for all_ in claim.ends.values() for each in all_]
        kept = {claim.span.id for claim in found} | {span.id for _link, span in ends}
        links = {link.id for link, _span in ends}
        for span in made.spans:
            if span.id not in kept:
                yield Loss(Lost.SPAN, "span", span.id, article.id, made.id)
        for link in made.relations:
            if link.id not in links:
                yield Loss(Lost.RELATION, "relation", link.id, article.id, made.id)


def words(span: Span, text: str) -> str:
    """Return what a span says, its parts one after the other."""
    return quote(text, [(each.start, each.end) for each in span.fragments])


def told(span: Span, text: str) -> Payload:
    """Return a span with its places and words."""
    return {
        "id": span.id,
        "label": span.label,
        "fragments": [[each.start, each.end] for each in span.fragments],
        "quote": words(span, text),
        "attributes": dict(ordered(span.attributes)),
    }


def linked(ends: Ends, text: str) -> list[Payload]:
    """Return spans with what their links say."""
    return [
        told(span, text) | {"link": {"id": link.id, "attributes": dict(ordered(link.attributes))}}
        for link, span in ends
    ]
