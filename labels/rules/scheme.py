"""What a scheme may say, and the scheme as frozen records.

A scheme is JSON (DESIGN, section 7; docs/scheme.md explains each key). `parse` turns it into records or
refuses it with every fault at its place. A *condition* `{attribute: [values]}` holds when each attribute has
one of its values; `null` among the values stands for "no value", `"*"` for "any value".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import regex

from ..errors import BadScheme, LabelRetired, UnknownLabel, UnknownRelation
from ..words import say, say_many

Condition = Mapping[str, tuple[Any, ...]]

OVERLAPS = ("nest", "none", "free")
TYPES = ("choice", "choices", "ordinal", "boolean", "integer", "text", "identifier", "span")
WITH_VALUES = ("choice", "choices", "ordinal")
NAME = re.compile(r"^[A-Za-z][A-Za-z0-9_.-]{0,99}$")
LONGEST_NAME = 150
ANY = "*"

LABEL_KEYS = {"name", "title", "key", "overlap", "attributes", "help", "retired"}
RELATION_KEYS = LABEL_KEYS - {"overlap", "retired"} | {
    "from",
    "to",
    "symmetric",
    "same_label",
    "min",
    "max",
    "to_min",
    "required",
    "forbidden",
}
ATTRIBUTE_KEYS = {
    "name",
    "title",
    "type",
    "values",
    "titles",
    "more",
    "labels",
    "pattern",
    "min",
    "max",
    "required",
    "forbidden",
    "key",
    "help",
    "default",
}


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a label or relation. `required` may depend on other attributes of the unit."""

    name: str
    title: str
    type: Literal[
        "choice", "choices", "ordinal", "boolean", "integer", "text", "identifier", "span"
    ]
    values: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    pattern: str = ""
    min: int | None = None
    max: int | None = None
    required: bool | Condition = False
    forbidden: Condition | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A span label. `overlap` says how spans of this one label may lie to each other."""

    name: str
    title: str
    overlap: Literal["nest", "none", "free"]
    attributes: Mapping[str, Attribute]
    retired: bool = False
    """Spans that have it keep it; no other gets it."""


@dataclass(frozen=True, slots=True)
class RelationType:
    """A relation type; `min`, `max`, `required`, `forbidden` look from its first end, `to_min` from its second."""

    name: str
    title: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    symmetric: bool
    same_label: bool
    min: int
    max: int | None
    to_min: int
    required: Condition | None
    forbidden: Condition | None
    attributes: Mapping[str, Attribute]

    def joins(self, source: str, target: str) -> bool:
        """Whether the scheme joins these two labels, in this order or, if symmetric, in either."""
        if self.same_label and source != target:
            return False
        forward = source in self.sources and target in self.targets
        return forward or (self.symmetric and target in self.sources and source in self.targets)


@dataclass(frozen=True, slots=True)
class Scheme:
    """A parsed scheme version."""

    name: str
    labels: Mapping[str, Label]
    relations: Mapping[str, RelationType]

    def label(self, name: str) -> Label:
        """Return a label, or refuse its name."""
        if name not in self.labels:
            known = ", ".join(self.labels)
            raise UnknownLabel(
                say(
                    "“{name}” is not a label of the scheme. It has: {known}.",
                    name=name,
                    known=known,
                )
            )
        return self.labels[name]

    def offered(self, name: str) -> Label:
        """Return a label that a span may be given, or refuse its name."""
        found = self.label(name)
        if found.retired:
            said = say(
                "{label} is no longer used in this project. Choose another label.",
                label=found.title,
            )
            raise LabelRetired(said, errors=[{"field": "label", "code": LabelRetired.code}])
        return found

    def relation(self, name: str) -> RelationType:
        """Return a relation type, or refuse its name."""
        if name not in self.relations:
            known = ", ".join(self.relations) or "none"
            raise UnknownRelation(
                say(
                    "“{name}” is not a relation of the scheme. It has: {known}.",
                    name=name,
                    known=known,
                )
            )
        return self.relations[name]


def holds(condition: Condition, attributes: Mapping[str, Any]) -> bool:
    """Tell whether a condition is met by a unit's attributes."""
    return all(_matches(attributes.get(name), values) for name, values in condition.items())


def _matches(value: Any, values: tuple[Any, ...]) -> bool:
    if value is None or value == []:
        return None in values
    if ANY in values:
        return True
    given = value if isinstance(value, list) else [value]
    # True == 1 in Python, but not in a scheme.
    return any(type(one) is type(other) and one == other for one in given for other in values)


