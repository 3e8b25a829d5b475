"""CSV for spreadsheets, a row for each part of a span.

Attributes are one JSON object in a cell. A cell that a spreadsheet would run as a formula gets an apostrophe before it;
`csv_raw` leaves such cells as they are. Texts and links have no place in a table of spans.

Sample:

    article_id,external_id,title,text_sha256,set_id,annotator,kind,round,state,version,scheme_version,active_seconds,span_id,label,fragment,fragments,start,end,offset_unit,quote,attributes,origin,derived_from,confidence,flag,rev
    01890a5d-ac96-774b-bcce-000000000006,reuters-1,Taxes,f7662663650318c93fbef21964c20aa13a86aa46bcb09532c4fd530c4259f556,01890a5d-ac96-774b-bcce-000000000005,ana,own,1,returned,3,1,,01890a5d-ac96-774b-bcce-000000000001,CLAIM,1,2,3,19,codepoint,"“Taxes fell 5%,”","{""check_worthiness"":""CFS"",""form"":""direct""}",hand,,,false,1
    01890a5d-ac96-774b-bcce-000000000006,reuters-1,Taxes,f7662663650318c93fbef21964c20aa13a86aa46bcb09532c4fd530c4259f556,01890a5d-ac96-774b-bcce-000000000005,ana,own,1,returned,3,1,,01890a5d-ac96-774b-bcce-000000000001,CLAIM,2,2,31,47,codepoint,“and jobs rose.”,"{""check_worthiness"":""CFS"",""form"":""direct""}",hand,,,false,1
    01890a5d-ac96-774b-bcce-000000000006,reuters-1,Taxes,f7662663650318c93fbef21964c20aa13a86aa46bcb09532c4fd530c4259f556,01890a5d-ac96-774b-bcce-000000000005,ana,own,1,returned,3,1,,01890a5d-ac96-774b-bcce-000000000002,SOURCE,1,1,20,24,codepoint,Ruiz,{},hand,,,false,2
"""  # noqa: E501 - a line of the format is one line

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from ..records import Article, Loss
from ..text.cells import harmless, is_formula
from ..vocabulary import Lost
from . import Family
from ._lost import lost
from ._standoff import Standoff
from ._table import BARE, KEPT, LOSES, WHOLE, Quotes, rows_of, written

MEDIA_TYPE = "text/csv"
SUFFIX = ".csv"
FAMILY = Family.TABLE
UNIT = ""
PARTLY = frozenset({Lost.CELL})


def write(articles: Iterable[Article], unit: str = "codepoint") -> Iterator[bytes]:
    """Yield the head and the rows of each article, none of which can be run."""
    yield from written(articles, unit, harmless)


def losses(article: Article, quotes: Quotes = WHOLE) -> Iterator[Loss]:
    """Yield what has no row, and the spans of which a cell is changed."""
    yield from lost(article, LOSES, KEPT)
    last = None
    for made, span, row in rows_of(article, "codepoint", quotes):
        if span is not last and any(map(is_formula, row)):
            last = span
            yield Loss(Lost.CELL, "span", span.id, article.id, made.id)


WITHOUT_TEXT = Standoff(
    "spans.csv",
    FAMILY,
    LOSES,
    PARTLY,
    partial(written, cell=harmless, quotes=BARE),
    partial(losses, quotes=BARE),
)
