"""doccano: JSON Lines.

A line for each annotator of an article. doccano has spans of one part and no attributes: each part becomes an entity
of its own, and links are those of the first. Who labelled is said in a member that doccano takes for a detail of the text.

Sample:

    {"id":"reuters-1","text":"🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.”","annotator":"ana","entities":[{"id":1,"label":"CLAIM","start_offset":3,"end_offset":19},{"id":2,"label":"CLAIM","start_offset":31,"end_offset":47},{"id":3,"label":"SOURCE","start_offset":20,"end_offset":24}],"relations":[{"id":1,"from_id":1,"to_id":3,"type":"ATTRIBUTED_TO"}]}
"""  # noqa: E501 - a line of the format is one line

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from ..records import AnnotationSet, Article, Loss
from ..vocabulary import Lost
from . import Family
from ._lost import JUDGED, UNNAMED, lost
from ._units import owner

MEDIA_TYPE = "application/jsonl"
SUFFIX = ".doccano.jsonl"
FAMILY = Family.TOOL
UNIT = "codepoint"
LOSES = (
    UNNAMED
    | JUDGED
    | {Lost.METADATA, Lost.ANNOTATOR, Lost.PARTS, Lost.ATTRIBUTES, Lost.RELATION_ATTRIBUTES}
)
PARTLY: frozenset[Lost] = frozenset()


def write(articles: Iterable[Article], unit: str = "codepoint") -> Iterator[bytes]:  # noqa: ARG001 - code points
    """Yield a line for each set, and one for an article that has none."""
    for article in articles:
        for line in [_line(article, made) for made in article.annotation_sets] or [_bare(article)]:
            yield orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)


def losses(article: Article) -> Iterator[Loss]:
    """Yield what doccano has no place for."""
    yield from lost(article, LOSES)


def _bare(article: Article) -> dict[str, Any]:
    return {"id": article.external_id or article.id, "text": article.text, "label": []}


def _line(article: Article, made: AnnotationSet) -> dict[str, Any]:
    parts = [(span, part) for span in made.spans for part in span.fragments]
    first = {span.id: number for number, (span, _) in reversed([*enumerate(parts, 1)])}
    return {
        "id": article.external_id or article.id,
        "text": article.text,
        "annotator": owner(made),
        "entities": [
            {"id": number, "label": span.label, "start_offset": part.start, "end_offset": part.end}
            for number, (span, part) in enumerate(parts, 1)
        ],
        "relations": [
            {
                "id": number,
                "from_id": first[link.source],
                "to_id": first[link.target],
                "type": link.type,
            }
            for number, link in enumerate(made.relations, 1)
        ],
    }
