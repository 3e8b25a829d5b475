r"""WebAnno TSV 3.3, as WebAnno and INCEpTION read it: a zip with a file for each set.

`ID/NAME.tsv` has a sentence a block and a word a line; offsets count UTF-16. Spans are of one layer, with the label and each
attribute in a column; links are of another. WebAnno has no spans of several parts: each part becomes a span of its own, and
links are those of the first. Blanks at the edges of a span, and other than single blanks or line ends between sentences, get
lost. Values that are no text are written as text.

Sample:

    ==> 01890a5d-ac96-774b-bcce-000000000006/ana.tsv <==
    #FORMAT=WebAnno TSV 3.3
    #T_SP=custom.Span|label|check_worthiness|form
    #T_RL=custom.Relation|label|stance|BT_custom.Span


    #Text=🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.”
    1-1	0-3	🗳️	_	_	_	_	_	_
    1-2	4-5	“	CLAIM[1]	CFS[1]	direct[1]	_	_	_
    1-3	5-10	Taxes	CLAIM[1]	CFS[1]	direct[1]	_	_	_
    1-4	11-15	fell	CLAIM[1]	CFS[1]	direct[1]	_	_	_
    1-5	16-17	5	CLAIM[1]	CFS[1]	direct[1]	_	_	_
    1-6	17-18	%	CLAIM[1]	CFS[1]	direct[1]	_	_	_
    1-7	18-19	,	CLAIM[1]	CFS[1]	direct[1]	_	_	_
    1-8	19-20	”	CLAIM[1]	CFS[1]	direct[1]	_	_	_
    1-9	21-25	Ruiz	SOURCE[3]	*[3]	*[3]	ATTRIBUTED\_TO	affirm	1-2[1_3]
    1-10	26-30	said	_	_	_	_	_	_
    1-11	30-31	,	_	_	_	_	_	_
    1-12	32-33	“	CLAIM[2]	CFS[2]	direct[2]	_	_	_
    1-13	33-36	and	CLAIM[2]	CFS[2]	direct[2]	_	_	_
    1-14	37-41	jobs	CLAIM[2]	CFS[2]	direct[2]	_	_	_
    1-15	42-46	rose	CLAIM[2]	CFS[2]	direct[2]	_	_	_
    1-16	46-47	.	CLAIM[2]	CFS[2]	direct[2]	_	_	_
    1-17	47-48	”	CLAIM[2]	CFS[2]	direct[2]	_	_	_
"""  # noqa: E501 - the lines of the help are those of a menu

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson

from ..records import AnnotationSet, Article, Loss, Relation, Span
from ..text.offsets import OffsetMap
from ..vocabulary import Lost
from . import Family
from ._lost import JUDGED, UNNAMED, lost
from ._tokens import Token, sentences, within
from ._units import named, owner
from ._zip import zipped

MEDIA_TYPE = "application/zip"
SUFFIX = ".webanno.zip"
FAMILY = Family.TOOL
UNIT = "utf16"
LOSES = UNNAMED | JUDGED | {Lost.METADATA, Lost.SET, Lost.PARTS}
PARTLY = frozenset(
    {
        Lost.TEXT,
        Lost.ANNOTATOR,
        Lost.SPAN,
        Lost.EDGES,
        Lost.ATTRIBUTES,
        Lost.RELATION,
        Lost.RELATION_ATTRIBUTES,
    }
)
HEAD = "#FORMAT=WebAnno TSV 3.3\n"
SPANS, LINKS, LABEL = "custom.Span", "custom.Relation", "label"
RESERVED = re.compile(r"->|[\\\[\]|_;*\t\n\r]")
IN_TEXT = re.compile(r"[\\\t\r]")
SHORT = {"\t": "t", "\n": "n", "\r": "r"}
FEATURE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
"""How the name of an attribute must be, to be one of a layer's."""
NOTHING, UNSET = "_", "*"

Sentences = list[list[Token]]


def write(articles: Iterable[Article], unit: str = "codepoint") -> Iterator[bytes]:  # noqa: ARG001 - WebAnno says
    """Yield a zip with a file for each set, and one for an article that has none."""
    yield from zipped(each for article in articles for each in _files(article))


def losses(article: Article) -> Iterator[Loss]:
    """Yield what WebAnno has no place for, and what is written otherwise than it was."""
    yield from lost(article, LOSES)
    found = sentences(article.text)
    if between(found, article.text) != article.text:
        yield Loss(Lost.TEXT, "article", article.id, article.id)
    for made, name in named(article):
        if name != owner(made):
            yield Loss(Lost.ANNOTATOR, "set", made.id, article.id, made.id)
        yield from _changed(article, made, [token for each in found for token in each])


def between(found: Sentences, text: str) -> str:
    """Return the text as readers put it together: a blank, or else line ends, between sentences."""
    made, at = "", 0
    for each in found:
        start, end = each[0][0], each[-1][1]
        made += (" " if start - at == 1 and at else "\n" * (start - at)) + text[start:end]
        at = end
    return made


def _changed(article: Article, made: AnnotationSet, tokens: Sequence[Token]) -> Iterator[Loss]:
    gone = set()
    for span in made.spans:
        parts = [_edges(tokens, each.start, each.end) for each in span.fragments]
        if None in parts:
            gone.add(span.id)
            yield Loss(Lost.SPAN, "span", span.id, article.id, made.id)
        elif parts != [(each.start, each.end) for each in span.fragments]:
            yield Loss(Lost.EDGES, "span", span.id, article.id, made.id)
        if not _fit(span.attributes):
            yield Loss(Lost.ATTRIBUTES, "span", span.id, article.id, made.id)
    for link in made.relations:
        if gone.intersection((link.source, link.target)):
            yield Loss(Lost.RELATION, "relation", link.id, article.id, made.id)
        if not _fit(link.attributes):
            yield Loss(Lost.RELATION_ATTRIBUTES, "relation", link.id, article.id, made.id)


