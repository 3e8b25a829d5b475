"""An article with everything that is said of it, as both native formats write it; or all but its text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import orjson

from ..columnar import shown
from ..records import AnnotationSet, Article, Loss, Provenance, Relation, Review
from ..text.offsets import OffsetMap
from ..text.quotes import SHORT, standing
from ..vocabulary import Lost
from . import Family
from ._lost import METADATA, lost
from ._standoff import Standoff

Payload = dict[str, Any]
Place = Callable[[int, int], Payload]
"""Gives a stretch of text, from one code point to another, its offsets and its quote."""
LEFT_OUT = frozenset({Lost.TEXT})
OF_ITS_OWN = frozenset({Lost.METADATA})
"""What an article has besides (`extra`) may hold its text once more: only what is short goes out."""
KEPT = {*METADATA, "version", "supersedes"} - {"extra"}


def payload(article: Article, unit: str) -> Payload:
    """Return an article with its sets; offsets count `unit`."""
    text = article.text
    convert = OffsetMap(text, unit).from_codepoint

    def place(start: int, end: int) -> Payload:
        return {"start": start, "end": end, "quote": text[start:end]}

    def converted(start: int, end: int) -> Payload:
        return {"start": convert(start), "end": convert(end), "quote": text[start:end]}

    return _payload(article, unit, place if unit == "codepoint" else converted)


def without_text(file: str, written: Callable[[Iterator[Payload]], Iterator[bytes]]) -> Standoff:
    """Return a native format without the texts: a file of that name, as `written` writes payloads."""

    def pieces(articles: Iterable[Article]) -> Iterator[bytes]:
        return written(map(_bare, articles))

    return Standoff(file, Family.WHOLE, LEFT_OUT, OF_ITS_OWN, pieces, _losses)


def _losses(article: Article) -> Iterator[Loss]:
    stays = {name: each for name, each in article.extra.items() if _letters(each) > SHORT}
    yield from lost(replace(article, extra=stays), LEFT_OUT | OF_ITS_OWN, KEPT)


def _bare(article: Article) -> Payload:
    """Return it with `null` for the text and, for each quote, what checks somebody's copy of it."""

    def place(start: int, end: int) -> Payload:
        quote = article.text[start:end]
        return {"start": start, "end": end, "quote": None} | standing(quote)

    made = _payload(article, "codepoint", place)
    short = {name: each for name, each in article.extra.items() if _letters(each) <= SHORT}
    made["article"] |= {"text": None, "extra": _sorted(short)}
    return made


def _letters(value: Any) -> int:
    """Count the code points of everything that is written in a value."""
    if isinstance(value, dict):
        return _letters([*value, *value.values()])
    if isinstance(value, list):
        return sum(map(_letters, value))
    return len(value) if isinstance(value, str) else 0


def _payload(article: Article, unit: str, place: Place) -> Payload:
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
        "annotation_sets": [_set(each, place) for each in article.annotation_sets],
        "offset_unit": unit,
        "text_sha256": article.text_sha256,
    }


def _set(made: AnnotationSet, place: Place) -> Payload:
    """Put each review with its unit; those of what is missing, or gone, stand at the end."""
    reviews: dict[UUID | None, list[Payload]] = defaultdict(list)
    for each in made.reviews:
        reviews[each.span or each.relation].append(_review(each, place))
    origin = made.provenance.get
    spans = shown(made.spans, place)
    for span in spans:
        if span["attributes"]:
            span["attributes"] = _sorted(span["attributes"])
        span["reviews"] = ()
    # Nearly always there are none, and nothing has to be looked up for each span.
    if reviews or made.provenance:
        for span in spans:
            unit = UUID(span["id"])
            span["reviews"] = reviews.pop(unit, ())
            span.update(_told(origin(unit)))
    relations = [
        _relation(each, reviews.pop(each.id, ())) | _told(origin(each.id))
        for each in made.relations
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


def _told(origin: Provenance | None) -> Payload:
    """Say of a unit of a gold set where it comes from."""
    if origin is None:
        return {}
    return {
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


def _review(review: Review, place: Place) -> Payload:
    return {
        "id": review.id,
        "span": review.span,
        "relation": review.relation,
        "verdict": review.verdict,
        "reason": review.reason,
        "comment": review.comment,
        "proposal": _proposal(review.proposal, place),
        "reviewer": review.reviewer,
        "rev": review.rev,
        "created_at": review.created_at,
    }


def _proposal(proposal: Mapping[str, Any] | None, place: Place) -> Any:
    if proposal is None or not proposal.get("fragments"):
        return proposal and _sorted(proposal)
    fragments = [{**each, **place(each["start"], each["end"])} for each in proposal["fragments"]]
    return _sorted({**proposal, "fragments": fragments})


def _sorted(members: Mapping[str, Any]) -> Any:
    """Give an object its members in the order of their names: a database may return them in any."""
    if not members:
        return {}
    return orjson.Fragment(orjson.dumps(members, option=orjson.OPT_SORT_KEYS))
