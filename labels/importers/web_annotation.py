"""W3C Web Annotation: JSON-LD, as Galley writes it, and as Recogito and Hypothesis do.

An annotation is a span, one with several targets a span of several parts, one that links two others a link. The first tag
is the label, other tags and comments are attributes. The text of an article is in the file as Galley writes it, or it is
that of the article that the project has under the source: its address, its own id or the digest of its text. Places are held
against the quotes: what offsets count is found out and said, and where a quote fits several places, it is said which was taken.

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

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from ..records import Article, BadItem
from ..words import say
from ._objects import items
from ._reading import BYTE_ORDER_MARK, Fault
from ._web import Pages, Texts

STANDARD = re.compile(
    rb'"https?://www\.w3\.org/ns/anno\.jsonld"|"type"\s*:\s*"Annotation(?:Page|Collection)?"'
)
SELECTED = re.compile(rb'"Text(?:Quote|Position)Selector"')


def recognises(head: bytes, name: str) -> str | None:  # noqa: ARG001 - others look at it
    """Take JSON that speaks of annotations, or of places by their quotes."""
    if head.removeprefix(BYTE_ORDER_MARK).lstrip()[:1] not in (b"{", b"["):
        return None
    if STANDARD.search(head):
        return say("W3C Web Annotation, because it says so")
    if SELECTED.search(head):
        return say("W3C Web Annotation, because its places are selected by quotes")
    return None


def read(
    source: BinaryIO, name: str, texts: Texts = lambda _source: None
) -> Iterator[Article | BadItem]:
    """Yield an article for each source; `texts` gives the text that the project has for one."""
    nothing = True
    for each in _read(source, Pages(name, texts), name):
        nothing = False
        yield each
    if nothing:
        yield BadItem(name, "empty_file", say("There is no annotation in it that marks a text."))


def _read(source: BinaryIO, pages: Pages, name: str) -> Iterator[Article | BadItem]:
    for number, found in enumerate(_annotations(source), 1):
        place = say("{where}, annotation {number}", where=name, number=number)
        try:
            if isinstance(found, Fault):
                raise found
            yield from pages.take(found, place)
        except Fault as fault:
            yield BadItem(place, fault.code, fault.detail)
            if fault.code == "too_large":
                return
    yield from pages.whole()


def _annotations(source: BinaryIO) -> Iterator[dict[str, Any] | Fault]:
    """Yield annotations one by one, those of pages in collections too."""
    for _number, found in items(source, "items", "rows"):
        page = found if isinstance(found, Fault) else found.get("first", found)
        held = page.get("items") if isinstance(page, dict) else None
        if not isinstance(held, list):
            yield found
            continue
        for each in held:
            is_one = isinstance(each, dict)
            yield each if is_one else Fault("invalid", say("An object is expected."))
