"""What marks from a file break of the rules that people keep: it is said, and the marks stay as they are.

Imported sets keep the file's offsets (DESIGN, section 4.2). Offsets are code points.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import is_
from typing import Any

from ..columnar import Spans, columns
from ..errors import OverlapRefused
from ..records import AnnotationSet, Article, Relation, Span
from ..text.boundaries import is_grapheme_boundary, touches_white_space
from ..words import say
from .annotation import check_overlap
from .scheme import Attribute, Scheme
from .value import problem

SHOWN = 40
"""Code points of a quote in a sentence."""


def ready(article: Article) -> Article:
    """Return an article from a file with its spans as `Spans`, and looked at as far as can be without a scheme."""
    if not article.annotation_sets:
        return article
    sets = [_ready(article.text, each) for each in article.annotation_sets]
    are_the_same = all(map(is_, sets, article.annotation_sets))
    return article if are_the_same else replace(article, annotation_sets=sets)


def _ready(text: str, given: AnnotationSet) -> AnnotationSet:
    spans = Spans.of(given.spans)
    broken = tuple(_edges(text, spans))
    is_the_same = spans is given.spans and broken == given.broken
    return given if is_the_same else replace(given, spans=spans, broken=broken)


def broken(text: str, scheme: Scheme, given: AnnotationSet) -> Iterator[tuple[str, str]]:
    """Yield a code and a sentence for each rule that a set breaks which is `ready`.

    Labels, types and attributes that the scheme lacks are not looked at: they widen it.
    """
    yield from given.broken
    yield from _overlaps(text, scheme, given.spans)
    yield from _values(text, scheme, given)
    yield from _joins(text, scheme, given)


def quoted(text: str, span: Span) -> str:
    """Return a span's text as a sentence shows it, with its place."""
    words = " … ".join(text[each.start : each.end] for each in span.fragments)
    words = words if len(words) <= SHOWN else words[:SHOWN].rstrip() + " …"
    return say("“{words}” at {place}", words=words, place=span.start)


def _edges(text: str, spans: Spans) -> Iterator[tuple[str, str]]:
    places = list(zip(spans.columns.starts, spans.columns.ends, strict=True))
    if not any(touches_white_space(text, *each) or _is_cut(text, *each) for each in places):
        return  # As nearly always: no span has to be made.
    for span in spans:
        for each in span.fragments:
            if touches_white_space(text, *each):
                yield (
                    "bad_boundary",
                    say("{marked} begins or ends on white space.", marked=quoted(text, span)),
                )
            if _is_cut(text, *each):
                yield (
                    "bad_boundary",
                    say("{marked} begins or ends inside a character.", marked=quoted(text, span)),
                )


def _is_cut(text: str, start: int, end: int) -> bool:
    return not (is_grapheme_boundary(text, start) and is_grapheme_boundary(text, end))


def _overlaps(text: str, scheme: Scheme, spans: Sequence[Span]) -> Iterator[tuple[str, str]]:
    found = columns(spans)
    places = sorted(zip(found.starts, found.ends, strict=True))
    if all(one[1] <= other[0] for one, other in pairwise(places)):
        return  # As nearly always: no code point is in two of them.
    by_label: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        if span.label in scheme.labels and scheme.labels[span.label].overlap != "free":
            by_label[span.label].append(span)
    for name, group in by_label.items():
        near: list[Span] = []
        for span in sorted(group, key=lambda each: each.start):
            near = [each for each in near if each.end > span.start]
            try:
                check_overlap(scheme.labels[name], span, near)
            except OverlapRefused as refusal:
                yield "overlap", f"{quoted(text, span)}: {refusal.detail}"
            near.append(span)


def _values(text: str, scheme: Scheme, given: AnnotationSet) -> Iterator[tuple[str, str]]:
    if not (any(columns(given.spans).attributes) or any(x.attributes for x in given.relations)):
        return
    labels = {str(each.id): each.label for each in given.spans}
    for span in given.spans:
        if span.attributes and span.label in scheme.labels:
            known = scheme.labels[span.label].attributes
            yield from _values_of(span, known, labels, quoted(text, span))
    for link in given.relations:
        if link.attributes and link.type in scheme.relations:
            yield from _values_of(link, scheme.relations[link.type].attributes, labels, link.type)


def _values_of(
    unit: Span | Relation, known: Any, labels: dict[str, str], name: str
) -> Iterator[tuple[str, str]]:
    attribute: Attribute | None
    for key, value in unit.attributes.items():
        attribute = known.get(key)
        said = problem(attribute, value, labels) if attribute and value is not None else ""
        if attribute and said:
            sentence = say(
                "{place}: {attribute} is {value}; {said}",
                place=name,
                attribute=attribute.title,
                value=repr(value),
                said=said,
            )
            yield "bad_attribute", sentence


def _joins(text: str, scheme: Scheme, given: AnnotationSet) -> Iterator[tuple[str, str]]:
    spans = {each.id: each for each in given.spans} if given.relations else {}
    for link in given.relations:
        kind = scheme.relations.get(link.type)
        one, other = spans[link.source], spans[link.target]
        if kind and one.label in scheme.labels and not kind.joins(one.label, other.label):
            said = say(
                "the scheme does not join {one} to {other} by it.", one=one.label, other=other.label
            )
            yield "not_joined", f"{link.type}, {quoted(text, one)}: {said}"
