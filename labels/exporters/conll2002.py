"""CoNLL-2002: a word and its tag a line.

Each annotation set of an article is a document of its own. Words have one IOB2 tag: of spans that lie on each
other the first is kept, and edges inside a word go to the edges of the word.

Sample:

    -DOCSTART- O

    🗳️ O
    “ B-CLAIM
    Taxes I-CLAIM
    fell I-CLAIM
    5 I-CLAIM
    % I-CLAIM
    , I-CLAIM
    ” I-CLAIM
    Ruiz B-SOURCE
    said O
    , O
    “ B-CLAIM
    and I-CLAIM
    jobs I-CLAIM
    rose I-CLAIM
    . I-CLAIM
    ” I-CLAIM
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from ..records import AnnotationSet, Article, Fragment, Loss, Span
from ..vocabulary import Lost
from . import Family
from ._lost import JUDGED, UNNAMED, lost
from ._tokens import Token, sentences, within

MEDIA_TYPE = "text/plain"
SUFFIX = ".conll"
FAMILY = Family.TOKEN
UNIT = "token"
LOSES = (
    UNNAMED | JUDGED | {Lost.METADATA, Lost.ANNOTATOR, Lost.PARTS, Lost.ATTRIBUTES, Lost.RELATION}
)
PARTLY = frozenset({Lost.TEXT, Lost.LABEL, Lost.OVERLAP, Lost.EDGES})
BLANKS = re.compile(r"\s+")
OUTSIDE = "O"
DOCUMENT = f"-DOCSTART- {OUTSIDE}\n"

Sentences = list[list[Token]]


def write(articles: Iterable[Article], unit: str = "codepoint") -> Iterator[bytes]:  # noqa: ARG001 - words
    """Yield a document for each set, and one for an article that has none."""
    between = ""
    for article in articles:
        found = sentences(article.text)
        for spans in [each.spans for each in article.annotation_sets] or [()]:
            document = _document(found, _Tags(found, spans).tags, article.text)
            yield f"{between}{document}".encode()
            between = "\n"


def losses(article: Article) -> Iterator[Loss]:
    """Yield what no tag says, and the spans that could not be tagged as they are."""
    yield from lost(article, LOSES)
    found = sentences(article.text)
    lines = (" ".join(article.text[start:end] for start, end in each) for each in found)
    if "\n".join(lines) != article.text:
        yield Loss(Lost.TEXT, "article", article.id, article.id)
    for made in article.annotation_sets:
        yield from _changed(article, made, _Tags(found, made.spans))


def _changed(article: Article, made: AnnotationSet, tags: _Tags) -> Iterator[Loss]:
    for span in made.spans:
        if BLANKS.search(span.label):
            yield Loss(Lost.LABEL, "span", span.id, article.id, made.id)
        for code, found in ((Lost.OVERLAP, tags.covered), (Lost.EDGES, tags.moved)):
            if span.id in found:
                yield Loss(code, "span", span.id, article.id, made.id)


def _document(found: Sentences, tags: dict[Token, str], text: str) -> str:
    blocks = [
        "".join(f"{text[start:end]} {tags.get((start, end), OUTSIDE)}\n" for start, end in sentence)
        for sentence in found
    ]
    return "\n".join([DOCUMENT, *blocks])


@dataclass(slots=True)
class _Tags:
    """The tags of the words of a text, and which spans they do not tell as they are."""

    sentences: Sentences
    spans: Iterable[Span]
    tags: dict[Token, str] = field(default_factory=dict)
    covered: set[UUID] = field(default_factory=set)
    moved: set[UUID] = field(default_factory=set)

    def __post_init__(self) -> None:
        tokens = [token for each in self.sentences for token in each]
        firsts = {each[0] for each in self.sentences}
        for span in self.spans:
            for part in span.fragments:
                found = within(tokens, part.start, part.end)
                self._tag(span, part, found, firsts)

    def _tag(self, span: Span, part: Fragment, found: Sequence[Token], firsts: set[Token]) -> None:
        edges = (found[0][0], found[-1][1]) if found else None
        if edges != (part.start, part.end) or firsts.intersection(found[1:]):
            self.moved.add(span.id)
        if any(token in self.tags for token in found):
            self.covered.add(span.id)
            return
        label = BLANKS.sub("_", span.label)
        for at, token in enumerate(found):
            self.tags[token] = f"{'I' if at and token not in firsts else 'B'}-{label}"
