"""Records with what a format holds, and something for the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from labels.records import AnnotationSet, Article, Fragment, Relation, Span
from labels.vocabulary import Kind, State


def article(sha256: str, sets: Sequence[AnnotationSet], text: str = "") -> Article:
    """Return an article that is known by the digest of its text."""
    return Article(text=text, text_sha256=sha256, original_sha256="", annotation_sets=sets)


def one_set(
    annotator: str, spans: Sequence[Span], relations: Sequence[Relation] = ()
) -> AnnotationSet:
    """Return somebody's set."""
    return AnnotationSet(
        id=UUID(int=0),
        annotator=annotator,
        kind=Kind.IMPORTED,
        round=1,
        state=State.SUBMITTED,
        version=1,
        scheme_version=1,
        spans=spans,
        relations=relations,
    )


def span(
    unit: str,
    label: str,
    places: Sequence[Sequence[int]],
    attributes: Mapping[str, Any],
    **more: Any,
) -> Span:
    """Return a span of places, each a start and an end."""
    parts = tuple([Fragment(start, end) for start, end in places])
    return Span(UUID(unit), label, parts, attributes, **more)


def link(unit: str, kind: str, ends: Sequence[str], attributes: Mapping[str, Any]) -> Relation:
    """Return a link from one end to the other."""
    source, target = ends
    return Relation(UUID(unit), kind, UUID(source), UUID(target), attributes)
