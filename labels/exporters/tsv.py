"""TSV for programs, with tabs between the cells.

As `csv_raw`; a cell that has a tab, a quotation mark or a line end stands in quotation marks.

Sample:

    article_id	external_id	title	text_sha256	set_id	annotator	kind	round	state	version	scheme_version	active_seconds	span_id	label	fragment	fragments	start	end	offset_unit	quote	attributes	origin	derived_from	confidence	flag	rev
    01890a5d-ac96-774b-bcce-000000000006	reuters-1	Taxes	f7662663650318c93fbef21964c20aa13a86aa46bcb09532c4fd530c4259f556	01890a5d-ac96-774b-bcce-000000000005	ana	own	1	returned	3	1		01890a5d-ac96-774b-bcce-000000000001	CLAIM	1	2	3	19	codepoint	“Taxes fell 5%,”	"{""check_worthiness"":""CFS"",""form"":""direct""}"	hand			false	1
    01890a5d-ac96-774b-bcce-000000000006	reuters-1	Taxes	f7662663650318c93fbef21964c20aa13a86aa46bcb09532c4fd530c4259f556	01890a5d-ac96-774b-bcce-000000000005	ana	own	1	returned	3	1		01890a5d-ac96-774b-bcce-000000000001	CLAIM	2	2	31	47	codepoint	“and jobs rose.”	"{""check_worthiness"":""CFS"",""form"":""direct""}"	hand			false	1
    01890a5d-ac96-774b-bcce-000000000006	reuters-1	Taxes	f7662663650318c93fbef21964c20aa13a86aa46bcb09532c4fd530c4259f556	01890a5d-ac96-774b-bcce-000000000005	ana	own	1	returned	3	1		01890a5d-ac96-774b-bcce-000000000002	SOURCE	1	1	20	24	codepoint	Ruiz	{}	hand			false	2
"""  # noqa: E501 - a line of the format is one line

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from ..records import Article, Loss
from ..vocabulary import Lost
from . import Family
from ._lost import lost
from ._standoff import Standoff
from ._table import BARE, KEPT, LOSES, written

MEDIA_TYPE = "text/tab-separated-values"
SUFFIX = ".tsv"
FAMILY = Family.TABLE
UNIT = ""
PARTLY: frozenset[Lost] = frozenset()


def write(articles: Iterable[Article], unit: str = "codepoint") -> Iterator[bytes]:
    """Yield the head and the rows of each article."""
    yield from written(articles, unit, delimiter="\t")


def losses(article: Article) -> Iterator[Loss]:
    """Yield what has no row."""
    yield from lost(article, LOSES, KEPT)


WITHOUT_TEXT = Standoff(
    "spans.tsv", FAMILY, LOSES, PARTLY, partial(written, delimiter="\t", quotes=BARE), losses
)
