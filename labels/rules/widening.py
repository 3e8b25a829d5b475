"""What imported sets use and a scheme lacks: gathered set by set, then proposed as its next version.

A name that a scheme cannot have is spelt so that it can; the name as the file has it becomes the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, TypeVar

from ..columnar import Spans, columns
from ..errors import Invalid
from ..records import AnnotationSet, Relation, Span
from ..words import say
from .scheme import NAME, Scheme

MOST_NAMES = 500
"""New labels, relation types and attributes of one import: more are data in the wrong place."""
MOST_VALUES = 50
"""Different values up to which an attribute is a choice, and not a text."""
LONGEST_VALUE = 100
LONGEST_TITLE = 150

Unit = TypeVar("Unit", Span, Relation)


@dataclass(slots=True)
class Values:
    """The values of an attribute that the scheme lacks: their types, and the texts while they are few."""

    types: set[str] = field(default_factory=set)
    texts: dict[str, None] = field(default_factory=dict)

    def add(self, value: Any) -> None:
        """Take a value in."""
        several = isinstance(value, list) and all(isinstance(each, str) for each in value)
        self.types.add("choices" if several else type(value).__name__)
        texts = value if several else [value]
        for each in texts:
            if isinstance(each, str) and len(self.texts) <= MOST_VALUES:
                self.texts[each[: LONGEST_VALUE + 1]] = None

    def definition(self) -> dict[str, Any]:
        """Return type and values, as a scheme says them."""
        if self.types in ({"bool"}, {"int"}):
            return {"type": "boolean" if self.types == {"bool"} else "integer"}
        few = 0 < len(self.texts) <= MOST_VALUES and all(
            each and len(each) <= LONGEST_VALUE for each in self.texts
        )
        if few and self.types in ({"str"}, {"choices"}):
            kind = "choice" if self.types == {"str"} else "choices"
            return {"type": kind, "values": list(self.texts)}
        return {"type": "text"}


@dataclass(slots=True)
class Unknown:
    """What sets use beyond `scheme`. `spelt` gives the name in the scheme for each of a file's."""

    scheme: Scheme
    labels: dict[str, None] = field(default_factory=dict)
    relations: dict[str, tuple[dict[str, None], dict[str, None]]] = field(default_factory=dict)
    attributes: dict[tuple[str, str, str], Values] = field(default_factory=dict)
    """By the list of their owner in a scheme, its name and their own."""
    spelt: dict[str, str] = field(default_factory=dict)

    def take(self, given: AnnotationSet) -> AnnotationSet:
        """Gather from a set, and return it with names that a scheme can have. Raises `Invalid`."""
        if self._is_known(given):
            return given
        spans = [self._span(each) for each in given.spans]
        labels = {each.id: each.label for each in spans} if given.relations else {}
        relations = [self._relation(each, labels) for each in given.relations]
        if len(self.labels) + len(self.relations) + len(self.attributes) > MOST_NAMES:
            raise Invalid(
                say(
                    "There are more than {most} labels, relation types and attributes that the "
                    "scheme does not have. Something that is no label seems to be read as one.",
                    most=MOST_NAMES,
                )
            )
        if spans == list(given.spans) and relations == given.relations:
            return given
        return replace(given, spans=Spans.of(spans), relations=relations)

    def _is_known(self, given: AnnotationSet) -> bool:
        """Whether a set has but labels that came before and that are the scheme's: then no span has to be made."""
        found, there = columns(given.spans), self.scheme.labels
        return (
            not given.relations
            and not any(found.attributes)
            and all(self.spelt.get(each) == each and each in there for each in {*found.labels})
        )

    def _span(self, span: Span) -> Span:
        label = self._name(span.label)
        known = self.scheme.labels.get(label)
        if known is None:
            self.labels[label] = None
        if span.attributes:
            span = self._attributes(span, ("labels", label), known.attributes if known else {})
        return span if label == span.label else span._replace(label=label)

    def _relation(self, link: Relation, labels: Mapping[Any, str]) -> Relation:
        name = self._name(link.type)
        known = self.scheme.relations.get(name)
        if known is None:
            ends = self.relations.setdefault(name, ({}, {}))
            ends[0][labels[link.source]] = ends[1][labels[link.target]] = None
        if link.attributes:
            link = self._attributes(link, ("relations", name), known.attributes if known else {})
        return link if name == link.type else link._replace(type=name)

    def _attributes(self, unit: Unit, owner: tuple[str, str], known: Mapping[str, Any]) -> Unit:
        named = {self._name(name): value for name, value in unit.attributes.items()}
        for name, value in named.items():
            if name not in known and value is not None:
                self.attributes.setdefault((*owner, name), Values()).add(value)
        return unit if named == unit.attributes else unit._replace(attributes=named)

    def _name(self, given: str) -> str:
        found = self.spelt.get(given)
        if found is None:
            found = self.spelt[given] = given if NAME.match(given) else self._spell(given)
        return found

    def _spell(self, given: str) -> str:
        name = re.sub(r"[^A-Za-z0-9_.-]+", "_", given).strip("_.-")[:80]
        if not NAME.match(name):
            name = f"L_{name}" if name else "L"
        if len(name) == 1 or name in self.spelt.values():
            name = f"{name}_{sha256(given.encode()).hexdigest()[:8]}"
        return name

    @property
    def renamed(self) -> dict[str, str]:
        """The file's names that had to be spelt differently."""
        return {given: name for given, name in self.spelt.items() if given != name}

    def __bool__(self) -> bool:
        return bool(self.labels or self.relations or self.attributes)

    def sentences(self) -> list[str]:
        """Say what the next version of the scheme gets, for the report of an import."""
        known = {each.casefold(): each for each in self.scheme.labels}
        said = [_label(name, known.get(name.casefold(), "")) for name in self.labels]
        said += [
            say(
                "Relation {name}, from {one} to {other}",
                name=name,
                one=_all(one),
                other=_all(other),
            )
            for name, (one, other) in self.relations.items()
        ]
        said += [
            say("Attribute {name} of {owner}", name=name, owner=owner)
            for _, owner, name in self.attributes
        ]
        renamed = self.renamed.items()
        return said + [say("“{old}” is written {new}", old=old, new=new) for old, new in renamed]


