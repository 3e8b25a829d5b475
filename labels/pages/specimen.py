"""A scheme's definition as a page can print it: labels with their attributes, links, the guideline beside each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..words import say

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

SLOTS = 8
"""Hues that the style has; a ninth label takes the first again."""

KINDS = {
    "choice": pgettext_lazy("an attribute is", "one of"),
    "choices": pgettext_lazy("an attribute is", "any of"),
    "ordinal": pgettext_lazy("an attribute is", "one of, in this order"),
    "boolean": pgettext_lazy("an attribute is", "yes or no"),
    "integer": pgettext_lazy("an attribute is", "a whole number"),
    "text": pgettext_lazy("an attribute is", "a text"),
    "identifier": pgettext_lazy("an attribute is", "an identifier"),
    "span": pgettext_lazy("an attribute is", "a span"),
}
OVERLAPS = {
    "nest": _("One may stand within another."),
    "none": _("Two never overlap."),
    "free": _("They may overlap as they like."),
}

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of an attribute."""

    value: str
    title: str


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a label or link."""

    name: str
    title: str
    key: str
    kind: StrOrPromise
    rules: list[str]
    help: str
    values: list[Value]
    refers: bool
    """Its values are other spans."""
    splits: bool
    """It has one of some values, so that a label can be split by it."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label with its form, what may be said of it, and how it is to be used."""

    name: str
    title: str
    key: str
    slot: int
    help: str
    overlap: StrOrPromise
    retired: bool
    guideline: list[str]
    attributes: list[Attribute]


@dataclass(frozen=True, slots=True)
class Link:
    """A relation type with the labels that it joins."""

    name: str
    title: str
    symmetric: bool
    sources: list[Label]
    targets: list[Label]
    help: str
    guideline: list[str]
    attributes: list[Attribute]


@dataclass(frozen=True, slots=True)
class Specimen:
    """The whole scheme."""

    name: str
    version: int
    description: str
    labels: list[Label]
    links: list[Link]
    guideline: list[str]


def specimen(definition: Raw, version: int) -> Specimen:
    """Return a scheme's definition, which was checked when it was stored, for the page."""
    guide = definition.get("guideline") or ""
    parts: Raw = guide if isinstance(guide, Mapping) else {}
    labels = [_label(place, raw, parts) for place, raw in enumerate(definition["labels"])]
    known = {label.name: label for label in labels}
    return Specimen(
        name=definition["name"],
        version=version,
        description=definition.get("description", ""),
        labels=labels,
        links=[_link(raw, known, parts) for raw in definition.get("relations", ())],
        guideline=_paragraphs(guide) if isinstance(guide, str) else [],
    )


def _label(place: int, raw: Raw, guide: Raw) -> Label:
    return Label(
        name=raw["name"],
        title=raw.get("title") or raw["name"],
        key=raw.get("key", ""),
        slot=place % SLOTS + 1,
        help=raw.get("help", ""),
        overlap=OVERLAPS[raw.get("overlap", "free")],
        retired=bool(raw.get("retired", False)),
        guideline=_paragraphs(guide.get(raw["name"], "")),
        attributes=_attributes(raw),
    )


def _link(raw: Raw, labels: Mapping[str, Label], guide: Raw) -> Link:
    return Link(
        name=raw["name"],
        title=raw.get("title") or raw["name"],
        symmetric=bool(raw.get("symmetric")),
        sources=[labels[name] for name in raw["from"]],
        targets=[labels[name] for name in raw["to"]],
        help=raw.get("help", ""),
        guideline=_paragraphs(guide.get(raw["name"], "")),
        attributes=_attributes(raw),
    )


def _attributes(raw: Raw) -> list[Attribute]:
    rows = raw.get("attributes", ())
    titles = {each["name"]: each for each in rows}
    return [_attribute(each, titles) for each in rows]


def _attribute(raw: Raw, beside: Mapping[str, Raw]) -> Attribute:
    called = raw.get("titles", {})
    return Attribute(
        name=raw["name"],
        title=raw.get("title") or raw["name"],
        key=raw.get("key", ""),
        kind=_kind(raw),
        rules=_rules(raw, beside),
        help=raw.get("help", ""),
        values=[Value(each, called.get(each, each)) for each in raw.get("values", ())],
        refers=raw["type"] == "span",
        splits=raw["type"] in ("choice", "ordinal"),
    )


def _kind(raw: Raw) -> StrOrPromise:
    kind = KINDS[raw["type"]]
    low, high = raw.get("min"), raw.get("max")
    if raw["type"] == "integer" and low is not None and high is not None:
        return say("a whole number from {low} to {high}", low=low, high=high)
    return kind


def _rules(raw: Raw, beside: Mapping[str, Raw]) -> list[str]:
    """Say when the attribute is asked for, and when there is none."""
    rules = []
    needed, forbidden = raw.get("required"), raw.get("forbidden")
    if needed is True:
        rules.append(say("needed"))
    elif isinstance(needed, Mapping):
        rules.append(say("needed if {condition}", condition=_condition(needed["when"], beside)))
    if isinstance(forbidden, Mapping):
        when = _condition(forbidden["when"], beside)
        rules.append(say("not asked if {condition}", condition=when))
    return rules


def _condition(when: Raw, beside: Mapping[str, Raw]) -> str:
    said = []
    for name, values in when.items():
        attribute = beside.get(name, {})
        called = attribute.get("titles", {})
        words = [_value(each, called) for each in values]
        title = attribute.get("title") or name
        said.append(say("{attribute} is {value}", attribute=title, value=_either(words)))
    return say(" and ").join(said)


def _value(value: Any, called: Raw) -> str:
    if value is None:
        return say("empty")
    if value == "*":
        return say("filled in")
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    return say("“{value}”", value=called.get(value, value))


def _either(words: Sequence[str]) -> str:
    if len(words) == 1:
        return words[0]
    return say("{others} or {last}", others=say(", ").join(words[:-1]), last=words[-1])


def _paragraphs(text: str) -> list[str]:
    return [each.strip() for each in text.split("\n\n") if each.strip()]
