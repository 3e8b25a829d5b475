"""schema.org: Claim and ClaimReview.

JSON-LD of spans with the label `CLAIM`, with their authors by links of the type `ATTRIBUTED_TO`. A claim whose attribute `verdict`
is `REFUTED`, `CONFLICTING_EVIDENCE` or `SUPPORTED` is rated 1, 3 or 5. It says what is claimed, not where it stands.

Sample:

    {"@context":"https://schema.org/","@graph":[
    {"@type":"Claim","@id":"urn:uuid:01890a5d-ac96-774b-bcce-000000000001","text":"“Taxes fell 5%,” … “and jobs rose.”","author":[{"@type":"Person","name":"Ruiz"}],"appearance":{"@type":"NewsArticle","@id":"urn:uuid:01890a5d-ac96-774b-bcce-000000000006","headline":"Taxes","datePublished":"2019-10-29"},"inLanguage":"en"}
    ]
    }
"""  # noqa: E501 - a line of the format is one line

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from ..records import Article, Loss
from ..vocabulary import Lost
from . import Family
from ._claims import LOST_OF_CLAIMS, PARTLY_OF_CLAIMS, SOURCES, Claim, claims, left_out, words
from ._lost import lost
from ._units import array

MEDIA_TYPE = "application/ld+json"
SUFFIX = ".claimreview.jsonld"
FAMILY = Family.CLAIM
UNIT = "none"
ALWAYS = frozenset(
    {Lost.ANNOTATOR, Lost.PARTS, Lost.EDGES, Lost.ATTRIBUTES, Lost.RELATION_ATTRIBUTES}
)
LOSES = LOST_OF_CLAIMS | ALWAYS
PARTLY = PARTLY_OF_CLAIMS
VERDICTS = {"REFUTED": 1, "CONFLICTING_EVIDENCE": 3, "SUPPORTED": 5}
HEAD = b'{"@context":"https://schema.org/","@graph":'

Payload = dict[str, Any]


def write(articles: Iterable[Article], unit: str = "codepoint") -> Iterator[bytes]:  # noqa: ARG001 - no offsets
    """Yield one graph with all claims."""
    yield HEAD
    nodes = (
        _node(claim, article)
        for article in articles
        for made in article.annotation_sets
        for claim in claims(made, (SOURCES,))
    )
    yield from chain(array(nodes), [b"}\n"])


def losses(article: Article) -> Iterator[Loss]:
    """Yield what is no claim, and of the claims all but their words."""
    yield from left_out(article, (SOURCES,))
    yield from lost(article, ALWAYS)
    for made in article.annotation_sets:
        for span in made.spans:
            yield Loss(Lost.EDGES, "span", span.id, article.id, made.id)


def _node(claim: Claim, article: Article) -> Payload:
    verdict = claim.span.attributes.get("verdict")
    rating = VERDICTS.get(verdict) if isinstance(verdict, str) else None
    made = _claim(claim, article)
    if rating is None:
        return made
    rated = {"ratingValue": rating, "bestRating": 5, "worstRating": 1, "alternateName": verdict}
    return {
        "@type": "ClaimReview",
        "@id": f"{made['@id']}#review",
        "claimReviewed": made["text"],
        "itemReviewed": made,
        "reviewRating": {"@type": "Rating", **rated},
    }


def _claim(claim: Claim, article: Article) -> Payload:
    authors = [
        {"@type": "Person", "name": words(span, article.text)}
        for _link, span in claim.ends[SOURCES]
    ]
    read = claim.span.attributes.get("normalized_text") or words(claim.span, article.text)
    found = {
        "@type": "Claim",
        "@id": f"urn:uuid:{claim.span.id}",
        "text": read,
        "author": authors,
        "appearance": _article(article),
        "inLanguage": article.language,
    }
    return {name: value for name, value in found.items() if value}


def _article(article: Article) -> Payload:
    publisher = {"@type": "Organization", "name": article.publisher} if article.publisher else None
    found = {
        "@type": "NewsArticle",
        "@id": f"urn:uuid:{article.id}",
        "headline": article.title,
        "url": article.url,
        "datePublished": article.published_at,
        "publisher": publisher,
    }
    return {name: value for name, value in found.items() if value}
