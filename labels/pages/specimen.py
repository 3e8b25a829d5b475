"""A scheme's definition as a page can print it: labels with their attributes, links, the guideline beside each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SLOTS = 8
"""Hues that the style has; a ninth label takes the first again."""

KINDS = {
    "choice": "one of",
    "choices": "any of",
    "ordinal": "one of, in this order",
    "boolean": "yes or no",
    "integer": "a whole number",
    "text": "a text",
    "identifier": "an identifier",
    "span": "a span",
}
OVERLAPS = {
    "nest": "One may stand within another.",
    "none": "Two never overlap.",
    "free": "They may overlap as they like.",
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
    kind: str
    rules: list[str]
    help: str
    values: list[Value]


@dataclass(frozen=True, slots=True)
class Label:
    """A label with its form, what may be said of it, and how it is to be used."""

    name: str
    title: str
    key: str
    slot: int
    help: str
    overlap: str
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
    )


def _kind(raw: Raw) -> str:
    kind = KINDS[raw["type"]]
    low, high = raw.get("min"), raw.get("max")
    if raw["type"] == "integer" and low is not None and high is not None:
        return f"{kind} from {low} to {high}"
    return kind


def _rules(raw: Raw, beside: Mapping[str, Raw]) -> list[str]:
    """Say when the attribute is asked for, and when there is none."""
    rules = []
    for name, always, sometimes in (
        ("required", "needed", "needed"),
        ("forbidden", "", "not asked"),
    ):
        rule = raw.get(name)
        if rule is True and always:
            rules.append(always)
        elif isinstance(rule, Mapping):
            rules.append(f"{sometimes} if {_condition(rule['when'], beside)}")
    return rules


def _condition(when: Raw, beside: Mapping[str, Raw]) -> str:
    said = []
    for name, values in when.items():
        attribute = beside.get(name, {})
        called = attribute.get("titles", {})
        words = [_value(each, called) for each in values]
        said.append(f"{attribute.get('title') or name} is {_either(words)}")
    return " and ".join(said)


def _value(value: Any, called: Raw) -> str:
    if value is None:
        return "empty"
    if value == "*":
        return "filled in"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"“{called.get(value, value)}”"


def _either(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _paragraphs(text: str) -> list[str]:
    return [each.strip() for each in text.split("\n\n") if each.strip()]
