"""Label Studio: the JSON export with tasks, each with its annotations.

Each annotation becomes an imported set of who completed it. Taken are labelled regions, relations, and what was chosen or
written for a region, as its attributes. Offsets that count UTF-16 units, as older versions did, are found by the text of
each region, converted, and it is said. Predictions are counted in the report and not taken: they are no person's work.

Sample:

    [{"id": 1, "data": {"text": "Taxes fell 5%, Ruiz said."}, "annotations": [{"completed_by": {"email": "ana@example.org"}, "result": [{"id": "c1", "from_name": "label", "to_name": "text", "type": "labels", "value": {"start": 0, "end": 13, "text": "Taxes fell 5%", "labels": ["CLAIM"]}}, {"id": "s1", "from_name": "label", "to_name": "text", "type": "labels", "value": {"start": 15, "end": 19, "text": "Ruiz", "labels": ["SOURCE"]}}, {"type": "relation", "from_id": "c1", "to_id": "s1", "direction": "right", "labels": ["ATTRIBUTED_TO"]}]}]}]
"""  # noqa: E501 - a line of the format is one line

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO

from ..records import Article, BadItem
from ..words import say
from ._marks import Counted, Marks, article, text_of
from ._objects import objects
from ._reading import Fault, taken

TASK = re.compile(rb'"data"\s*:\s*\{')
RESULTS = re.compile(rb'"(?:annotations|completions|predictions)"\s*:')
NOBODY = "label-studio"
LABELS = ("labels", "hypertextlabels")


def recognises(head: bytes, name: str) -> str | None:  # noqa: ARG001 - others look at it
    """Take tasks that have data and annotations."""
    if (
        head.lstrip(b"\xef\xbb\xbf \t\r\n[")[:1] == b"{"
        and TASK.search(head)
        and RESULTS.search(head)
    ):
        return say("Label Studio, because its tasks have data and annotations")
    return None


def read(source: BinaryIO, name: str) -> Iterator[Article | BadItem]:
    """Yield an article for each task."""
    nothing = BadItem(name, "empty_file", say("There is no task in it."))
    yield from taken(
        objects(source),
        _article,
        lambda number: say("{where}, task {number}", where=name, number=number),
        nothing=nothing,
    )


def _article(task: dict[str, Any]) -> Article:
    data = task.get("data")
    if not isinstance(data, dict):
        raise Fault("invalid", say("A task has its text in “data”."))
    key = (
        "text"
        if "text" in data
        else max(
            (each for each in data if isinstance(data[each], str)),
            key=lambda x: len(data[x]),
            default="",
        )
    )
    text = text_of(data.get(key))
    counted = Counted(data[key])
    found = _objects(task.get("annotations", task.get("completions")))
    made = [each for each in found if not each.get("was_cancelled")]
    counted.settle([quote for each in made for quote in _quotes(each)])
    numbers: Counter[str] = Counter()
    sets = []
    for each in made:
        owner = _owner(each)
        numbers[owner] += 1
        marks = Marks(text, owner, numbers[owner])
        _read(marks, counted, _objects(each.get("result")))
        sets.append(marks)
    notes = list(counted.notes)
    if task.get("predictions"):
        count = len(_objects(task["predictions"]))
        notes.append(say("Predictions are not taken: {count}.", count=count))
    extra = {name: value for name, value in data.items() if name != key}
    return article(text, sets, notes, external_id=str(task.get("id", ""))[:200], extra=extra)


def _objects(value: Any) -> list[dict[str, Any]]:
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise Fault("invalid", say("A list of objects is expected."))
    return value


def _owner(annotation: dict[str, Any]) -> str:
    whom = annotation.get("completed_by")
    if isinstance(whom, dict):
        whom = whom.get("email") or whom.get("username") or whom.get("id")
    return NOBODY if whom in (None, "") else str(whom)


def _value(result: dict[str, Any]) -> dict[str, Any]:
    value = result.get("value")
    return value if isinstance(value, dict) else {}


def _labels(result: dict[str, Any]) -> list[str]:
    value = _value(result)
    found = next((value[each] for each in LABELS if each in value), None)
    return [str(each) for each in found] if isinstance(found, list) else []


def _quotes(annotation: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
    for each in _objects(annotation.get("result")):
        value = _value(each)
        start, end, quote = value.get("start"), value.get("end"), value.get("text")
        if type(start) is int and type(end) is int and isinstance(quote, str):
            yield start, end, quote


def _read(marks: Marks, counted: Counted, results: list[dict[str, Any]]) -> None:
    for each in results:
        for at, label in enumerate(_labels(each)):
            value = _value(each)
            quote = value.get("text") if isinstance(value.get("text"), str) else None
            place = counted.place(value.get("start"), value.get("end"), quote)
            name = str(each.get("id"))
            # A region with two labels is two spans.
            marks.span(f"{name} {label}" if at else name, label, [place])
    left = 0
    for number, each in enumerate(results):
        if each.get("type") == "relation":
            _relation(marks, each, number)
        elif not _labels(each):
            left += not _give(marks, each)
    if left:
        marks.notes.append(say("What is said of the whole text is not taken: {count}.", count=left))


def _relation(marks: Marks, raw: dict[str, Any], number: int) -> None:
    ends = str(raw.get("from_id")), str(raw.get("to_id"))
    one, other = ends[::-1] if raw.get("direction") == "left" else ends
    labels = raw.get("labels")
    kinds = [str(each) for each in labels] if isinstance(labels, list) and labels else ["related"]
    for kind in kinds:
        marks.relation(f"{number} {kind}", kind, one, other)


def _give(marks: Marks, raw: dict[str, Any]) -> bool:
    """Give a region what was chosen or written for it; False where it is of the whole text."""
    name, kind = str(raw.get("id")), str(raw.get("type"))
    value = _value(raw).get("text" if kind == "textarea" else kind)
    if name not in marks.spans or value is None:
        return False
    if isinstance(value, list) and len(value) == 1:
        (value,) = value
    marks.give(name, str(raw.get("from_name") or kind), value)
    return True
