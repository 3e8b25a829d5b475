"""Label Studio: the JSON export with tasks, each with its annotations, and the short one, JSON-MIN.

Each annotation becomes an imported set of who completed it. Taken are labelled regions, relations, and what was chosen or
written for a region, as its attributes. Offsets that count UTF-16 units, as older versions did, are found by the text of
each region, converted, and it is said. Predictions are counted in the report and not taken: they are no person's work.
JSON-MIN has no relations; what was chosen there is kept beside the text. Regions of web pages are not read.

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
from ._marks import Counted, Marks, Place, article, text_of
from ._objects import objects
from ._reading import Fault, taken

TASK = re.compile(rb'"data"\s*:\s*\{')
RESULTS = re.compile(rb'"(?:annotations|completions|predictions)"\s*:')
BARE = re.compile(rb'\[?\s*\{\s*(?:"id"\s*:\s*\d+\s*,\s*)?"data"\s*:\s*\{')
"""How tasks begin that nobody has worked at."""
SHORT = re.compile(rb'"annotation_id"\s*:\s*\d')
KEPT_BY_SHORT = {"id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time"}
"""What JSON-MIN says beside the data of a task and what was answered."""
NOBODY = "label-studio"
LABELS = ("labels", "hypertextlabels")


def recognises(head: bytes, name: str) -> str | None:  # noqa: ARG001 - others look at it
    """Take tasks that have data and annotations."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n[")
    if start[:1] != b"{":
        return None
    if (TASK.search(head) and RESULTS.search(head)) or BARE.match(start):
        return say("Label Studio, because its tasks have data and annotations")
    if SHORT.search(head) and b'"annotator"' in head:
        return say("Label Studio, because its lines have the numbers of annotations")
    return None


def read(source: BinaryIO, name: str) -> Iterator[Article | BadItem]:
    """Yield an article for each task."""
    nothing = BadItem(name, "empty_file", say("There is no task in it."))
    yield from taken(
        objects(source),
        lambda task: _article(_task(task)),
        lambda number: say("{where}, task {number}", where=name, number=number),
        nothing=nothing,
    )


def _task(found: dict[str, Any]) -> dict[str, Any]:
    """Return a task; one of JSON-MIN, where data and answers stand side by side, as the whole export has it."""
    if "data" in found or "annotation_id" not in found:
        return found
    data = {name: value for name, value in found.items() if name not in KEPT_BY_SHORT}
    regions = {name: value for name, value in data.items() if _are_regions(value)}
    results = [
        {"id": f"{name} {at}", "value": each}
        for name, value in regions.items()
        for at, each in enumerate(value)
    ]
    annotation = {"completed_by": found.get("annotator"), "result": results}
    rest = {name: value for name, value in data.items() if name not in regions}
    return {"id": found.get("id", ""), "data": rest, "annotations": [annotation]}


def _are_regions(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(each, dict) and {"start", "end"} <= each.keys() for each in value
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
    counted = Counted(data[key], form=_written)
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


def _written(quote: str) -> str:
    """Return a quote as regions have it, whose ends of lines are written with a backslash."""
    return quote.replace("\r", "\n").replace("\\n", "\n")


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
            name = str(each.get("id"))
            # A region with two labels is two spans.
            name = f"{name} {label}" if at else name
            marks.span(name, label, [_place(counted, _value(each))], _noted(each))
    regions = whole = 0
    for number, each in enumerate(results):
        if each.get("type") == "relation":
            _relation(marks, each, number)
        elif not _labels(each) and not _give(marks, each):
            regions += "start" in _value(each)
            whole += "start" not in _value(each)
    if regions:
        marks.notes.append(
            say(
                "Regions without a label, or of another kind, are not taken: {count}.",
                count=regions,
            )
        )
    if whole:
        marks.notes.append(
            say("What is said of the whole text is not taken: {count}.", count=whole)
        )


def _noted(region: dict[str, Any]) -> dict[str, Any]:
    """Return what somebody noted beside a region."""
    meta = region.get("meta")
    said = meta.get("text") if isinstance(meta, dict) else None
    texts = [each for each in (said if isinstance(said, list) else [said]) if isinstance(each, str)]
    return {"note": "\n".join(texts)} if texts else {}


def _place(counted: Counted, value: dict[str, Any]) -> Place:
    if isinstance(value.get("start"), str):
        raise Fault(
            "bad_offsets", say("This is a region of a web page. Only those of plain text are read.")
        )
    quote = value.get("text") if isinstance(value.get("text"), str) else None
    return counted.place(value.get("start"), value.get("end"), quote)


def _relation(marks: Marks, raw: dict[str, Any], number: int) -> None:
    ends = str(raw.get("from_id")), str(raw.get("to_id"))
    one, other = ends[::-1] if raw.get("direction") == "left" else ends
    labels = raw.get("labels")
    kinds = [str(each) for each in labels] if isinstance(labels, list) and labels else ["related"]
    for kind in kinds:
        marks.relation(f"{number} {kind}", kind, one, other)
        if raw.get("direction") == "bi":
            marks.relation(f"{number} {kind} back", kind, other, one)


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
