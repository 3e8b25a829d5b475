"""An article with everything that is said of it, as both native formats write it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from ..records import AnnotationSet, Article, Fragment, Provenance, Relation, Review, Span
from ..text.offsets import OffsetMap

Convert = Callable[[int], int]
Payload = dict[str, Any]


def payload(article: Article, unit: str) -> Payload:
    """Return an article with its sets; offsets count `unit`."""
    convert = int if unit == "codepoint" else OffsetMap(article.text, unit).from_codepoint
    return {
        "article": {
            "id": article.id,
            "external_id": article.external_id,
            "title": article.title,
            "text": article.text,
            "text_sha256": article.text_sha256,
            "length": article.length,
            "language": article.language,
            "publisher": article.publisher,
            "byline": article.byline,
            "url": article.url,
            "published_at": article.published_at,
            "extra": _sorted(article.extra),
            "version": article.version,
            **({"supersedes": article.supersedes} if article.supersedes else {}),
        },
        "annotation_sets": [_set(each, article.text, convert) for each in article.annotation_sets],
        "offset_unit": unit,
        "text_sha256": article.text_sha256,
    }


def _set(made: AnnotationSet, text: str, convert: Convert) -> Payload:
    """Put each review with its unit; those of what is missing, or gone, stand at the end."""
    reviews: dict[UUID | None, list[Payload]] = defaultdict(list)
    for each in made.reviews:
        reviews[each.span or each.relation].append(_review(each, convert))
    origin = made.provenance.get
    spans = [
        _told(_span(each, text, convert, reviews.pop(each.id, ())), origin(each.id))
        for each in made.spans
    ]
    relations = [
        _told(_relation(each, reviews.pop(each.id, ())), origin(each.id)) for each in made.relations
    ]
    measured = {} if made.active_seconds is None else {"active_seconds": made.active_seconds}
    return {
        "id": made.id,
        "annotator": made.annotator,
        "kind": made.kind,
        "round": made.round,
        "state": made.state,
        "version": made.version,
        "scheme_version": made.scheme_version,
        **measured,
        "spans": spans,
        "relations": relations,
        "reviews": [each for rest in reviews.values() for each in rest],
    }


def _span(span: Span, text: str, convert: Convert, reviews: Sequence[Payload]) -> Payload:
    return {
        "id": span.id,
        "label": span.label,
        "fragments": [_fragment(each, text, convert) for each in span.fragments],
        "attributes": _sorted(span.attributes),
        "rev": span.rev,
        "origin": span.origin,
        "derived_from": span.derived_from,
        "confidence": span.confidence,
        "flag": span.flag,
        "reviews": reviews,
    }


def _told(unit: Payload, origin: Provenance | None) -> Payload:
    """Put with a unit of a gold set where it comes from."""
    if origin is None:
        return unit
    return unit | {
        "provenance": {
            "derived_from": origin.derived_from,
            "set": origin.set,
            "annotator": origin.annotator,
            "choice": origin.choice,
            "reason": origin.reason,
            "note": origin.note,
            "adjudicator": origin.adjudicator,
            "decided_at": origin.decided_at,
        }
    }


def _fragment(fragment: Fragment, text: str, convert: Convert) -> Payload:
    start, end = fragment.start, fragment.end
    return {"start": convert(start), "end": convert(end), "quote": text[start:end]}


def _relation(relation: Relation, reviews: Sequence[Payload]) -> Payload:
    return {
        "id": relation.id,
        "type": relation.type,
        "from": relation.source,
        "to": relation.target,
        "attributes": _sorted(relation.attributes),
        "rev": relation.rev,
        "reviews": reviews,
    }


def _review(review: Review, convert: Convert) -> Payload:
    return {
        "id": review.id,
        "span": review.span,
        "relation": review.relation,
        "verdict": review.verdict,
        "reason": review.reason,
        "comment": review.comment,
        "proposal": _proposal(review.proposal, convert),
        "reviewer": review.reviewer,
        "rev": review.rev,
        "created_at": review.created_at,
    }


def _proposal(proposal: Mapping[str, Any] | None, convert: Convert) -> Any:
    if proposal is None or not proposal.get("fragments"):
        return proposal and _sorted(proposal)
    fragments = [
        {**each, "start": convert(each["start"]), "end": convert(each["end"])}
        for each in proposal["fragments"]
    ]
    return _sorted({**proposal, "fragments": fragments})


def _sorted(members: Mapping[str, Any]) -> Any:
    """Give an object its members in the order of their names: a database may return them in any."""
    if not members:
        return {}
    return orjson.Fragment(orjson.dumps(members, option=orjson.OPT_SORT_KEYS))
