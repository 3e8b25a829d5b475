"""Changing a scheme together with what is labelled by it: what may be asked, and what becomes of a unit.

A migration is JSON with a `kind`: *rename* a label, a relation, an attribute or a value; *merge* labels into one;
*split* a label by the values of an attribute, or, without one, by people; *retire* a label, or *restore* it.
*unmerge* takes a merge back, and is only made by `reverse`. What becomes of the scheme is in
`labels.rules.redefinition`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..errors import Invalid
from ..words import say
from .wording import known

MEMBERS = {
    "rename": {"label", "relation", "attribute", "value", "to", "title"},
    "merge": {"labels", "to", "overlap"},
    "split": {"label", "attribute", "into"},
    "retire": {"label"},
    "restore": {"label"},
}
"""What each kind may say."""
UNMERGE = "unmerge"
MOST_LABELS = 50


@dataclass(frozen=True, slots=True)
class Migration:
    """One change. Of an attribute or a value, `label` or `relation` is what has it.

    `into` leads from values, or, where people decide, from the new names themselves, to labels.
    """

    kind: str
    label: str = ""
    relation: str = ""
    attribute: str = ""
    value: str = ""
    to: str = ""
    title: str | None = None
    labels: tuple[str, ...] = ()
    overlap: str = ""
    into: Mapping[str, str] = field(default_factory=dict)

    @property
    def owner(self) -> str:
        """The label or relation that it is about."""
        return self.label or self.relation

    @property
    def asks(self) -> bool:
        """Whether people decide about each span."""
        return self.kind == "split" and not self.attribute

    @property
    def touched(self) -> tuple[str, ...]:
        """The labels whose spans it is about."""
        if self.kind == UNMERGE:
            return (self.to,)
        return self.labels or ((self.label,) if self.label else ())

    @property
    def reads(self) -> bool:
        """Whether what becomes of a unit depends on its attributes."""
        return bool(self.attribute)

    def span(
        self, label: str, attributes: Mapping[str, Any], was: str = ""
    ) -> tuple[str, Mapping[str, Any]]:
        """Return the label and attributes that a span has after it; `was` is its label before a merge."""
        if self.kind == "merge" and label in self.labels:
            return self.to, attributes
        if self.kind == UNMERGE and label == self.to and was in self.labels:
            return was, attributes
        if self.kind == "split" and label == self.label and self.attribute:
            return self.into.get(str(attributes.get(self.attribute)), label), attributes
        if self.kind == "rename" and self.label and label == self.label:
            return self._renamed(label, attributes)
        return label, attributes

    def link(self, kind: str, attributes: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
        """Return the type and attributes that a relation has after it."""
        if self.kind == "rename" and self.relation and kind == self.relation:
            return self._renamed(kind, attributes)
        return kind, attributes

    def _renamed(self, name: str, attributes: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
        if not self.attribute:
            return self.to, attributes
        if self.attribute not in attributes:
            return name, attributes
        if not self.value:
            return name, {
                self.to if each == self.attribute else each: value
                for each, value in attributes.items()
            }
        return name, {**attributes, self.attribute: self._value(attributes[self.attribute])}

    def _value(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self.to if each == self.value else each for each in value]
        return self.to if value == self.value else value

    def payload(self) -> dict[str, Any]:
        """Return it as JSON, without what is not said."""
        said = {name: getattr(self, name) for name in self.__slots__}
        found = {name: value for name, value in said.items() if value not in ("", None, (), {})}
        if self.asks:
            found["into"] = list(self.into)
        if self.title is not None:
            found["title"] = self.title
        return found | ({"labels": list(self.labels)} if self.labels else {})


def read(raw: Any) -> Migration:
    """Read what is asked for. Raises `Invalid`, naming the member."""
    if not isinstance(raw, dict):
        raise Invalid(say("A change of the scheme is an object with “kind”."))
    kind = raw.get("kind")
    if kind not in MEMBERS:
        raise _fault("kind", say("Choose one of {names}.", names=", ".join(MEMBERS)))
    given = known(raw, {*MEMBERS[kind], "kind"})
    texts = {
        name: _text(name, given[name])
        for name in ("label", "relation", "attribute", "value", "to", "overlap")
        if name in given
    }
    title = None if given.get("title") is None else _text("title", given["title"])
    found = Migration(
        kind, **texts, title=title, labels=_names(given.get("labels", [])), into=_into(given)
    )
    _check(found)
    return found


def stored(raw: Mapping[str, Any]) -> Migration:
    """Return a migration from what was kept of it."""
    into = raw.get("into", {})
    given = {**raw, "into": dict(zip(into, into, strict=True)) if isinstance(into, list) else into}
    return Migration(**{**given, "labels": tuple(raw.get("labels", ()))})


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise _fault(name, say("Text is expected here."))
    return value


def _names(raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, list) or len(raw) > MOST_LABELS:
        raise _fault("labels", say("A list of labels is expected."))
    return tuple(dict.fromkeys(_text("labels", each) for each in raw))


def _into(given: Mapping[str, Any]) -> dict[str, str]:
    raw = given.get("into", {})
    if isinstance(raw, list) and not given.get("attribute"):
        return {each: each for each in _names(raw)}
    if isinstance(raw, dict) and len(raw) <= MOST_LABELS and (given.get("attribute") or not raw):
        return {_text("into", name): _text("into", label) for name, label in raw.items()}
    raise _fault(
        "into",
        say("With an attribute, an object of values and labels; without one, a list of labels."),
    )


def _check(found: Migration) -> None:
    """Refuse what is incomplete."""
    needed = {
        "rename": ("owner", "to"),
        "merge": ("labels", "to"),
        "split": ("label", "into"),
        "retire": ("label",),
        "restore": ("label",),
    }
    for name in needed[found.kind]:
        if not getattr(found, name):
            raise _fault("label" if name == "owner" else name, say("This is needed."))
    if found.label and found.relation:
        raise _fault("relation", say("Name a label or a relation, not both."))
    if found.value and not found.attribute:
        raise _fault("attribute", say("Say of which attribute the value is."))


def _fault(name: str, message: str) -> Invalid:
    return Invalid(
        f"{name}: {message}", errors=[{"field": name, "code": "invalid", "message": message}]
    )


def reverse(migration: Migration, title: str | None = None) -> Migration:
    """Return what takes a migration back; `title` is what the thing was called before."""
    made = migration
    if made.kind == "rename":
        return _named_back(replace(made, title=title or ""))
    if made.kind == "split":
        return Migration("merge", labels=tuple(dict.fromkeys(made.into.values())), to=made.label)
    if made.kind in ("merge", UNMERGE):
        kind = UNMERGE if made.kind == "merge" else "merge"
        return Migration(kind, labels=made.labels, to=made.to)
    return replace(made, kind={"retire": "restore", "restore": "retire"}[made.kind])


def _named_back(made: Migration) -> Migration:
    if made.value:
        return replace(made, value=made.to, to=made.value)
    if made.attribute:
        return replace(made, attribute=made.to, to=made.attribute)
    if made.label:
        return replace(made, label=made.to, to=made.label)
    return replace(made, relation=made.to, to=made.relation)


def sentence(migration: Migration) -> str:
    """Say what a migration does."""
    return _SENTENCES[migration.kind](migration)


def _said_of_rename(made: Migration) -> str:
    was = made.value or made.attribute or made.owner
    if was == made.owner:
        return say("{name} is now {to}.", name=was, to=made.to)
    return say("{name} of {owner} is now {to}.", name=was, owner=made.owner, to=made.to)


def _said_of_split(made: Migration) -> str:
    new = say(", ").join(dict.fromkeys(made.into.values()))
    if made.asks:
        return say(
            "{new} stand beside {name}: its spans are to be looked at.", name=made.label, new=new
        )
    by = made.attribute
    return say("{name} is split by {attribute}: {new}.", name=made.label, attribute=by, new=new)


def _names_of(made: Migration) -> str:
    return say(", ").join(made.labels)


_SENTENCES: dict[str, Callable[[Migration], str]] = {
    "rename": _said_of_rename,
    "split": _said_of_split,
    "merge": lambda made: say("What was {names} is now {to}.", names=_names_of(made), to=made.to),
    UNMERGE: lambda made: say("What was {names} before is so again.", names=_names_of(made)),
    "retire": lambda made: say("{name} is no longer offered.", name=made.label),
    "restore": lambda made: say("{name} is offered again.", name=made.label),
}
