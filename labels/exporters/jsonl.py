r"""Galley's own: JSON Lines, one article a line, nothing left out.

Each line has the article with its text, and every annotation set with its spans, relations and
reviews. A fragment carries its quote, so that offsets can be checked; `offset_unit` says what they
count. Importing the file into an empty project restores it, and exporting again gives the same
bytes. In a gold set each unit has `provenance`: the unit it is derived from and the set that has
it, and who chose it, how and why.

Sample:

    {"article":{"id":"01890a5d-ac96-774b-bcce-000000000006","external_id":"reuters-1","title":"Taxes","text":"🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.”","text_sha256":"f7662663650318c93fbef21964c20aa13a86aa46bcb09532c4fd530c4259f556","length":47,"language":"en","publisher":"","byline":"","url":"","published_at":"2019-10-29","extra":{"desk":"world"},"version":1},"annotation_sets":[{"id":"01890a5d-ac96-774b-bcce-000000000005","annotator":"ana","kind":"own","round":1,"state":"returned","version":3,"scheme_version":1,"spans":[{"id":"01890a5d-ac96-774b-bcce-000000000001","label":"CLAIM","fragments":[{"start":3,"end":19,"quote":"“Taxes fell 5%,”"},{"start":31,"end":47,"quote":"“and jobs rose.”"}],"attributes":{"check_worthiness":"CFS","form":"direct"},"rev":1,"origin":"hand","derived_from":null,"confidence":null,"flag":false,"reviews":[{"id":"01890a5d-ac96-774b-bcce-000000000004","span":"01890a5d-ac96-774b-bcce-000000000001","relation":null,"verdict":"fix","reason":"boundary","comment":"The first quotation alone.","proposal":{"attributes":{},"fragments":[{"end":19,"quote":"“Taxes fell 5%,”","start":3}],"label":"CLAIM"},"reviewer":"rita","rev":1,"created_at":"2019-10-30T09:00:00+00:00"}]},{"id":"01890a5d-ac96-774b-bcce-000000000002","label":"SOURCE","fragments":[{"start":20,"end":24,"quote":"Ruiz"}],"attributes":{},"rev":2,"origin":"hand","derived_from":null,"confidence":null,"flag":false,"reviews":[]}],"relations":[{"id":"01890a5d-ac96-774b-bcce-000000000003","type":"ATTRIBUTED_TO","from":"01890a5d-ac96-774b-bcce-000000000001","to":"01890a5d-ac96-774b-bcce-000000000002","attributes":{"stance":"affirm"},"rev":3,"reviews":[]}],"reviews":[]}],"offset_unit":"codepoint","text_sha256":"f7662663650318c93fbef21964c20aa13a86aa46bcb09532c4fd530c4259f556"}
"""  # noqa: E501 - a line of the format is one line

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from ..records import AnnotationSet, Article, Fragment, Loss, Provenance, Relation, Review, Span
from ..text.offsets import OffsetMap
from ..vocabulary import Lost
from . import Family

MEDIA_TYPE = "application/jsonl"
SUFFIX = ".jsonl"
FAMILY = Family.WHOLE
UNIT = ""
LOSES: frozenset[Lost] = frozenset()
PARTLY: frozenset[Lost] = frozenset()

Convert = Callable[[int], int]
Payload = dict[str, Any]


def write(articles: Iterable[Article], unit: str = "codepoint") -> Iterator[bytes]:
    """Yield a line for each article."""
    for article in articles:
        yield orjson.dumps(_line(article, unit), option=orjson.OPT_APPEND_NEWLINE)


def losses(_article: Article) -> Iterator[Loss]:
    """Yield nothing: all of it is there."""
    yield from ()


def _line(article: Article, unit: str) -> Payload:
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
    return {
        "id": made.id,
        "annotator": made.annotator,
        "kind": made.kind,
        "round": made.round,
        "state": made.state,
        "version": made.version,
        "scheme_version": made.scheme_version,
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
