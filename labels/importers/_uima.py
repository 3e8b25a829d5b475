"""UIMA's common analysis structure (CAS) as units that refer to each other, and the article that they make.

It is read here and not by the library that writes it: that makes classes of the types that a stranger names, and
its parser of XML follows entities. Offsets count UTF-16.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid5

import orjson

from ..records import Article
from ..words import say
from ._marks import NAMESPACE, Counted, Marks, Place, article, text_of
from ._native import article as native
from ._reading import Fault

VIEW = "_InitialView"
DOCUMENT, SPAN, LINK = "galley.Document", "galley.Span", "galley.Link"
ARRAY = "FSArray"
ELEMENTS = "elements"
"""The feature of an array, whether its elements are plain values or other units."""
PLAIN = tuple(
    f"uima.cas.{each}"
    for each in ("String", "Boolean", "Byte", "Short", "Integer", "Long", "Float", "Double")
)
"""How types of plain values begin, and of arrays of them: what is of another leads to units."""
ENDS = ("Governor", "Dependent")
OWN = {"sofa", "begin", "end", *ENDS}
OF_GALLEY = OWN | {"fragments", "label", "identifier", "record", "json"}
NAMES = ("label", "value", "DependencyType")
"""Features that say what a unit is, where a layer has one."""
NOT_LAYERS = (
    "uima.",
    "galley.",
    "de.tudarmstadt.ukp.clarin.webanno.api.type.",
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.",
    "de.tudarmstadt.ukp.dkpro.core.api.metadata.",
    "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.",
    "de.tudarmstadt.ukp.dkpro.core.api.transform.",
)
"""Types of what programs say of every word, and of the file."""
METADATA = "DocumentMetaData"

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Unit:
    """A feature structure: its type by its whole name, its plain features, and those that refer to others."""

    id: str
    type: str
    features: Mapping[str, Any]
    refers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def short(self) -> str:
        """The last part of the type's name."""
        return self.type.rpartition(".")[2]