def _label(name: str, like: str) -> str:
    """Say that a label is new, and which one is there that is written alike: they may be meant to be one."""
    if like:
        return say("Label {name}, beside {like} that the scheme has", name=name, like=like)
    return say("Label {name}", name=name)


def _all(names: Iterable[str]) -> str:
    return ", ".join(names)


def widened(definition: Mapping[str, Any], unknown: Unknown) -> dict[str, Any]:
    """Return a scheme's definition with what was gathered added at the end of its lists."""
    made = deepcopy(dict(definition))
    titles = {name: given for given, name in unknown.renamed.items()}
    labels = made["labels"]
    relations = made.setdefault("relations", [])
    there = {each["name"] for each in labels}
    labels += [_named(name, titles) for name in unknown.labels if name not in there]
    there = {each["name"] for each in relations}
    for name, (sources, targets) in unknown.relations.items():
        if name not in there:
            relations.append(_named(name, titles) | {"from": list(sources), "to": list(targets)})
    owners = {(kind, each["name"]): each for kind in ("labels", "relations") for each in made[kind]}
    for (kind, owner, name), values in unknown.attributes.items():
        beside = owners[kind, owner].setdefault("attributes", [])
        if all(each["name"] != name for each in beside):
            beside.append(_named(name, titles) | values.definition())
    return made


def _named(name: str, titles: Mapping[str, str]) -> dict[str, Any]:
    title = titles.get(name, "").strip()[:LONGEST_TITLE]
    return {"name": name, "title": title} if title else {"name": name}
