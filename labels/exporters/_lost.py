"""What formats lose of an article, by the codes that they name; what is special to one it adds itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

from ..records import AnnotationSet, Article, Loss, Span
from ..vocabulary import Lost, Origin

METADATA = (
    "title",
    "external_id",
    "language",
    "publisher",
    "byline",
    "url",
    "published_at",
    "extra",
)
UNNAMED = frozenset({Lost.STANDING, Lost.ORIGIN, Lost.CONFIDENCE, Lost.FLAG})
"""What only Galley knows of a set and its spans."""
JUDGED = frozenset({Lost.REVIEW, Lost.PROVENANCE})
"""What reviewers and adjudicators said."""

Found = tuple[Lost, str, UUID]


def lost(article: Article, codes: Collection[Lost], kept: Collection[str] = ()) -> Iterator[Loss]:
    """Yield what an article has of what is lost; `kept` is the metadata that is not."""
    if Lost.ARTICLE in codes and not any(each.spans for each in article.annotation_sets):
        yield Loss(Lost.ARTICLE, "article", article.id, article.id)
    if Lost.TEXT in codes:
        yield Loss(Lost.TEXT, "article", article.id, article.id)
    details = {each: getattr(article, each) for each in (*METADATA, "supersedes")}
    details["version"] = article.version > 1
    if Lost.METADATA in codes and any(details[each] for each in details if each not in kept):
        yield Loss(Lost.METADATA, "article", article.id, article.id)
    for made in article.annotation_sets:
        for code, kind, unit in _of_set(made):
            if code in codes:
                yield Loss(code, kind, unit, article.id, made.id)


def _of_set(made: AnnotationSet) -> Iterator[Found]:
    if not made.spans:
        yield Lost.SET, "set", made.id
    if made.annotator:
        yield Lost.ANNOTATOR, "set", made.id
    yield Lost.STANDING, "set", made.id
    for span in made.spans:
        for code in _of_span(span):
            yield code, "span", span.id
    for relation in made.relations:
        yield Lost.RELATION, "relation", relation.id
        if relation.attributes:
            yield Lost.RELATION_ATTRIBUTES, "relation", relation.id
    for review in made.reviews:
        yield Lost.REVIEW, "review", review.id
    links = {each.id for each in made.relations}
    for unit in made.provenance:
        yield Lost.PROVENANCE, "relation" if unit in links else "span", unit


def _of_span(span: Span) -> Iterator[Lost]:
    yield Lost.SPAN
    if len(span.fragments) > 1:
        yield Lost.PARTS
    if span.attributes:
        yield Lost.ATTRIBUTES
    if span.confidence is not None:
        yield Lost.CONFIDENCE
    if span.flag:
        yield Lost.FLAG
    # Whatever is read from a file is imported, so that only a file's own word could say more.
    if span.origin == Origin.SUGGESTION or span.derived_from:
        yield Lost.ORIGIN
