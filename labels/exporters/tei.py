"""TEI: XML with stand-off annotations.

Each set is a group of spans whose targets are ranges of the text; links and attributes, as feature structures, stand beside
them. Characters that XML forbids become U+FFFD.

Sample:

    <?xml version="1.0" encoding="UTF-8"?>
    <teiCorpus xmlns="http://www.tei-c.org/ns/1.0">
    <teiHeader><fileDesc><titleStmt><title>Annotated articles</title></titleStmt><publicationStmt><p>Exported from Galley.</p></publicationStmt><sourceDesc><p>News articles.</p></sourceDesc></fileDesc></teiHeader>
    <TEI xml:id="a01890a5d-ac96-774b-bcce-000000000006"><teiHeader><fileDesc><titleStmt><title>Taxes</title><respStmt xml:id="r01890a5d-ac96-774b-bcce-000000000005"><resp>annotator</resp><name>ana</name></respStmt></titleStmt><publicationStmt><idno type="sha256">f7662663650318c93fbef21964c20aa13a86aa46bcb09532c4fd530c4259f556</idno></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>
    <standOff>
    <spanGrp resp="#r01890a5d-ac96-774b-bcce-000000000005">
    <span xml:id="s01890a5d-ac96-774b-bcce-000000000001" type="CLAIM" target="#string-range(t01890a5d-ac96-774b-bcce-000000000006,3,16) #string-range(t01890a5d-ac96-774b-bcce-000000000006,31,16)" ana="#fs01890a5d-ac96-774b-bcce-000000000001"/>
    <span xml:id="s01890a5d-ac96-774b-bcce-000000000002" type="SOURCE" target="#string-range(t01890a5d-ac96-774b-bcce-000000000006,20,4)"/>
    </spanGrp>
    <linkGrp resp="#r01890a5d-ac96-774b-bcce-000000000005">
    <link xml:id="l01890a5d-ac96-774b-bcce-000000000003" type="ATTRIBUTED_TO" target="#s01890a5d-ac96-774b-bcce-000000000001 #s01890a5d-ac96-774b-bcce-000000000002" ana="#fl01890a5d-ac96-774b-bcce-000000000003"/>
    </linkGrp>
    <fs xml:id="fs01890a5d-ac96-774b-bcce-000000000001"><f name="check_worthiness"><string>CFS</string></f><f name="form"><string>direct</string></f></fs>
    <fs xml:id="fl01890a5d-ac96-774b-bcce-000000000003"><f name="stance"><string>affirm</string></f></fs>
    </standOff>
    <text><body><ab xml:id="t01890a5d-ac96-774b-bcce-000000000006" xml:space="preserve">🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.”</ab></body></text></TEI>
    </teiCorpus>
"""  # noqa: E501 - a line of the format is one line

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID
from xml.sax.saxutils import escape, quoteattr

from ..records import AnnotationSet, Article, Loss, Relation, Span
from ..vocabulary import Lost
from . import Family
from ._lost import JUDGED, lost
from ._units import ordered, owner

