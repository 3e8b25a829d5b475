"""Claims as in AVeriTeC: JSON, an object for each.

For spans with the label `CLAIM`, with their speakers by links of the type `ATTRIBUTED_TO`. A claim reads as its attribute
`normalized_text`, where it has one, and otherwise as in the article. There is no verdict: `label` is empty.

Sample:

    [
    {"claim":"“Taxes fell 5%,” … “and jobs rose.”","speaker":"Ruiz","claim_date":"2019-10-29","reporting_source":null,"original_claim_url":null,"claim_types":[],"label":null,"article_id":"01890a5d-ac96-774b-bcce-000000000006","text_sha256":"f7662663650318c93fbef21964c20aa13a86aa46bcb09532c4fd530c4259f556","annotator":"ana","span":{"id":"01890a5d-ac96-774b-bcce-000000000001","label":"CLAIM","fragments":[[3,19],[31,47]],"quote":"“Taxes fell 5%,” … “and jobs rose.”","attributes":{"check_worthiness":"CFS","form":"direct"}},"speakers":[{"id":"01890a5d-ac96-774b-bcce-000000000002","label":"SOURCE","fragments":[[20,24]],"quote":"Ruiz","attributes":{},"link":{"id":"01890a5d-ac96-774b-bcce-000000000003","attributes":{"stance":"affirm"}}}]}
    ]
"""  # noqa: E501 - a line of the format is one line

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..records import AnnotationSet, Article, Loss
from . import Family
from ._claims import (
    LOST_OF_CLAIMS,
    PARTLY_OF_CLAIMS,
    SOURCES,
    Claim,
    claims,
    left_out,
    linked,
    told,
    words,
)
from ._units import array, owner

MEDIA_TYPE = "application/json"
SUFFIX = ".claims.json"
FAMILY = Family.CLAIM
UNIT = "codepoint"
LOSES = LOST_OF_CLAIMS
PARTLY = PARTLY_OF_CLAIMS
DAY = len("2019-10-29")


def write(articles: Iterable[Article], unit: str = "codepoint") -> Iterator[bytes]:  # noqa: ARG001 - code points
    """Yield an array with an object for each claim."""
    yield from array(
        _claim(each, made, article)
        for article in articles
        for made in article.annotation_sets
        for each in claims(made, (SOURCES,))
    )


def losses(article: Article) -> Iterator[Loss]:
    """Yield what is no claim and no speaker of one."""
    yield from left_out(article, (SOURCES,))


def _claim(claim: Claim, made: AnnotationSet, article: Article) -> dict[str, Any]:
    speakers = claim.ends[SOURCES]
    read = claim.span.attributes.get("normalized_text") or words(claim.span, article.text)
    return {
        "claim": read,
        "speaker": words(speakers[0][1], article.text) if speakers else None,
        "claim_date": article.published_at[:DAY] or None,
        "reporting_source": article.publisher or None,
        "original_claim_url": article.url or None,
        "claim_types": claim.span.attributes.get("claim_type") or [],
        "label": None,
        "article_id": article.id,
        "text_sha256": article.text_sha256,
        "annotator": owner(made),
        "span": told(claim.span, article.text),
        "speakers": linked(speakers, article.text),
    }
