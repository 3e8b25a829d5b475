r"""Parquet: a row for each part of a span, in columns of their types.

The columns are those of `csv_raw`: numbers are numbers, what is not there is null, attributes are one JSON object as
text. pandas, Polars, DuckDB and Arrow read it. Texts and links have no place in a table of spans.

Sample:

    {"article_id":"01890a5d-ac96-774b-bcce-000000000006","external_id":"reuters-1","title":"Taxes","text_sha256":"f7662663650318c93fbef21964c20aa13a86aa46bcb09532c4fd530c4259f556","set_id":"01890a5d-ac96-774b-bcce-000000000005","annotator":"ana","kind":"own","round":1,"state":"returned","version":3,"scheme_version":1,"active_seconds":null,"span_id":"01890a5d-ac96-774b-bcce-000000000001","label":"CLAIM","fragment":1,"fragments":2,"start":3,"end":19,"offset_unit":"codepoint","quote":"“Taxes fell 5%,”","attributes":"{\"check_worthiness\":\"CFS\",\"form\":\"direct\"}","origin":"hand","derived_from":null,"confidence":null,"flag":false,"rev":1}
    {"article_id":"01890a5d-ac96-774b-bcce-000000000006","external_id":"reuters-1","title":"Taxes","text_sha256":"f7662663650318c93fbef21964c20aa13a86aa46bcb09532c4fd530c4259f556","set_id":"01890a5d-ac96-774b-bcce-000000000005","annotator":"ana","kind":"own","round":1,"state":"returned","version":3,"scheme_version":1,"active_seconds":null,"span_id":"01890a5d-ac96-774b-bcce-000000000001","label":"CLAIM","fragment":2,"fragments":2,"start":31,"end":47,"offset_unit":"codepoint","quote":"“and jobs rose.”","attributes":"{\"check_worthiness\":\"CFS\",\"form\":\"direct\"}","origin":"hand","derived_from":null,"confidence":null,"flag":false,"rev":1}
    {"article_id":"01890a5d-ac96-774b-bcce-000000000006","external_id":"reuters-1","title":"Taxes","text_sha256":"f7662663650318c93fbef21964c20aa13a86aa46bcb09532c4fd530c4259f556","set_id":"01890a5d-ac96-774b-bcce-000000000005","annotator":"ana","kind":"own","round":1,"state":"returned","version":3,"scheme_version":1,"active_seconds":null,"span_id":"01890a5d-ac96-774b-bcce-000000000002","label":"SOURCE","fragment":1,"fragments":1,"start":20,"end":24,"offset_unit":"codepoint","quote":"Ruiz","attributes":"{}","origin":"hand","derived_from":null,"confidence":null,"flag":false,"rev":2}
"""  # noqa: E501 - a line of the format is one line

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice

from ..records import Article, Loss
from ..vocabulary import Lost
from . import Family
from ._lost import lost
from ._sink import Sink
from ._standoff import Standoff
from ._table import BARE, KEPT, LOSES, WHOLE, Quotes, cells_of

NEEDS = "pyarrow"
MEDIA_TYPE = "application/vnd.apache.parquet"
SUFFIX = ".parquet"
FAMILY = Family.TABLE
UNIT = ""
PARTLY: frozenset[Lost] = frozenset()
ROWS = 5_000
"""Rows of a group: as many as are held at once."""
TYPES = {
    **dict.fromkeys(("round", "scheme_version", "fragment", "fragments"), "int32"),
    **dict.fromkeys(("version", "start", "end", "rev", "active_seconds"), "int64"),
    "confidence": "float64",
    "flag": "bool",
}
"""Of the columns that are no text."""


def write(
    articles: Iterable[Article], unit: str = "codepoint", quotes: Quotes = WHOLE
) -> Iterator[bytes]:
    """Yield a group of rows at a time, and the list of the groups at the end."""
    import pyarrow as pa  # noqa: PLC0415 - not every installation has it
    from pyarrow import parquet  # noqa: PLC0415 - as above

    types = {name: TYPES.get(name, "string") for name in quotes.names}
    schema = pa.schema([(name, pa.type_for_alias(each)) for name, each in types.items()])
    rows = (
        cells for article in articles for _made, _span, cells in cells_of(article, unit, quotes)
    )
    sink = Sink()
    with parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        while group := list(islice(rows, ROWS)):
            columns = dict(zip(quotes.names, zip(*group, strict=True), strict=True))
            writer.write_table(pa.table(columns, schema=schema))
            yield sink.take()
    yield sink.take()


def losses(article: Article) -> Iterator[Loss]:
    """Yield what has no row."""
    yield from lost(article, LOSES, KEPT)


WITHOUT_TEXT = Standoff("spans.parquet", FAMILY, LOSES, PARTLY, partial(write, quotes=BARE), losses)
