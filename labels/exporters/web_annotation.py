"""W3C Web Annotation: JSON-LD.

A span of several parts has several targets, a link is an annotation with the motivation `linking` whose targets are its
two spans, in order. The text of an article is described by an annotation of its own, before those on it. Attributes, confidence
and flags are terms of Galley's own. A source has the digest of its text.

Sample:

    {"@context":["http://www.w3.org/ns/anno.jsonld",{"galley":"urn:galley:","attributes":{"@id":"galley:attributes","@type":"@json"},"confidence":"galley:confidence","flag":"galley:flag","sha256":"galley:sha256"}],"type":"AnnotationPage","items":[
    {"id":"urn:galley:text:f7662663650318c93fbef21964c20aa13a86aa46bcb09532c4fd530c4259f556","type":"Annotation","motivation":"describing","body":{"type":"TextualBody","purpose":"describing","format":"text/plain","language":"en","value":"🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.”"},"target":{"id":"urn:uuid:01890a5d-ac96-774b-bcce-000000000006","sha256":"f7662663650318c93fbef21964c20aa13a86aa46bcb09532c4fd530c4259f556"}},
    {"id":"urn:uuid:01890a5d-ac96-774b-bcce-000000000001","type":"Annotation","motivation":"classifying","creator":{"type":"Person","name":"ana"},"body":{"type":"TextualBody","purpose":"tagging","value":"CLAIM"},"target":[{"source":{"id":"urn:uuid:01890a5d-ac96-774b-bcce-000000000006","sha256":"f7662663650318c93fbef21964c20aa13a86aa46bcb09532c4fd530c4259f556"},"selector":[{"type":"TextQuoteSelector","exact":"“Taxes fell 5%,”","prefix":"🗳️ ","suffix":" Ruiz said, “and jobs rose.”"},{"type":"TextPositionSelector","start":3,"end":19}]},{"source":{"id":"urn:uuid:01890a5d-ac96-774b-bcce-000000000006","sha256":"f7662663650318c93fbef21964c20aa13a86aa46bcb09532c4fd530c4259f556"},"selector":[{"type":"TextQuoteSelector","exact":"“and jobs rose.”","prefix":"🗳️ “Taxes fell 5%,” Ruiz said, ","suffix":""},{"type":"TextPositionSelector","start":31,"end":47}]}],"attributes":{"check_worthiness":"CFS","form":"direct"}},
    {"id":"urn:uuid:01890a5d-ac96-774b-bcce-000000000002","type":"Annotation","motivation":"classifying","creator":{"type":"Person","name":"ana"},"body":{"type":"TextualBody","purpose":"tagging","value":"SOURCE"},"target":[{"source":{"id":"urn:uuid:01890a5d-ac96-774b-bcce-000000000006","sha256":"f7662663650318c93fbef21964c20aa13a86aa46bcb09532c4fd530c4259f556"},"selector":[{"type":"TextQuoteSelector","exact":"Ruiz","prefix":"🗳️ “Taxes fell 5%,” ","suffix":" said, “and jobs rose.”"},{"type":"TextPositionSelector","start":20,"end":24}]}]},
    {"id":"urn:uuid:01890a5d-ac96-774b-bcce-000000000003","type":"Annotation","motivation":"linking","creator":{"type":"Person","name":"ana"},"body":{"type":"TextualBody","purpose":"tagging","value":"ATTRIBUTED_TO"},"target":["urn:uuid:01890a5d-ac96-774b-bcce-000000000001","urn:uuid:01890a5d-ac96-774b-bcce-000000000002"],"attributes":{"stance":"affirm"}}
    ]
    }
"""  # noqa: E501 - a line of the format is one line

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

import orjson

from ..records import AnnotationSet, Article, Fragment, Loss, Relation, Span
from ..text.quotes import context, standing
from ..vocabulary import Lost
from . import Family
from ._lost import JUDGED, lost
from ._standoff import Standoff
from ._units import array, ordered, owner

