"""What a migration makes of a scheme's definition (`labels.rules.migration` says what it makes of a unit)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from ..errors import Invalid
from ..words import say
from .migration import Migration
from .scheme import OVERLAPS, WITH_VALUES, parse

Json = dict[str, Any]
ONE_VALUE = ("choice", "ordinal")
CONDITIONS = ("required", "forbidden")


def redefined(definition: Mapping[str, Any], migration: Migration) -> Json:
    """Return the definition after a migration.

    Raises `Invalid` where it names what is not there, or is there already; `BadScheme` for a name that is none.
    """
    made: Json = deepcopy(dict(definition))
    _ACTS[migration.kind](made, migration)
    parse(made)
    return made


def title_of(definition: Mapping[str, Any], migration: Migration) -> str:
    """Return what the thing that is renamed is called before, empty where it has no title of its own."""
    found = _owner(definition, migration)
    if migration.attribute:
        found = _attribute(found, migration.attribute, "attribute")
    if migration.value:
        return str(found.get("titles", {}).get(migration.value, ""))
    return str(found.get("title") or "")


# Finding things


def _owner(made: Mapping[str, Any], migration: Migration) -> Json:
    if migration.relation:
        return _one(made.get("relations", []), migration.relation, "relation")
    return _one(made["labels"], migration.label, "label")


def _one(rows: Iterable[Json], name: str, field: str) -> Json:
    for each in rows:
        if each["name"] == name:
            return each
    raise _fault(field, say("The scheme has no “{name}”.", name=name))


def _attribute(owner: Mapping[str, Any], name: str, field: str) -> Json:
    return _one(owner.get("attributes", []), name, field)


def _check_free(rows: Iterable[Mapping[str, Any]], name: str, field: str = "to") -> None:
    if any(each["name"] == name for each in rows):
        raise _fault(
            field, say("There is a “{name}” already. To make one of two, merge them.", name=name)
        )


def _fault(field: str, message: str) -> Invalid:
    return Invalid(
        f"{field}: {message}", errors=[{"field": field, "code": "invalid", "message": message}]
    )


def _all_attributes(made: Json) -> Iterator[Json]:
    for each in [*made["labels"], *made.get("relations", [])]:
        yield from each.get("attributes", [])


# Renaming


def _rename(made: Json, migration: Migration) -> None:
    owner = _owner(made, migration)
    if migration.value:
        _rename_value(made, owner, migration)
    elif migration.attribute:
        attribute = _attribute(owner, migration.attribute, "attribute")
        _check_free(owner["attributes"], migration.to)
        _name(attribute, migration)
        for when in _conditions(made, owner, migration):
            _rekey(when, migration.attribute, migration.to)
    elif migration.relation:
        _check_free(made["relations"], migration.to)
        _name(owner, migration)
        _rekey(_guide(made), migration.relation, migration.to)
    else:
        _check_free(made["labels"], migration.to)
        _name(owner, migration)
        _replace_label(made, {migration.label: [migration.to]})
        _rekey(_guide(made), migration.label, migration.to)


def _name(one: Json, migration: Migration) -> None:
    """Give a new name; a title that only says the name in small letters follows it."""
    was, one["name"] = one["name"], migration.to
    if migration.title is not None:
        _set(one, "title", migration.title)
    elif one.get("title") == _plain(was):
        one["title"] = _plain(migration.to)


def _plain(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _set(one: Json, key: str, value: Any) -> None:
    if value:
        one[key] = value
    else:
        one.pop(key, None)


def _rekey(mapping: Json, was: str, now: str) -> None:
    if was in mapping:
        kept = {now if key == was else key: value for key, value in mapping.items()}
        mapping.clear()
        mapping.update(kept)


def _guide(made: Json) -> Json:
    guide = made.get("guideline")
    return guide if isinstance(guide, dict) else {}


def _rename_value(made: Json, owner: Json, migration: Migration) -> None:
    attribute = _attribute(owner, migration.attribute, "attribute")
    was, now = migration.value, migration.to
    if attribute["type"] not in WITH_VALUES or was not in attribute["values"]:
        raise _fault("value", say("The scheme has no “{name}”.", name=was))
    if now in attribute["values"]:
        raise _fault("to", say("There is a “{name}” already.", name=now))
    attribute["values"] = [now if each == was else each for each in attribute["values"]]
    _rekey(attribute.get("titles", {}), was, now)
    if migration.title is not None:
        titles = attribute.setdefault("titles", {})
        _set(titles, now, migration.title)
        _set(attribute, "titles", titles)
    if "default" in attribute:
        attribute["default"] = _exchanged(attribute["default"], was, now)
    for when in _conditions(made, owner, migration):
        if migration.attribute in when:
            when[migration.attribute] = _exchanged(when[migration.attribute], was, now)


def _exchanged(value: Any, was: str, now: str) -> Any:
    if isinstance(value, list):
        return [now if each == was else each for each in value]
    return now if value == was else value


def _conditions(made: Json, owner: Json, migration: Migration) -> Iterator[Json]:
    """Yield the conditions that speak of a unit's attributes: its own, and those of links from it."""
    for attribute in owner.get("attributes", []):
        yield from _whens(attribute)
    for relation in made.get("relations", []) if migration.label else ():
        whens = [each for each in _whens(relation) if migration.attribute in each]
        if migration.label not in relation["from"] or not whens:
            continue
        for name in relation["from"]:
            other = _one(made["labels"], name, "label")
            names = [each["name"] for each in other.get("attributes", [])]
            if name != migration.label and migration.attribute in names:
                raise _fault(
                    "attribute",
                    say(
                        "The condition of {relation} speaks of {attribute} of {label}, too. Write it anew in the"
                        " scheme first.",
                        relation=relation["name"],
                        attribute=migration.attribute,
                        label=name,
                    ),
                )
        yield from whens


