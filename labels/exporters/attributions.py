"""Attributions as in PolNeAR: source, cue and content.

JSON Lines, one for each span with the label `CLAIM`, which is the content; its sources are at the end of links of the type
`ATTRIBUTED_TO`, its cues of `CUED_BY`. All of them have their places and attributes.

Sample:

    {"article_id":"01890a5d-ac96-774b-bcce-000000000006","text_sha256":"f7662663650318c93fbef21964c20aa13a86aa46bcb09532c4fd530c4259f556","annotator":"ana","content":{"id":"01890a5d-ac96-774b-bcce-000000000001","label":"CLAIM","fragments":[[3,19],[31,47]],"quote":"“Taxes fell 5%,” … “and jobs rose.”","attributes":{"check_worthiness":"CFS","form":"direct"}},"sources":[{"id":"01890a5d-ac96-774b-bcce-000000000002","label":"SOURCE","fragments":[[20,24]],"quote":"Ruiz","attributes":{},"link":{"id":"01890a5d-ac96-774b-bcce-000000000003","attributes":{"stance":"affirm"}}}],"cues":[]}
"""  # noqa: E501 - a line of the format is one line

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from ..records import AnnotationSet, Article, Loss
from . import Family
from ._claims import (
    CUES,
    LOST_OF_CLAIMS,
    PARTLY_OF_CLAIMS,
    SOURCES,
    Claim,
    claims,
    left_out,
    linked,
    told,
)
from ._units import owner

MEDIA_TYPE = "application/jsonl"
SUFFIX = ".attributions.jsonl"
FAMILY = Family.CLAIM
UNIT = "codepoint"
LOSES = LOST_OF_CLAIMS
PARTLY = PARTLY_OF_CLAIMS


def write(articles: Iterable[Article], unit: str = "codepoint") -> Iterator[bytes]:  # noqa: ARG001 - code points
    """Yield a line for each attribution."""
    for article in articles:
        for made in article.annotation_sets:
            for claim in claims(made, (SOURCES, CUES)):
                line = _line(claim, made, article)
                yield orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)


def losses(article: Article) -> Iterator[Loss]:
    """Yield what is in no attribution."""
    yield from left_out(article, (SOURCES, CUES))


def _line(claim: Claim, made: AnnotationSet, article: Article) -> dict[str, Any]:
    return {
        "article_id": article.id,
        "text_sha256": article.text_sha256,
        "annotator": owner(made),
        "content": told(claim.span, article.text),
        "sources": linked(claim.ends[SOURCES], article.text),
        "cues": linked(claim.ends[CUES], article.text),
    }
