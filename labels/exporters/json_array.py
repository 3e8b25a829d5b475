"""JSON: one array of all articles.

For programs that read a file as a whole. Nothing is left out.

Sample:

    [
    {"article":{"id":"01890a5d-ac96-774b-bcce-000000000006","external_id":"reuters-1","title":"Taxes","text":"🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.”","text_sha256":"f7662663650318c93fbef21964c20aa13a86aa46bcb09532c4fd530c4259f556","length":47,"language":"en","publisher":"","byline":"","url":"","published_at":"2019-10-29","extra":{"desk":"world"},"version":1},"annotation_sets":[{"id":"01890a5d-ac96-774b-bcce-000000000005","annotator":"ana","kind":"own","round":1,"state":"returned","version":3,"scheme_version":1,"spans":[{"id":"01890a5d-ac96-774b-bcce-000000000001","label":"CLAIM","fragments":[{"start":3,"end":19,"quote":"“Taxes fell 5%,”"},{"start":31,"end":47,"quote":"“and jobs rose.”"}],"attributes":{"check_worthiness":"CFS","form":"direct"},"rev":1,"origin":"hand","derived_from":null,"confidence":null,"flag":false,"reviews":[{"id":"01890a5d-ac96-774b-bcce-000000000004","span":"01890a5d-ac96-774b-bcce-000000000001","relation":null,"verdict":"fix","reason":"boundary","comment":"The first quotation alone.","proposal":{"attributes":{},"fragments":[{"end":19,"quote":"“Taxes fell 5%,”","start":3}],"label":"CLAIM"},"reviewer":"rita","rev":1,"created_at":"2019-10-30T09:00:00+00:00"}]},{"id":"01890a5d-ac96-774b-bcce-000000000002","label":"SOURCE","fragments":[{"start":20,"end":24,"quote":"Ruiz"}],"attributes":{},"rev":2,"origin":"hand","derived_from":null,"confidence":null,"flag":false,"reviews":[]}],"relations":[{"id":"01890a5d-ac96-774b-bcce-000000000003","type":"ATTRIBUTED_TO","from":"01890a5d-ac96-774b-bcce-000000000001","to":"01890a5d-ac96-774b-bcce-000000000002","attributes":{"stance":"affirm"},"rev":3,"reviews":[]}],"reviews":[]}],"offset_unit":"codepoint","text_sha256":"f7662663650318c93fbef21964c20aa13a86aa46bcb09532c4fd530c4259f556"}
    ]
"""  # noqa: E501 - a line of the format is one line

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..records import Article, Loss
from ..vocabulary import Lost
from . import Family
from ._native import payload, without_text
from ._units import array

MEDIA_TYPE = "application/json"
SUFFIX = ".json"
FAMILY = Family.WHOLE
UNIT = ""
LOSES: frozenset[Lost] = frozenset()
PARTLY: frozenset[Lost] = frozenset()


def write(articles: Iterable[Article], unit: str = "codepoint") -> Iterator[bytes]:
    """Yield an array with an object for each article."""
    yield from array(payload(article, unit) for article in articles)


def losses(_article: Article) -> Iterator[Loss]:
    """Yield nothing: all of it is there."""
    yield from ()


WITHOUT_TEXT = without_text("dataset.json", array)