def _whens(one: Json) -> Iterator[Json]:
    for key in CONDITIONS:
        if isinstance(one.get(key), dict):
            yield one[key]["when"]


def _replace_label(made: Json, become: Mapping[str, list[str]]) -> None:
    """Put labels in the place of others wherever they are named: at links, and where an attribute names a span."""
    for relation in made.get("relations", []):
        for end in ("from", "to"):
            relation[end] = _put(relation[end], become)
    for attribute in _all_attributes(made):
        if attribute.get("labels"):
            attribute["labels"] = _put(attribute["labels"], become)


def _put(names: Iterable[str], become: Mapping[str, list[str]]) -> list[str]:
    return list(dict.fromkeys(new for name in names for new in become.get(name, [name])))


# Merging, splitting, retiring


def _merge(made: Json, migration: Migration) -> None:
    target = _one(made["labels"], migration.to, "to")
    if migration.to in migration.labels:
        raise _fault(
            "labels", say("{name} is what the others become: leave it out.", name=migration.to)
        )
    if migration.overlap:
        if migration.overlap not in OVERLAPS:
            raise _fault("overlap", say("Choose one of {names}.", names=", ".join(OVERLAPS)))
        target["overlap"] = migration.overlap
    guide = _guide(made)
    for name in migration.labels:
        _take_attributes(target, _one(made["labels"], name, "labels"))
        said = [each for each in (guide.get(migration.to), guide.pop(name, "")) if each]
        if said:
            guide[migration.to] = "\n\n".join(said)
    made["labels"] = [each for each in made["labels"] if each["name"] not in migration.labels]
    _replace_label(made, {name: [migration.to] for name in migration.labels})


def _take_attributes(target: Json, other: Json) -> None:
    """Add what the other label can say. Of what only it had, nothing is required: the others never had it."""
    there = {each["name"]: each for each in target.get("attributes", [])}
    for each in other.get("attributes", []):
        same = there.get(each["name"])
        if same is None:
            kept = {key: value for key, value in each.items() if key not in ("required", "key")}
            target.setdefault("attributes", []).append(kept)
        elif _alike(same) != _alike(each):
            raise _fault(
                "labels",
                say(
                    "{attribute} is not the same thing in both labels. Rename it in one of them first.",
                    attribute=each["name"],
                ),
            )
        elif same["type"] in WITH_VALUES:
            same["values"] = list(dict.fromkeys([*same["values"], *each["values"]]))
            titles = each.get("titles", {}) | same.get("titles", {})
            _set(same, "titles", titles)


def _alike(attribute: Json) -> tuple[Any, ...]:
    return tuple(attribute.get(key) for key in ("type", "pattern", "min", "max", "labels"))


def _split(made: Json, migration: Migration) -> None:
    label = _one(made["labels"], migration.label, "label")
    new = list(dict.fromkeys(migration.into.values()))
    if migration.attribute:
        attribute = _attribute(label, migration.attribute, "attribute")
        if attribute["type"] not in ONE_VALUE:
            raise _fault("attribute", say("A label is split by an attribute that has one value."))
        for value in set(migration.into) - set(attribute["values"]):
            raise _fault("into", say("The scheme has no “{name}”.", name=value))
    place = made["labels"].index(label) + 1
    for name in new:
        _check_free(made["labels"], name, "into")
    made["labels"][place:place] = [_copy(label, name) for name in new]
    _replace_label(made, {migration.label: [migration.label, *new]})
    guide = _guide(made)
    if migration.label in guide:
        guide.update(dict.fromkeys(new, guide[migration.label]))


def _copy(label: Json, name: str) -> Json:
    kept = {key: value for key, value in deepcopy(label).items() if key != "key"}
    return kept | {"name": name, "title": _plain(name)}


def _retire(made: Json, migration: Migration) -> None:
    label = _one(made["labels"], migration.label, "label")
    if label.get("retired"):
        raise _fault("label", say("{name} is retired already.", name=migration.label))
    label["retired"] = True


def _restore(made: Json, migration: Migration) -> None:
    label = _one(made["labels"], migration.label, "label")
    if not label.pop("retired", False):
        raise _fault("label", say("{name} is not retired.", name=migration.label))


_ACTS: dict[str, Callable[[Json, Migration], None]] = {
    "rename": _rename,
    "merge": _merge,
    "split": _split,
    "retire": _retire,
    "restore": _restore,
}
