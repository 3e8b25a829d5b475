"""CoNLL-U: words in ten columns, with spans as entities.

Each annotation set of an article is a document of its own. A span is an entity of the last column, in brackets
that may cross; its parts are numbered. Words are not analysed: the columns for that are empty. Edges inside a word
go to the edges of the word. What is between words and is no blank stands with them: the text can be put together.

Sample:

    # global.Entity = eid-etype
    # newdoc id = 01890a5d-ac96-774b-bcce-000000000006
    # annotator = ana
    # sent_id = 1
    # text = 🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.”
    1	🗳️	_	_	_	_	_	_	_	_
    2	“	_	_	_	_	_	_	_	Entity=(e1[1/2]-CLAIM|SpaceAfter=No
    3	Taxes	_	_	_	_	_	_	_	_
    4	fell	_	_	_	_	_	_	_	_
    5	5	_	_	_	_	_	_	_	SpaceAfter=No
    6	%	_	_	_	_	_	_	_	SpaceAfter=No
    7	,	_	_	_	_	_	_	_	SpaceAfter=No
    8	”	_	_	_	_	_	_	_	Entity=e1[1/2])
    9	Ruiz	_	_	_	_	_	_	_	Entity=(e2-SOURCE)
    10	said	_	_	_	_	_	_	_	SpaceAfter=No
    11	,	_	_	_	_	_	_	_	_
    12	“	_	_	_	_	_	_	_	Entity=(e1[2/2]-CLAIM|SpaceAfter=No
    13	and	_	_	_	_	_	_	_	_
    14	jobs	_	_	_	_	_	_	_	_
    15	rose	_	_	_	_	_	_	_	SpaceAfter=No
    16	.	_	_	_	_	_	_	_	SpaceAfter=No
    17	”	_	_	_	_	_	_	_	Entity=e1[2/2])
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ..records import Article, Loss, Span
from ..vocabulary import Lost
from . import Family
from ._lost import JUDGED, UNNAMED, lost
from ._tokens import Token, sentences, within
from ._units import owner

MEDIA_TYPE = "text/plain"
SUFFIX = ".conllu"
FAMILY = Family.TOKEN
UNIT = "token"
LOSES = UNNAMED | JUDGED | {Lost.METADATA, Lost.ATTRIBUTES, Lost.RELATION}
PARTLY = frozenset({Lost.ANNOTATOR, Lost.LABEL, Lost.EDGES})
HEAD = "# global.Entity = eid-etype\n"
UNFIT = re.compile(r"[\s()|=\[\]-]+")
"""What would end a label in its bracket."""
SPACES = {" ": "\\s", "\t": "\\t", "\n": "\\n"}
LINE_ENDS = re.compile(r"\s+")

Sentences = list[list[Token]]


def write(articles: Iterable[Article], unit: str = "codepoint") -> Iterator[bytes]:  # noqa: ARG001 - words
    """Yield a document for each set, and one for an article that has none."""
    yield HEAD.encode()
    for article in articles:
        found = sentences(article.text)
        if not article.annotation_sets:
            yield "".join(_document(article, "", (), found)).encode()
        for made in article.annotation_sets:
            yield "".join(_document(article, owner(made), made.spans, found)).encode()


def losses(article: Article) -> Iterator[Loss]:
    """Yield what has no column, and the spans that are not told as they are."""
    yield from lost(article, LOSES)
    found = sentences(article.text)
    starts = {start for each in found for start, _ in each}
    ends = {end for each in found for _, end in each}
    for made in article.annotation_sets:
        if _line(owner(made)) != owner(made):
            yield Loss(Lost.ANNOTATOR, "set", made.id, article.id, made.id)
        for span in made.spans:
            if UNFIT.search(span.label):
                yield Loss(Lost.LABEL, "span", span.id, article.id, made.id)
            if not all(each.start in starts and each.end in ends for each in span.fragments):
                yield Loss(Lost.EDGES, "span", span.id, article.id, made.id)


def _document(
    article: Article, annotator: str, spans: Sequence[Span], found: Sentences
) -> Iterator[str]:
    marks = _marks(spans, [token for each in found for token in each])
    yield f"# newdoc id = {article.id}\n# annotator = {_line(annotator)}\n"
    for number, sentence in enumerate(found, 1):
        start, end = sentence[0][0], sentence[-1][1]
        yield f"# sent_id = {number}\n# text = {_line(article.text[start:end])}\n"
        behind = found[number][0][0] if number < len(found) else None
        yield from _words(sentence, (found[0][0][0], behind), article.text, marks)
        yield "\n"


def _words(
    sentence: Sequence[Token], edges: tuple[int, int | None], text: str, marks: dict[Token, str]
) -> Iterator[str]:
    """Yield the lines of a sentence; `edges` are where the document's first word and the next sentence begin."""
    first, behind = edges
    starts = [*(start for start, _ in sentence[1:]), behind]
    for number, ((start, end), after) in enumerate(zip(sentence, starts, strict=True), 1):
        said = [f"Entity={marks[start, end]}"] if (start, end) in marks else []
        if 0 < start == first:
            said.append(f"SpacesBefore={_spaces(text[:start])}")
        if after == end:
            said.append("SpaceAfter=No")
        elif text[end:after] not in ({" "} if after else {""}):
            said.append(f"SpacesAfter={_spaces(text[end:after])}")
        empty = "\t_" * 7
        yield f"{number}\t{text[start:end]}{empty}\t{'|'.join(said) or '_'}\n"


def _marks(spans: Sequence[Span], tokens: Sequence[Token]) -> dict[Token, str]:
    """Return the brackets of each word: those that close before those that open."""
    closing: dict[Token, list[str]] = defaultdict(list)
    opening: dict[Token, list[str]] = defaultdict(list)
    for number, span in enumerate(spans, 1):
        parts = [within(tokens, each.start, each.end) for each in span.fragments]
        kept = [each for each in parts if each]
        for at, part in enumerate(kept, 1):
            name = f"e{number}[{at}/{len(kept)}]" if len(kept) > 1 else f"e{number}"
            opened = f"({name}-{UNFIT.sub('_', span.label)}"
            if len(part) == 1:
                opening[part[0]].append(f"{opened})")
            else:
                opening[part[0]].append(opened)
                closing[part[-1]].append(f"{name})")
    return {
        token: "".join([*closing.get(token, ()), *opening.get(token, ())])
        for token in {*closing, *opening}
    }


def _spaces(between: str) -> str:
    return "".join(SPACES.get(each, each) for each in between)


def _line(said: str) -> str:
    return LINE_ENDS.sub(" ", said).strip()
