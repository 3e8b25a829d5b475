"""Label Studio: JSON of tasks.

A span of several parts becomes a region for each; links and attributes are those of the first. An attribute that is a
text, a number or a list of texts is a choice or a number of the region; Label Studio has no others.

Sample:

    [
    {"id":"reuters-1","data":{"text":"🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.”"},"annotations":[{"completed_by":{"email":"ana"},"result":[{"id":"T1","from_name":"label","to_name":"text","type":"labels","value":{"start":3,"end":19,"text":"“Taxes fell 5%,”","labels":["CLAIM"]}},{"id":"T1","from_name":"check_worthiness","to_name":"text","type":"choices","value":{"start":3,"end":19,"text":"“Taxes fell 5%,”","choices":["CFS"]}},{"id":"T1","from_name":"form","to_name":"text","type":"choices","value":{"start":3,"end":19,"text":"“Taxes fell 5%,”","choices":["direct"]}},{"id":"T1.2","from_name":"label","to_name":"text","type":"labels","value":{"start":31,"end":47,"text":"“and jobs rose.”","labels":["CLAIM"]}},{"id":"T2","from_name":"label","to_name":"text","type":"labels","value":{"start":20,"end":24,"text":"Ruiz","labels":["SOURCE"]}},{"type":"relation","from_id":"T1","to_id":"T2","direction":"right","labels":["ATTRIBUTED_TO"]}]}],"predictions":[]}
    ]
"""  # noqa: E501 - a line of the format is one line

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from ..records import AnnotationSet, Article, Fragment, Loss, Span
from ..vocabulary import Lost
from . import Family
from ._lost import JUDGED, UNNAMED, lost
from ._units import array, numbered, ordered, owner

MEDIA_TYPE = "application/json"
SUFFIX = ".label-studio.json"
FAMILY = Family.TOOL
UNIT = "codepoint"
LOSES = UNNAMED | JUDGED | {Lost.METADATA, Lost.PARTS, Lost.RELATION_ATTRIBUTES}
PARTLY = frozenset({Lost.ATTRIBUTES})

Payload = dict[str, Any]


def write(articles: Iterable[Article], unit: str = "codepoint") -> Iterator[bytes]:  # noqa: ARG001 - code points
    """Yield an array with a task for each article."""
    yield from array(map(_task, articles))


def losses(article: Article) -> Iterator[Loss]:
    """Yield what Label Studio has no place for, and whose attributes are of another kind than it has."""
    yield from lost(article, LOSES)
    for made in article.annotation_sets:
        for span in made.spans:
            if not all(_fits(value) for value in span.attributes.values()):
                yield Loss(Lost.ATTRIBUTES, "span", span.id, article.id, made.id)


def _fits(value: Any) -> bool:
    several = isinstance(value, list) and all(isinstance(each, str) for each in value)
    return isinstance(value, str) or _is_number(value) or (several and len(value) != 1)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _task(article: Article) -> Payload:
    return {
        "id": article.external_id or article.id,
        "data": {"text": article.text},
        "annotations": [_annotation(made, article.text) for made in article.annotation_sets],
        "predictions": [],
    }


def _annotation(made: AnnotationSet, text: str) -> Payload:
    names = numbered(made.spans)
    regions = [each for span in made.spans for each in _regions(span, names[span.id], text)]
    links = [
        {
            "type": "relation",
            "from_id": names[link.source],
            "to_id": names[link.target],
            "direction": "right",
            "labels": [link.type],
        }
        for link in made.relations
    ]
    return {"completed_by": {"email": owner(made)}, "result": [*regions, *links]}


def _regions(span: Span, name: str, text: str) -> Iterator[Payload]:
    first, *others = span.fragments
    yield _result(name, "label", "labels", _place(first, text) | {"labels": [span.label]})
    for attribute, value in ordered(span.attributes):
        kind = "number" if _is_number(value) else "choices"
        given = value if kind == "number" else list(_choices(value))
        yield _result(name, attribute, kind, _place(first, text) | {kind: given})
    for number, part in enumerate(others, 2):
        place = _place(part, text) | {"labels": [span.label]}
        yield _result(f"{name}.{number}", "label", "labels", place)


def _choices(value: Any) -> Iterator[str]:
    """Yield what is chosen, which is text."""
    for each in value if isinstance(value, list) else [value]:
        yield (
            each
            if isinstance(each, str)
            else orjson.dumps(each, option=orjson.OPT_SORT_KEYS).decode()
        )


def _result(name: str, source: str, kind: str, value: Payload) -> Payload:
    return {"id": name, "from_name": source, "to_name": "text", "type": kind, "value": value}


def _place(part: Fragment, text: str) -> Payload:
    return {"start": part.start, "end": part.end, "text": text[part.start : part.end]}