def parse(definition: Any) -> Scheme:
    """Turn a definition into a scheme, or raise `BadScheme` naming every fault."""
    faults: list[dict[str, str]] = []
    scheme = _Reader(faults).scheme(definition)
    if faults:
        first = faults[0]
        raise BadScheme(
            say_many(
                "{number} fault. The first, at {place}: {fault}",
                "{number} faults. The first, at {place}: {fault}",
                len(faults),
                place=first["field"],
                fault=first["message"],
            ),
            errors=faults,
        )
    return scheme


class _Reader:
    """Reads a definition and notes each fault with its place, so that one check shows all of them."""

    def __init__(self, faults: list[dict[str, str]]) -> None:
        self.faults = faults

    def fault(self, place: str, message: str) -> None:
        self.faults.append({"field": place, "code": "bad_scheme", "message": message})

    def scheme(self, raw: Any) -> Scheme:
        if not isinstance(raw, dict):
            self.fault(
                "(scheme)", say("A scheme is a JSON object with name, labels and relations.")
            )
            return Scheme("", {}, {})
        self.unknown(
            "(scheme)", raw, {"name", "version", "labels", "relations", "guideline", "description"}
        )
        name = self.text("name", raw.get("name"))
        labels = [
            self.label(f"labels[{i}]", each) for i, each in enumerate(self.rows("labels", raw, 1))
        ]
        self.unique("labels", [label.name for label in labels])
        self.keys("labels", raw.get("labels"))
        names = {label.name for label in labels}
        relations = [
            self.relation(f"relations[{i}]", each, names)
            for i, each in enumerate(self.rows("relations", raw))
        ]
        self.unique("relations", [relation.name for relation in relations])
        for i, label in enumerate(labels):
            self.references(f"labels[{i}]", label.attributes, names)
        if not isinstance(raw.get("guideline", ""), (str, dict)):
            self.fault("guideline", say("A guideline is text, or an object with a text per label."))
        return Scheme(
            name, {each.name: each for each in labels}, {each.name: each for each in relations}
        )

    def label(self, place: str, raw: Any) -> Label:
        raw = self.record(place, raw, LABEL_KEYS)
        name = self.name(place, raw)
        overlap = raw.get("overlap", "free")
        if overlap not in OVERLAPS:
            self.fault(f"{place}.overlap", say("Choose one of {names}.", names=", ".join(OVERLAPS)))
        title, retired = str(raw.get("title") or name), bool(raw.get("retired", False))
        return Label(name, title, overlap, self.attributes(place, raw), retired)

    def relation(self, place: str, raw: Any, labels: set[str]) -> RelationType:
        raw = self.record(place, raw, RELATION_KEYS)
        name = self.name(place, raw)
        ends = {
            end: tuple(str(each) for each in self.rows(end, raw, 1, place))
            for end in ("from", "to")
        }
        for end, names in ends.items():
            for each in set(names) - labels:
                self.fault(f"{place}.{end}", say("There is no label “{label}”.", label=each))
        attributes = self.attributes(place, raw)
        self.references(place, attributes, labels)
        return RelationType(
            name=name,
            title=str(raw.get("title") or name),
            sources=ends["from"],
            targets=ends["to"],
            symmetric=bool(raw.get("symmetric", False)),
            same_label=bool(raw.get("same_label", False)),
            min=self.count(f"{place}.min", raw.get("min")) or 0,
            max=self.count(f"{place}.max", raw.get("max")),
            to_min=self.count(f"{place}.to_min", raw.get("to_min")) or 0,
            required=self.condition(f"{place}.required", raw.get("required")),
            forbidden=self.condition(f"{place}.forbidden", raw.get("forbidden")),
            attributes=attributes,
        )

    def attributes(self, place: str, raw: Mapping[str, Any]) -> dict[str, Attribute]:
        found = [
            self.attribute(f"{place}.attributes[{i}]", each)
            for i, each in enumerate(self.rows("attributes", raw, 0, place))
        ]
        names = [each.name for each in found]
        self.unique(f"{place}.attributes", names)
        for each in found:
            conditions = [each.required, each.forbidden]
            for condition in conditions:
                for other in set(condition if isinstance(condition, Mapping) else ()) - set(names):
                    self.fault(
                        f"{place}.{each.name}",
                        say("There is no attribute “{other}” beside it.", other=other),
                    )
        return {each.name: each for each in found}

    def attribute(self, place: str, raw: Any) -> Attribute:
        raw = self.record(place, raw, ATTRIBUTE_KEYS)
        name = self.name(place, raw)
        kind = raw.get("type")
        if kind not in TYPES:
            self.fault(f"{place}.type", say("Choose one of {names}.", names=", ".join(TYPES)))
            kind = "text"
        values = tuple(str(each) for each in self.rows("values", raw, 0, place))
        if kind in WITH_VALUES:
            if not values:
                self.fault(f"{place}.values", say("List the values to choose from."))
            self.unique(f"{place}.values", values)
        pattern = str(raw.get("pattern") or "")
        try:
            regex.compile(pattern)
        except (regex.error, RecursionError) as error:
            self.fault(f"{place}.pattern", say("Not a regular expression: {error}.", error=error))
        required = raw.get("required", False)
        return Attribute(
            name=name,
            title=str(raw.get("title") or name),
            type=kind,
            values=values,
            labels=tuple(str(each) for each in self.rows("labels", raw, 0, place)),
            pattern=pattern,
            min=self.whole(f"{place}.min", raw.get("min")),
            max=self.whole(f"{place}.max", raw.get("max")),
            required=required
            if isinstance(required, bool)
            else self.condition(f"{place}.required", required) or False,
            forbidden=self.condition(f"{place}.forbidden", raw.get("forbidden")),
        )

    def condition(self, place: str, raw: Any) -> Condition | None:
        if raw is None or raw is False:
            return None
        when = raw.get("when") if isinstance(raw, dict) and set(raw) == {"when"} else None
        if not isinstance(when, dict) or not all(isinstance(each, list) for each in when.values()):
            self.fault(place, say('Write {{"when": {{"attribute": ["value", …]}}}}.'))
            return None
        return {str(name): tuple(values) for name, values in when.items()}

    def references(self, place: str, attributes: Mapping[str, Attribute], labels: set[str]) -> None:
        for attribute in attributes.values():
            for each in set(attribute.labels) - labels:
                self.fault(
                    f"{place}.{attribute.name}", say("There is no label “{label}”.", label=each)
                )

    def record(self, place: str, raw: Any, known: set[str]) -> dict[str, Any]:
        if not isinstance(raw, dict):
            self.fault(place, say("An object is expected."))
            return {}
        self.unknown(place, raw, known)
        return raw

    def unknown(self, place: str, raw: dict[str, Any], known: set[str]) -> None:
        for key in sorted(set(raw) - known):
            self.fault(
                f"{place}.{key}",
                say(
                    "“{key}” is not known here. Known: {names}.",
                    key=key,
                    names=", ".join(sorted(known)),
                ),
            )

    def name(self, place: str, raw: Mapping[str, Any]) -> str:
        name = raw.get("name")
        if not isinstance(name, str) or not NAME.match(name):
            self.fault(f"{place}.name", say("A name is a letter, then letters, digits, _ . or -."))
            return str(name)
        return name

    def text(self, place: str, value: Any) -> str:
        if not isinstance(value, str) or not value.strip():
            self.fault(place, say("Give a name."))
            return ""
        if len(value) > LONGEST_NAME:
            self.fault(place, say("At most {longest} characters.", longest=LONGEST_NAME))
        return value

    def rows(self, key: str, raw: Mapping[str, Any], least: int = 0, place: str = "") -> list[Any]:
        value = raw.get(key, [])
        where = f"{place}.{key}" if place else key
        if not isinstance(value, list):
            self.fault(where, say("A list is expected."))
            return []
        if len(value) < least:
            self.fault(where, say("At least one is needed."))
        return value

    def unique(self, place: str, names: Iterable[str]) -> None:
        for name, count in Counter(names).items():
            if count > 1:
                self.fault(
                    place, say("“{name}” stands here {count} times.", name=name, count=count)
                )

    def keys(self, place: str, raw: Any) -> None:
        keys = [each.get("key") for each in raw or () if isinstance(each, dict)]
        self.unique(f"{place}.key", [key for key in keys if isinstance(key, str)])

    def whole(self, place: str, value: Any) -> int | None:
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        self.fault(place, say("A whole number is expected."))
        return None

    def count(self, place: str, value: Any) -> int | None:
        number = self.whole(place, value)
        if number is not None and number < 0:
            self.fault(place, say("A count is not negative."))
        return number