def _edges(tokens: Sequence[Token], start: int, end: int) -> Token | None:
    found = within(tokens, start, end)
    return (max(start, found[0][0]), min(end, found[-1][1])) if found else None


def _fit(attributes: Mapping[str, Any]) -> bool:
    return all(
        isinstance(value, str) and value and FEATURE.fullmatch(name) and name != LABEL
        for name, value in attributes.items()
    )


def _files(article: Article) -> Iterator[tuple[str, str]]:
    found = sentences(article.text)
    for made, name in named(article):
        yield f"{article.id}/{name}.tsv", _file(article, made, found)
    if not article.annotation_sets:
        yield f"{article.id}.tsv", "".join([HEAD, "\n\n", *_Lines(article, found).lines()])


def _file(article: Article, made: AnnotationSet, found: Sentences) -> str:
    names, links = _names(made.spans), _names(made.relations)
    lines = _Lines(article, found, len(names) + 1, len(links) + 2 if made.relations else 0)
    lines.take(made, names, links)
    head = [HEAD, f"#T_SP={'|'.join([SPANS, LABEL, *names])}\n"]
    if made.relations:
        head.append(f"#T_RL={'|'.join([LINKS, LABEL, *links, f'BT_{SPANS}'])}\n")
    return "".join([*head, "\n\n", *lines.lines()])


def _names(units: Iterable[Span | Relation]) -> list[str]:
    found = {name for unit in units for name in unit.attributes}
    return sorted(each for each in found if FEATURE.fullmatch(each) and each != LABEL)


@dataclass(slots=True)
class _Lines:
    """The lines of one file: what stands in the columns of each word, or of a part of one."""

    article: Article
    sentences: Sentences
    spans: int = 0
    links: int = 0
    """How many columns there are for spans, and for links."""
    cells: dict[Token, list[list[str]]] = field(default_factory=lambda: defaultdict(list))
    ends: dict[Token, list[list[str]]] = field(default_factory=lambda: defaultdict(list))
    firsts: dict[UUID, tuple[Token, int]] = field(default_factory=dict)
    """Where the first part of each span begins, and its number."""

    def take(self, made: AnnotationSet, names: Sequence[str], links: Sequence[str]) -> None:
        tokens = [token for each in self.sentences for token in each]
        number = 0
        for span in made.spans:
            values = [span.label, *(span.attributes.get(each) for each in names)]
            for part in span.fragments:
                number += 1
                found = within(tokens, part.start, part.end)
                row = [f"{_value(each)}[{number}]" for each in values]
                for start, end in found:
                    self.cells[max(start, part.start), min(end, part.end)].append(row)
                if found and part is span.fragments[0]:
                    place = max(found[0][0], part.start), min(found[0][1], part.end)
                    self.firsts[span.id] = place, number
        units = dict(self._units())
        for link in made.relations:
            if link.source in self.firsts and link.target in self.firsts:
                (source, one), (target, other) = self.firsts[link.source], self.firsts[link.target]
                values = [link.type, *(link.attributes.get(each) for each in links)]
                self.ends[target].append([*map(_value, values), f"{units[source]}[{one}_{other}]"])

    def _units(self) -> Iterator[tuple[Token, str]]:
        """Yield each word, and each part of one that a span begins or ends in, with its name."""
        parts = sorted(self.cells)
        at = 0
        for number, sentence in enumerate(self.sentences, 1):
            for count, (start, end) in enumerate(sentence, 1):
                yield (start, end), f"{number}-{count}"
                part = 0
                while at < len(parts) and parts[at][0] < end:
                    if parts[at] != (start, end):
                        part += 1
                        yield parts[at], f"{number}-{count}.{part}"
                    at += 1

    def lines(self) -> Iterator[str]:
        """Yield the blocks of sentences, each line with its end."""
        text = self.article.text
        convert = OffsetMap(text, UNIT).from_codepoint
        firsts = {each[0]: each[-1][1] for each in self.sentences}
        for unit, name in self._units():
            start, end = unit
            if unit in firsts and name.endswith("-1"):
                yield "\n" if not name.startswith("1-") else ""
                for line in text[start : firsts[unit]].split("\n"):
                    yield f"#Text={IN_TEXT.sub(_escaped, line)}\n"
            said = _columns(self.cells.get(unit, ()), self.spans)
            linked = _columns(self.ends.get(unit, ()), self.links)
            word = IN_TEXT.sub(_escaped, text[start:end])
            yield "\t".join([name, f"{convert(start)}-{convert(end)}", word, *said, *linked]) + "\n"


def _columns(rows: Sequence[Sequence[str]], count: int) -> list[str]:
    if not rows:
        return [NOTHING] * count
    return ["|".join(each) for each in zip(*rows, strict=True)]


def _value(value: Any) -> str:
    if value is None or value == "":
        return UNSET
    said = value if isinstance(value, str) else orjson.dumps(value).decode()
    return RESERVED.sub(_escaped, said)


def _escaped(found: re.Match[str]) -> str:
    return f"\\{SHORT.get(found[0], found[0])}"