class Cas:
    """A text with units."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units = {each.id: each for each in units}
        text = self._text()
        self.canonical = text_of(text)
        self.counted = Counted(text, "utf16")

    def _text(self) -> str:
        views = [each.features for each in self.units.values() if each.short == "Sofa"]
        views.sort(key=lambda each: each.get("sofaID") != VIEW)
        for each in views:
            if isinstance(each.get("sofaString"), str):
                return str(each["sofaString"])
        raise Fault("empty_file", say("There is no text in it."))

    def place(self, unit: Unit) -> Place:
        """Return where a unit is, in code points. Raises `Fault`."""
        return self.counted.place(*(_number(unit.features.get(each)) for each in ("begin", "end")))

    def led(self, unit: Unit, name: str) -> Iterator[Unit]:
        """Yield the units that a feature leads to; those of an array one by one."""
        for each in unit.refers.get(name, ()):
            found = self.units.get(each)
            if found and found.short == ARRAY:
                yield from (
                    self.units[x] for x in found.refers.get("elements", ()) if x in self.units
                )
            elif found:
                yield found

    def values(self, unit: Unit, name: str) -> list[Any]:
        """Return the plain values of the array that a feature leads to."""
        found = (self.units.get(each) for each in unit.refers.get(name, ()))
        return [x for each in found if each for x in each.features.get(ELEMENTS, ())]

    def end(self, unit: Unit, name: str) -> Unit:
        """Return the one unit that a feature leads to. Raises `Fault`."""
        found = next(self.led(unit, name), None)
        if found is None:
            raise Fault(
                "unknown_unit",
                say("“{name}” joins “{end}”, which is not there.", name=unit.id[:60], end=name),
            )
        return found


def _number(value: Any) -> Any:
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 10:  # noqa: PLR2004 - as long as a text can be
        return int(value)
    return value


def article_of(cas: Cas, annotator: str) -> Article:
    """Return the article with the set that a file has. Raises `Fault`."""
    document = next((each for each in cas.units.values() if each.type == DOCUMENT), None)
    return _galley(cas, document) if document else _of_others(cas, annotator)


# What Galley has written


def _galley(cas: Cas, document: Unit) -> Article:
    record = _record(document)
    text = cas.canonical.text
    line: Payload = {
        "article": {**_object(record.get("article")), "text": text},
        "annotation_sets": [],
    }
    if "set" in record:
        own = _object(record["set"])
        line["annotation_sets"] = [
            _requoted(own, text)
            | {
                "spans": [_span(cas, each) for each in cas.units.values() if each.type == SPAN],
                "relations": [_link(cas, each) for each in cas.units.values() if each.type == LINK],
            }
        ]
    return native(line)


def _span(cas: Cas, unit: Unit) -> Payload:
    parts = sorted(cas.place(each) for each in cas.led(unit, "fragments")) or [cas.place(unit)]
    text = cas.canonical.text
    fragments = [{"start": at, "end": end, "quote": text[at:end]} for at, end in parts]
    return _unit(cas, unit) | {"label": unit.features.get("label"), "fragments": fragments}


def _link(cas: Cas, unit: Unit) -> Payload:
    source, target = (_identity(cas, cas.end(unit, each)) for each in ENDS)
    kind = unit.features.get("label")
    return _unit(cas, unit) | {"type": kind, "from": source, "to": target}


def _unit(cas: Cas, unit: Unit) -> Payload:
    coded = str(unit.features.get("json") or "").split()
    attributes = {
        _attribute(name): _value(value) if name in coded else value
        for name, value in unit.features.items()
        if name not in OF_GALLEY and value is not None
    }
    told = _requoted(_record(unit), cas.canonical.text)
    return told | {"id": _identity(cas, unit), "attributes": attributes}


def _identity(cas: Cas, unit: Unit) -> str:
    """Return the id of a unit; one that was added elsewhere gets the same each time."""
    given = unit.features.get("identifier")
    made = uuid5(NAMESPACE, f"{cas.canonical.text_sha256} uima {unit.id}")
    return str(given or made)


def _attribute(name: str) -> str:
    if not name.startswith("x_"):
        return name
    try:
        return bytes.fromhex(name[2:]).decode()
    except ValueError:
        return name


def _value(text: Any) -> Any:
    try:
        return orjson.loads(text)
    except (orjson.JSONDecodeError, TypeError):
        return text


def _record(unit: Unit) -> Payload:
    given = unit.features.get("record")
    return _object(_value(given)) if given else {}


def _object(value: Any) -> Payload:
    if not isinstance(value, dict):
        raise Fault("bad_json", say("A record of Galley’s in it is no JSON object."))
    return value


def _requoted(told: Payload, text: str) -> Payload:
    """Have verdicts quote the text as it is here: in XML a blank stands for what that cannot hold."""
    for review in _objects(told.get("reviews")):
        for proposal in _objects([review.get("proposal")]):
            for each in _objects(proposal.get("fragments")):
                if type(each.get("start")) is int and type(each.get("end")) is int:
                    each["quote"] = text[max(0, each["start"]) : max(0, each["end"])]
    return told


def _objects(value: Any) -> list[Payload]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


# What others have written


def _of_others(cas: Cas, annotator: str) -> Article:
    marks = Marks(cas.canonical, annotator)
    links = [each for each in cas.units.values() if _is_layer(each) and _joins(each)]
    ends = {end.id for each in links for name in ENDS for end in cas.led(each, name)}
    hosts: list[tuple[Unit, str]] = []
    for each in cas.units.values():
        if each.id in ends or (_is_layer(each) and "begin" in each.features and not _joins(each)):
            place = cas.place(each)
            if place[0] == place[1]:
                marks.notes.append(
                    say(
                        "“{name}” ({label}) is on no text: left out.",
                        name=each.id,
                        label=_label(each),
                    )
                )
                continue
            marks.span(each.id, _label(each), [place], _attributes(cas, each))
            hosts += [(each, name) for name in each.refers]
    for each in links:
        source, target = (cas.end(each, name).id for name in ENDS)
        if marks.spans.keys() >= {source, target}:
            marks.relation(each.id, _label(each), source, target, _attributes(cas, each))
    for unit, name in hosts:
        _slots(cas, marks, unit, name)
    notes = [*cas.counted.notes, *_of_no_place(cas)]
    return article(cas.canonical, [marks] if marks.spans else [], notes, title=_title(cas))


def _of_no_place(cas: Cas) -> Iterator[str]:
    """Say how much is said of the text as a whole: nothing leads there, and it leads to no span."""
    led = {each for unit in cas.units.values() for ids in unit.refers.values() for each in ids}
    count = sum(
        _is_layer(each)
        and "begin" not in each.features
        and each.id not in led
        and not each.refers.keys() - OWN
        for each in cas.units.values()
    )
    if count:
        yield say("What is said of the whole text is not taken: {count}.", count=count)


def _slots(cas: Cas, marks: Marks, unit: Unit, name: str) -> None:
    """Take as links what a span leads to: other spans, or slots, which have a role and lead to one."""
    for number, host in enumerate(cas.led(unit, name)):
        role = str(host.features.get("role") or name)
        for target in [host] if host.id in marks.spans else cas.led(host, "target"):
            if target.id in marks.spans:
                kind = name if target is host else role
                marks.relation(f"{unit.id} {name} {number}", kind, unit.id, target.id)


def _is_layer(unit: Unit) -> bool:
    return not unit.type.startswith(NOT_LAYERS)


def _joins(unit: Unit) -> bool:
    return all(each in unit.refers for each in ENDS)


def _named(unit: Unit) -> str:
    return next((each for each in NAMES if unit.features.get(each)), "")


def _label(unit: Unit) -> str:
    name = _named(unit)
    return str(unit.features[name]) if name else unit.short


def _attributes(cas: Cas, unit: Unit) -> Payload:
    slots = {name for name in unit.refers if any(_is_slot(x) for x in cas.led(unit, name))}
    skipped = OWN | slots | {_named(unit)}
    lists = {name: cas.values(unit, name) for name in unit.refers}
    return {
        name: value
        for name, value in [*unit.features.items(), *lists.items()]
        if name not in skipped and value not in (None, "", [])
    }


def _is_slot(unit: Unit) -> bool:
    return "target" in unit.refers or "begin" in unit.features


def _title(cas: Cas) -> str:
    given = (
        each.features.get("documentTitle") for each in cas.units.values() if each.short == METADATA
    )
    return str(next(given, "") or "")
