"""JSON of Galley: one array of articles with annotations, as it is exported.

The same as JSON Lines of Galley, in one array; it is read an article at a time. Every quote is held against the text, and
exporting again gives the same bytes.

Sample:

    [
    {"article":{"id":"01890a5d-ac96-774b-bcce-000000000006","external_id":"reuters-1","title":"Taxes","text":"🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.”","text_sha256":"f7662663650318c93fbef21964c20aa13a86aa46bcb09532c4fd530c4259f556","length":47,"language":"en","publisher":"","byline":"","url":"","published_at":"2019-10-29","extra":{"desk":"world"},"version":1},"annotation_sets":[{"id":"01890a5d-ac96-774b-bcce-000000000005","annotator":"ana","kind":"own","round":1,"state":"returned","version":3,"scheme_version":1,"spans":[{"id":"01890a5d-ac96-774b-bcce-000000000001","label":"CLAIM","fragments":[{"start":3,"end":19,"quote":"“Taxes fell 5%,”"},{"start":31,"end":47,"quote":"“and jobs rose.”"}],"attributes":{"check_worthiness":"CFS","form":"direct"},"rev":1,"origin":"hand","derived_from":null,"confidence":null,"flag":false,"reviews":[{"id":"01890a5d-ac96-774b-bcce-000000000004","span":"01890a5d-ac96-774b-bcce-000000000001","relation":null,"verdict":"fix","reason":"boundary","comment":"The first quotation alone.","proposal":{"attributes":{},"fragments":[{"end":19,"quote":"“Taxes fell 5%,”","start":3}],"label":"CLAIM"},"reviewer":"rita","rev":1,"created_at":"2019-10-30T09:00:00+00:00"}]},{"id":"01890a5d-ac96-774b-bcce-000000000002","label":"SOURCE","fragments":[{"start":20,"end":24,"quote":"Ruiz"}],"attributes":{},"rev":2,"origin":"hand","derived_from":null,"confidence":null,"flag":false,"reviews":[]}],"relations":[{"id":"01890a5d-ac96-774b-bcce-000000000003","type":"ATTRIBUTED_TO","from":"01890a5d-ac96-774b-bcce-000000000001","to":"01890a5d-ac96-774b-bcce-000000000002","attributes":{"stance":"affirm"},"rev":3,"reviews":[]}],"reviews":[]}],"offset_unit":"codepoint","text_sha256":"f7662663650318c93fbef21964c20aa13a86aa46bcb09532c4fd530c4259f556"}
    ]
"""  # noqa: E501 - a line of the format is one line

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from ..records import Article, BadItem
from ..words import say
from ._native import article
from ._objects import objects
from ._reading import BYTE_ORDER_MARK, taken

FIRST = re.compile(rb'\s*\[\s*\{\s*"(?:article|annotation_sets|offset_unit)"\s*:')
"""How an array of ours begins, whoever wrote it out anew."""


def recognises(head: bytes, name: str) -> str | None:  # noqa: ARG001 - others look at it
    """Take an array whose first object has an article in it."""
    start = head.removeprefix(BYTE_ORDER_MARK)
    if FIRST.match(start) and b'"article"' in start:
        return say("Galley’s own array, because its first object has an article")
    return None


def read(source: BinaryIO, name: str) -> Iterator[Article | BadItem]:
    """Yield an article for each object."""
    nothing = BadItem(name, "empty_file", say("There is no article in it."))
    yield from taken(
        objects(source),
        article,
        lambda number: say("{where}, article {number}", where=name, number=number),
        nothing=nothing,
    )
