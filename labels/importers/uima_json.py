"""UIMA CAS JSON: a text with annotations, one annotator a file, or a zip of them.

What Galley exports comes back whole. Of INCEpTION's files each layer of spans and of relations is taken: a feature
`label` or `value` is the label, otherwise the layer's name; the other features are attributes. The file's name
is the annotator. What programs say of each word stays out.

Sample:

    {"%TYPES": {}, "%FEATURE_STRUCTURES": [{"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text", "sofaString": "🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.”"}, {"%ID": 2, "%TYPE": "custom.Span", "@sofa": 1, "begin": 4, "end": 20, "label": "CLAIM", "checkworthy": "high"}, {"%ID": 3, "%TYPE": "custom.Span", "@sofa": 1, "begin": 21, "end": 25, "label": "SOURCE"}, {"%ID": 4, "%TYPE": "custom.Relation", "@sofa": 1, "begin": 21, "end": 25, "@Governor": 2, "@Dependent": 3, "label": "ATTRIBUTED_TO"}], "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [2, 3, 4]}}}
"""  # noqa: E501 - a line of the format is one line

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from ..records import Article, BadItem
from ..words import say
from ._reading import BYTE_ORDER_MARK, LONGEST_LINE, Fault, parse
from ._uima import ELEMENTS, PLAIN, Cas, Unit, article_of

STRUCTURES = "%FEATURE_STRUCTURES"
MARKS = (b'"%TYPES"', b'"%FEATURE_STRUCTURES"')


def recognises(head: bytes, name: str) -> str | None:  # noqa: ARG001 - others look at it
    """Take an object that has types or feature structures."""
    if head.removeprefix(BYTE_ORDER_MARK).lstrip()[:1] == b"{" and any(
        each in head for each in MARKS
    ):
        return say("UIMA CAS JSON, because it has feature structures")
    return None


def read(source: BinaryIO, name: str) -> Iterator[Article | BadItem]:
    """Yield the article of a file."""
    try:
        yield article_of(Cas(_units(_whole(source))), PurePosixPath(name).stem)
    except Fault as fault:
        yield BadItem(name, fault.code, fault.detail)


def _whole(source: BinaryIO) -> Any:
    data = source.read(LONGEST_LINE + 1)
    if len(data) > LONGEST_LINE:
        raise Fault("too_large", say("An object is longer than 32 MB."))
    if not data.strip():
        raise Fault("empty_file", say("There is no document in it."))
    return parse(data.removeprefix(BYTE_ORDER_MARK))


def _units(found: Any) -> Iterator[Unit]:
    listed = found.get(STRUCTURES) if isinstance(found, dict) else None
    if isinstance(listed, dict):
        listed = [{"%ID": each, **_object(told)} for each, told in listed.items()]
    if not isinstance(listed, list):
        raise Fault("invalid", say("{name}: a list of objects is expected.", name=STRUCTURES))
    for each in listed:
        yield _unit(_object(each))


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Fault("invalid", say("{name}: a list of objects is expected.", name=STRUCTURES))
    return value


def _unit(told: dict[str, Any]) -> Unit:
    refers: dict[str, tuple[str, ...]] = {
        name[1:]: (str(value),) for name, value in told.items() if name.startswith("@")
    }
    kind = str(told.get("%TYPE"))
    elements = told.get("%ELEMENTS")
    listed: dict[str, Any] = {}
    if isinstance(elements, list) and kind.startswith(PLAIN):
        listed[ELEMENTS] = elements
    elif isinstance(elements, list):
        refers[ELEMENTS] = tuple(map(str, elements))
    if kind.endswith("[]"):
        kind = "uima.cas.FSArray"
    plain = {name.lstrip("^#"): value for name, value in told.items() if name[:1] not in ("@", "%")}
    return Unit(str(told.get("%ID")), kind, plain | listed, refers)
