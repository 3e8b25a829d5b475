"""PubAnnotation: JSON of documents.

Spans of several parts, links and every attribute are held.

Sample:

    [
    {"text":"🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.”","sourceid":"reuters-1","tracks":[{"project":"ana","denotations":[{"id":"T1","span":[{"begin":3,"end":19},{"begin":31,"end":47}],"obj":"CLAIM"},{"id":"T2","span":{"begin":20,"end":24},"obj":"SOURCE"}],"relations":[{"id":"R1","pred":"ATTRIBUTED_TO","subj":"T1","obj":"T2"}],"attributes":[{"id":"A1","subj":"T1","pred":"check_worthiness","obj":"CFS"},{"id":"A2","subj":"T1","pred":"form","obj":"direct"},{"id":"A3","subj":"R1","pred":"stance","obj":"affirm"}]}]}
    ]
"""  # noqa: E501 - a line of the format is one line

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..records import AnnotationSet, Article, Loss, Span
from ..vocabulary import Lost
from . import Family
from ._lost import JUDGED, UNNAMED, lost
from ._units import array, numbered, ordered, owner

MEDIA_TYPE = "application/json"
SUFFIX = ".pubannotation.json"
FAMILY = Family.TOOL
UNIT = "codepoint"
LOSES = UNNAMED | JUDGED | {Lost.METADATA}
PARTLY: frozenset[Lost] = frozenset()

Payload = dict[str, Any]


def write(articles: Iterable[Article], unit: str = "codepoint") -> Iterator[bytes]:  # noqa: ARG001 - code points
    """Yield an array with a document for each article."""
    yield from array(map(_document, articles))


def losses(article: Article) -> Iterator[Loss]:
    """Yield what PubAnnotation has no place for."""
    yield from lost(article, LOSES)


def _document(article: Article) -> Payload:
    return {
        "text": article.text,
        "sourceid": article.external_id or article.id,
        "tracks": [_track(made) for made in article.annotation_sets],
    }


def _track(made: AnnotationSet) -> Payload:
    names = numbered(made.spans)
    links = {link.id: f"R{number}" for number, link in enumerate(made.relations, 1)}
    told = [*[(names[span.id], span.attributes) for span in made.spans]]
    told += [(links[link.id], link.attributes) for link in made.relations]
    given = [(unit, each) for unit, attributes in told for each in ordered(attributes)]
    return {
        "project": owner(made),
        "denotations": [_denotation(span, names[span.id]) for span in made.spans],
        "relations": [
            {
                "id": links[link.id],
                "pred": link.type,
                "subj": names[link.source],
                "obj": names[link.target],
            }
            for link in made.relations
        ],
        "attributes": [
            {"id": f"A{number}", "subj": unit, "pred": name, "obj": value}
            for number, (unit, (name, value)) in enumerate(given, 1)
        ],
    }


def _denotation(span: Span, name: str) -> Payload:
    parts = [{"begin": each.start, "end": each.end} for each in span.fragments]
    return {"id": name, "span": parts if len(parts) > 1 else parts[0], "obj": span.label}
