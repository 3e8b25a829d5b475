r"""brat standoff: a zip with texts and .ann files.

`ID.txt` is the article, `ID_NAME.ann` the marks of one annotator. An attribute of one word is brat's attribute; another
text is a note of the attribute's name, as are the attributes of links. Values that are no text are written as text.

Sample:

    ==> 01890a5d-ac96-774b-bcce-000000000006.txt <==
    🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.”
    ==> 01890a5d-ac96-774b-bcce-000000000006_ana.ann <==
    T1	CLAIM 3 19;31 47	“Taxes fell 5%,” “and jobs rose.”
    T2	SOURCE 20 24	Ruiz
    R1	ATTRIBUTED_TO Arg1:T1 Arg2:T2
    A1	check_worthiness T1 CFS
    A2	form T1 direct
    #3	stance R1	affirm
"""  # noqa: E501 - a line of the format is one line

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from ..records import AnnotationSet, Article, Loss, Relation, Span
from ..vocabulary import Lost
from . import Family
from ._lost import JUDGED, UNNAMED, lost
from ._units import named, numbered, ordered, owner
from ._zip import zipped

MEDIA_TYPE = "application/zip"
SUFFIX = ".brat.zip"
FAMILY = Family.TOOL
UNIT = "codepoint"
LOSES = UNNAMED | JUDGED | {Lost.METADATA}
PARTLY = frozenset({Lost.ANNOTATOR, Lost.LABEL, Lost.ATTRIBUTES, Lost.RELATION_ATTRIBUTES})
BLANKS = re.compile(r"\s+")
LINE_ENDS = re.compile(r"[\r\n]")


def write(articles: Iterable[Article], unit: str = "codepoint") -> Iterator[bytes]:  # noqa: ARG001 - brat says
    """Yield a zip with the files of each article."""
    yield from zipped(each for article in articles for each in _files(article))


def losses(article: Article) -> Iterator[Loss]:
    """Yield what brat has no place for, and what is written otherwise than it was."""
    yield from lost(article, LOSES)
    for made, name in named(article):
        if name != owner(made):
            yield Loss(Lost.ANNOTATOR, "set", made.id, article.id, made.id)
        for span in made.spans:
            for code in _changed(span.label, span, Lost.ATTRIBUTES):
                yield Loss(code, "span", span.id, article.id, made.id)
        for link in made.relations:
            for code in _changed(link.type, link, Lost.RELATION_ATTRIBUTES):
                yield Loss(code, "relation", link.id, article.id, made.id)


def _changed(label: str, unit: Span | Relation, code: Lost) -> Iterator[Lost]:
    if _one_word(label) != label:
        yield Lost.LABEL
    if not all(_fits(name, value, code) for name, value in unit.attributes.items()):
        yield code


def _fits(name: str, value: Any, code: Lost) -> bool:
    if _one_word(name) != name:
        return False
    if value is True:
        return code == Lost.ATTRIBUTES
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(each, str) and not LINE_ENDS.search(each) for each in values):
        return False
    if not isinstance(value, list):
        return True
    # A value that is given twice at first makes no list; notes of a span come behind its attributes.
    in_order = code != Lost.ATTRIBUTES or values == sorted(values, key=_is_note)
    return len(set(values[:2])) > 1 and in_order


def _is_note(said: str) -> bool:
    return not said or bool(BLANKS.search(said))


def _files(article: Article) -> Iterator[tuple[str, str]]:
    stem = str(article.id)
    yield f"{stem}.txt", article.text
    if not article.annotation_sets:
        yield f"{stem}.ann", ""
    for made, name in named(article):
        yield f"{stem}_{name}.ann", "".join(f"{line}\n" for line in _lines(made, article.text))


def _lines(made: AnnotationSet, text: str) -> Iterator[str]:
    names = numbered(made.spans)
    for span in made.spans:
        places = ";".join(f"{each.start} {each.end}" for each in span.fragments)
        quote = " ".join(text[each.start : each.end].replace("\n", " ") for each in span.fragments)
        yield f"{names[span.id]}\t{_one_word(span.label)} {places}\t{quote}"
    links = {link.id: f"R{number}" for number, link in enumerate(made.relations, 1)}
    for link in made.relations:
        ends = f"Arg1:{names[link.source]} Arg2:{names[link.target]}"
        yield f"{links[link.id]}\t{_one_word(link.type)} {ends}"
    told = [(names[span.id], span) for span in made.spans]
    yield from _attributes([*told, *[(links[link.id], link) for link in made.relations]])


def _attributes(units: Iterable[tuple[str, Span | Relation]]) -> Iterator[str]:
    given = [
        (unit, _one_word(name), each)
        for unit, found in units
        for name, value in ordered(found.attributes)
        for each in (value if isinstance(value, list) else [value])
    ]
    for number, (unit, name, value) in enumerate(given, 1):
        said = _text(value)
        if value is True and unit[0] == "T":
            yield f"A{number}\t{name} {unit}"
        elif unit[0] == "T" and not _is_note(said):
            yield f"A{number}\t{name} {unit} {said}"
        else:
            yield f"#{number}\t{name} {unit}\t{said}"


def _text(value: Any) -> str:
    said = (
        value
        if isinstance(value, str)
        else orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    )
    return LINE_ENDS.sub(" ", said)


def _one_word(name: str) -> str:
    return BLANKS.sub("_", name)
