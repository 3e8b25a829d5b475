r"""spaCy: a zip of .spacy files for training, a document for each annotation set.

The words are those of spaCy's blank pipeline of the article's language, or Galley's own where that has none. Spans stand in
`doc.spans["sc"]`, a span of several parts under one id, and those that overlap no other in `doc.ents`, too; edges
inside a word go to the edges of the word. `doc.user_data["galley"]` holds attributes, links and details as JSON.

Sample:

    ==> 000001.spacy <==
    {"words": ["🗳", "️", "“", "Taxes", "fell", "5", "%", ",", "”", "Ruiz", "said", ",", "“", "and", "jobs", "rose", ".", "”"], "blanks": "010110001101011000", "spans": [[2, 9, "CLAIM", "01890a5d-ac96-774b-bcce-000000000001"], [12, 18, "CLAIM", "01890a5d-ac96-774b-bcce-000000000001"], [9, 10, "SOURCE", "01890a5d-ac96-774b-bcce-000000000002"]], "ents": [[2, 9, "CLAIM"], [9, 10, "SOURCE"], [12, 18, "CLAIM"]], "user_data": {"galley": "{\"annotator\":\"ana\",\"article\":{\"byline\":\"\",\"external_id\":\"reuters-1\",\"extra\":{\"desk\":\"world\"},\"language\":\"en\",\"published_at\":\"2019-10-29\",\"publisher\":\"\",\"title\":\"Taxes\",\"url\":\"\"},\"attributes\":{\"01890a5d-ac96-774b-bcce-000000000001\":{\"check_worthiness\":\"CFS\",\"form\":\"direct\"}},\"relations\":[{\"attributes\":{\"stance\":\"affirm\"},\"from\":\"01890a5d-ac96-774b-bcce-000000000001\",\"to\":\"01890a5d-ac96-774b-bcce-000000000002\",\"type\":\"ATTRIBUTED_TO\"}]}"}}
"""  # noqa: E501 - a line of the format is one line

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

import orjson

from ..records import AnnotationSet, Article, Fragment, Loss, Span
from ..vocabulary import Lost
from . import Family
from ._lost import JUDGED, METADATA, UNNAMED, lost
from ._tokens import Token, tokens, within
from ._units import ordered, owner
from ._zip import zipped

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

NEEDS = "spacy"
MEDIA_TYPE = "application/zip"
SUFFIX = ".spacy.zip"
FAMILY = Family.TOKEN
UNIT = "token"
LOSES = UNNAMED | JUDGED
PARTLY = frozenset({Lost.EDGES, Lost.METADATA})
DOCUMENTS = 200
"""Documents of a file: as many as are held at once."""
ATTRIBUTES = ("ORTH", "ENT_IOB", "ENT_TYPE")
KEY = "galley"
LONGEST = 10**9


def write(articles: Iterable[Article], unit: str = "codepoint") -> Iterator[bytes]:  # noqa: ARG001 - words
    """Yield a zip with a file for some documents at a time."""
    yield from zipped(_files(articles))


def losses(article: Article) -> Iterator[Loss]:
    """Yield what a document has no place for, and the spans that do not begin and end with words."""
    yield from lost(article, LOSES | {Lost.METADATA}, METADATA)
    if not any(each.spans for each in article.annotation_sets):
        return
    found = _places(_document(article))
    for made in article.annotation_sets:
        for span in made.spans:
            if _words(found, span) != [(x.start, x.end) for x in span.fragments]:
                yield Loss(Lost.EDGES, "span", span.id, article.id, made.id)


def _files(articles: Iterable[Article]) -> Iterator[tuple[str, bytes]]:
    from spacy.tokens import DocBin  # noqa: PLC0415 - not every installation has it

    documents = (each for article in articles for each in _documents(article))
    number = 0
    while some := list(islice(documents, DOCUMENTS)):
        number += 1
        held = DocBin(attrs=ATTRIBUTES, store_user_data=True, docs=some)
        yield f"{number:06}.spacy", held.to_bytes()


def _documents(article: Article) -> Iterator[Doc]:
    for made in article.annotation_sets:
        found = _document(article)
        _mark(found, made)
        found.user_data[KEY] = _told(article, made)
        yield found
    if not article.annotation_sets:
        found = _document(article)
        found.user_data[KEY] = _told(article, None)
        yield found


def _document(article: Article) -> Doc:
    language = _language(article.language.partition("-")[0].lower())
    if language is not None:
        found = language.make_doc(article.text)
        if found.text == article.text:
            return found
    return _own(article.text)


@lru_cache(maxsize=16)
def _language(code: str) -> Language | None:
    """Return the blank pipeline of a language; none where spaCy has none, or it needs more than is here."""
    import spacy  # noqa: PLC0415 - not every installation has it

    try:
        found = spacy.blank(code)
    except (ImportError, ValueError):
        return None
    found.max_length = LONGEST
    return found


def _own(text: str) -> Doc:
    """Return a document of Galley's words: a blank belongs to the word before, other white space is a word."""
    from spacy.tokens import Doc  # noqa: PLC0415 - not every installation has it
    from spacy.vocab import Vocab  # noqa: PLC0415 - as above

    words: list[str] = []
    blanks: list[bool] = []
    last = 0
    for start, end in [*tokens(text), (len(text), len(text))]:
        gap = text[last:start]
        if words and gap.startswith(" "):
            blanks[-1], gap = True, gap[1:]
        for word in filter(None, (gap, text[start:end])):
            words.append(word)
            blanks.append(False)
        last = end
    return Doc(Vocab(), words=words, spaces=blanks)


def _places(document: Doc) -> list[Token]:
    return [(each.idx, each.idx + len(each)) for each in document]


def _words(found: Sequence[Token], span: Span) -> list[Token]:
    """Return where the parts of a span are, with whole words; parts that meet in a word are one."""
    made: list[Token] = []
    for part in span.fragments:
        start, end = _within(found, part)
        if made and start < made[-1][1]:
            start = made.pop()[0]
        made.append((start, end))
    return made


def _within(found: Sequence[Token], part: Fragment) -> Token:
    held = within(found, part.start, part.end)
    if not held:  # a blank that belongs to the word before
        held = [max((each for each in found if each[0] <= part.start), default=found[0])]
    return held[0][0], held[-1][1]


def _mark(document: Doc, made: AnnotationSet) -> None:
    from spacy.tokens import Span as Marked  # noqa: PLC0415 - not every installation has it

    found = _places(document)
    first = {start: at for at, (start, _) in enumerate(found)}
    last = {end: at for at, (_, end) in enumerate(found, 1) if found[at - 1][0] < end}
    marked = [
        Marked(document, first[start], last[end], label=span.label, span_id=str(span.id))
        for span in made.spans
        for start, end in _words(found, span)
    ]
    document.spans["sc"] = marked
    taken = [0] * (len(found) + 1)
    for each in marked:
        for at in range(each.start, each.end):
            taken[at] += 1
    alone = [each for each in marked if max(taken[each.start : each.end]) == 1]
    document.set_ents([Marked(document, x.start, x.end, label=x.label) for x in alone])


def _told(article: Article, made: AnnotationSet | None) -> str:
    told: dict[str, Any] = {"article": {name: getattr(article, name) for name in METADATA}}
    if made is not None:
        told["annotator"] = owner(made)
        told["attributes"] = {
            str(each.id): dict(ordered(each.attributes)) for each in made.spans if each.attributes
        }
        told["relations"] = [
            {
                "type": each.type,
                "from": each.source,
                "to": each.target,
                "attributes": dict(ordered(each.attributes)),
            }
            for each in made.relations
        ]
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode()