MEDIA_TYPE = "application/tei+xml"
SUFFIX = ".tei.xml"
FAMILY = Family.STANDARD
UNIT = "codepoint"
LOSES = JUDGED | {Lost.METADATA, Lost.STANDING, Lost.FLAG, Lost.ORIGIN}
PARTLY = frozenset(
    {Lost.TEXT, Lost.ANNOTATOR, Lost.LABEL, Lost.ATTRIBUTES, Lost.RELATION_ATTRIBUTES}
)
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">
<teiHeader><fileDesc><titleStmt><title>Annotated articles</title></titleStmt>\
<publicationStmt><p>Exported from Galley.</p></publicationStmt>\
<sourceDesc><p>News articles.</p></sourceDesc></fileDesc></teiHeader>
"""
END = "</teiCorpus>\n"
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
BLANKS = re.compile(r"\s+")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
"""Names of attributes that XML has as names without a doubt."""


def write(articles: Iterable[Article], unit: str = "codepoint") -> Iterator[bytes]:  # noqa: ARG001 - code points
    """Yield a corpus with a TEI document for each article."""
    yield HEAD.encode()
    for article in articles:
        yield "".join(_document(article)).encode()
    yield END.encode()


def losses(article: Article) -> Iterator[Loss]:
    """Yield what has no element, and what XML makes something else of."""
    yield from lost(article, LOSES)
    if FORBIDDEN.search(article.text):
        yield Loss(Lost.TEXT, "article", article.id, article.id)
    for made in article.annotation_sets:
        if _plain(owner(made)) != owner(made):
            yield Loss(Lost.ANNOTATOR, "set", made.id, article.id, made.id)
        for span in made.spans:
            for code in _changed(span.label, span.attributes, Lost.ATTRIBUTES):
                yield Loss(code, "span", span.id, article.id, made.id)
        for link in made.relations:
            for code in _changed(link.type, link.attributes, Lost.RELATION_ATTRIBUTES):
                yield Loss(code, "relation", link.id, article.id, made.id)


def _changed(label: str, attributes: Mapping[str, Any], code: Lost) -> Iterator[Lost]:
    if _word(label) != label:
        yield Lost.LABEL
    if not all(NAME.fullmatch(name) and _fits(value) for name, value in attributes.items()):
        yield code


def _fits(value: Any) -> bool:
    if isinstance(value, list):
        return all(map(_fits, value))
    return isinstance(value, int | float) or (
        isinstance(value, str) and not FORBIDDEN.search(value)
    )


def _document(article: Article) -> Iterator[str]:
    yield f'<TEI xml:id="a{article.id}"><teiHeader><fileDesc><titleStmt>'
    yield f"<title>{_plain(article.title)}</title>"
    for made in article.annotation_sets:
        yield f'<respStmt xml:id="r{made.id}"><resp>annotator</resp>'
        yield f"<name>{_plain(owner(made))}</name></respStmt>"
    yield f'</titleStmt><publicationStmt><idno type="sha256">{article.text_sha256}</idno>'
    yield "</publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>\n<standOff>\n"
    for made in article.annotation_sets:
        yield from _set(made, article.id)
    yield f'</standOff>\n<text><body><ab xml:id="t{article.id}" xml:space="preserve">'
    yield f"{_plain(article.text)}</ab></body></text></TEI>\n"


def _set(made: AnnotationSet, article: UUID | None) -> Iterator[str]:
    yield f'<spanGrp resp="#r{made.id}">\n'
    for span in made.spans:
        yield _span(span, article)
    yield "</spanGrp>\n"
    if made.relations:
        yield f'<linkGrp resp="#r{made.id}">\n'
        for link in made.relations:
            ends = f"#s{link.source} #s{link.target}"
            yield f'<link xml:id="l{link.id}"{_type(link.type)} target="{ends}"{_ana(link, "l")}/>\n'
        yield "</linkGrp>\n"
    units: list[tuple[str, Span | Relation]] = [("s", each) for each in made.spans]
    for letter, unit in [*units, *[("l", each) for each in made.relations]]:
        if unit.attributes:
            yield _features(unit, letter)


def _span(span: Span, article: UUID | None) -> str:
    target = " ".join(
        f"#string-range(t{article},{each.start},{each.end - each.start})" for each in span.fragments
    )
    sure = "" if span.confidence is None else f' cert="{span.confidence!r}"'
    return (
        f'<span xml:id="s{span.id}"{_type(span.label)} target="{target}"{sure}{_ana(span, "s")}/>\n'
    )


def _type(label: str) -> str:
    return f" type={quoteattr(_word(label))}"


def _ana(unit: Span | Relation, letter: str) -> str:
    return f' ana="#f{letter}{unit.id}"' if unit.attributes else ""


def _features(unit: Span | Relation, letter: str) -> str:
    found = "".join(
        f"<f name={quoteattr(_word(name))}>{_value(value)}</f>"
        for name, value in ordered(unit.attributes)
    )
    return f'<fs xml:id="f{letter}{unit.id}">{found}</fs>\n'


def _value(value: Any) -> str:
    if isinstance(value, list):
        return f"<vColl>{''.join(map(_value, value))}</vColl>"
    if isinstance(value, bool):
        return f'<binary value="{str(value).lower()}"/>'
    if isinstance(value, int | float):
        return f'<numeric value="{value!r}"/>'
    return "<default/>" if value is None else f"<string>{_plain(str(value))}</string>"


def _word(name: str) -> str:
    return BLANKS.sub("_", FORBIDDEN.sub("\ufffd", name))


def _plain(text: str) -> str:
    return escape(FORBIDDEN.sub("\ufffd", text), {"\r": "&#13;"})