MEDIA_TYPE = "application/ld+json"
SUFFIX = ".jsonld"
FAMILY = Family.STANDARD
UNIT = "codepoint"
LOSES = JUDGED | {Lost.METADATA, Lost.SET, Lost.STANDING, Lost.ORIGIN}
PARTLY: frozenset[Lost] = frozenset()
CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "galley": "urn:galley:",
        "attributes": {"@id": "galley:attributes", "@type": "@json"},
        "confidence": "galley:confidence",
        "flag": "galley:flag",
        "sha256": "galley:sha256",
    },
]
HEAD = orjson.dumps({"@context": CONTEXT, "type": "AnnotationPage"})[:-1] + b',"items":'

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Words:
    """How a text and the words of a span are given."""

    body: Callable[[Article], Payload]
    selectors: Callable[[Fragment, str], list[Payload]]


def write(articles: Iterable[Article], unit: str = "codepoint") -> Iterator[bytes]:  # noqa: ARG001 - the standard says
    """Yield one page with all annotations."""
    yield from _page(articles, Words(_body, _selectors))


def losses(article: Article) -> Iterator[Loss]:
    """Yield what is said of no span and no link."""
    yield from lost(article, LOSES)


def _page(articles: Iterable[Article], words: Words) -> Iterator[bytes]:
    yield HEAD
    items = (each for article in articles for each in _items(article, words))
    yield from chain(array(items), [b"}\n"])


def _items(article: Article, words: Words) -> Iterator[Payload]:
    source = {"id": f"urn:uuid:{article.id}", "sha256": article.text_sha256}
    yield {
        "id": f"urn:galley:text:{article.text_sha256}",
        "type": "Annotation",
        "motivation": "describing",
        "body": words.body(article),
        "target": source,
    }
    for made in article.annotation_sets:
        for span in made.spans:
            targets = [
                {"source": source, "selector": words.selectors(each, article.text)}
                for each in span.fragments
            ]
            yield _span(span, made, targets)
        for link in made.relations:
            yield _link(link, made)


def _body(article: Article) -> Payload:
    body = {"type": "TextualBody", "purpose": "describing", "format": "text/plain"}
    return body | _spoken(article) | {"value": article.text}


def _bare_body(article: Article) -> Payload:
    """Return the text as a resource that is elsewhere, named by its hash (RFC 6920)."""
    digest = urlsafe_b64encode(bytes.fromhex(article.text_sha256)).decode().rstrip("=")
    body = {"id": f"ni:///sha-256;{digest}", "type": "Text", "format": "text/plain"}
    return body | _spoken(article)


def _spoken(article: Article) -> Payload:
    return {"language": article.language} if article.language else {}


def _span(span: Span, made: AnnotationSet, targets: list[Payload]) -> Payload:
    sure = {} if span.confidence is None else {"confidence": span.confidence}
    flagged = {"flag": True} if span.flag else {}
    return _annotation(span, made, "classifying", span.label, targets) | sure | flagged


def _link(link: Relation, made: AnnotationSet) -> Payload:
    ends = [f"urn:uuid:{link.source}", f"urn:uuid:{link.target}"]
    return _annotation(link, made, "linking", link.type, ends)


def _annotation(
    unit: Span | Relation, made: AnnotationSet, motivation: str, label: str, target: Any
) -> Payload:
    attributes = {"attributes": dict(ordered(unit.attributes))} if unit.attributes else {}
    return {
        "id": f"urn:uuid:{unit.id}",
        "type": "Annotation",
        "motivation": motivation,
        "creator": {"type": "Person", "name": owner(made)},
        "body": {"type": "TextualBody", "purpose": "tagging", "value": label},
        "target": target,
    } | attributes


def _selectors(part: Fragment, text: str) -> list[Payload]:
    prefix, suffix = context(text, part.start, part.end)
    exact = text[part.start : part.end]
    return [
        {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix},
        {"type": "TextPositionSelector", "start": part.start, "end": part.end},
    ]


def _bare_selectors(part: Fragment, text: str) -> list[Payload]:
    """Return the place with the hash of its words, and from where to where the quote's context would be."""
    prefix, suffix = context(text, part.start, part.end)
    return [
        {
            "type": "TextPositionSelector",
            "start": part.start,
            "end": part.end,
            "sha256": standing(text[part.start : part.end])["quote_sha256"],
            "galley:from": part.start - len(prefix),
            "galley:to": part.end + len(suffix),
        }
    ]


BARE_LOSES = LOSES | {Lost.TEXT}
WITHOUT_TEXT = Standoff(
    "dataset.jsonld",
    FAMILY,
    BARE_LOSES,
    PARTLY,
    partial(_page, words=Words(_bare_body, _bare_selectors)),
    partial(lost, codes=BARE_LOSES),
)
