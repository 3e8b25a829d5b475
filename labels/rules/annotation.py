"""What people may mark: boundaries, overlaps, attributes and relations, and what a set lacks at submit.

All offsets are code points. Each function checks one thing against the text, the scheme and the units it
could clash with; the caller hands in just those units, so that no check grows with the set.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from ..errors import (
    BadAttribute,
    BadBoundary,
    BadOffsets,
    NotJoined,
    OverlapRefused,
    QuoteMismatch,
    QuoteMissing,
    TooManyRelations,
)
from ..records import Fragment, Relation, Span
from ..text.boundaries import is_grapheme_boundary
from ..words import say
from .scheme import Attribute, Label, RelationType, Scheme, holds
from .value import problem, whole

MAX_FRAGMENTS = 100


# Fragments


def fragments(text: str, raw: Any) -> tuple[Fragment, ...]:
    """Read `[{start, end, quote}]` and check it against the text.

    Raises `BadOffsets`, `QuoteMissing`, `QuoteMismatch` or `BadBoundary`.
    """
    if not isinstance(raw, list) or not raw:
        raise BadOffsets(say("A span needs at least one fragment with start, end and quote."))
    if len(raw) > MAX_FRAGMENTS:
        raise BadOffsets(say("A span may have {most} fragments at most.", most=MAX_FRAGMENTS))
    found: list[Fragment] = []
    for number, each in enumerate(raw):
        fragment = _fragment(text, each, f"fragments[{number}]")
        if found and fragment.start < found[-1].end:
            raise BadOffsets(
                say("Fragments stand in ascending order and do not overlap."),
                errors=[{"field": f"fragments[{number}]", "code": "bad_offsets"}],
            )
        found.append(fragment)
    return tuple(found)


def _fragment(text: str, raw: Any, field: str) -> Fragment:
    if not isinstance(raw, dict):
        raise BadOffsets(say("A fragment is an object with start, end and quote."))
    start, end = raw.get("start"), raw.get("end")
    if not whole(start) or not whole(end):
        raise BadOffsets(
            say("start and end are whole numbers."),
            errors=[{"field": field, "code": "bad_offsets"}],
        )
    if not 0 <= start < end <= len(text):
        raise BadOffsets(
            say(
                "[{start}, {end}) is not inside the text, which has {count} code points.",
                start=start,
                end=end,
                count=len(text),
            ),
            errors=[{"field": field, "code": "bad_offsets"}],
        )
    _check_quote(text, start, end, raw.get("quote"), field)
    check_boundaries(text, start, end, field)
    return Fragment(start, end)


def _check_quote(text: str, start: int, end: int, quote: Any, field: str) -> None:
    if not isinstance(quote, str) or not quote:
        raise QuoteMissing(
            say(
                "Send the quote with the offsets [{start}, {end}): offsets alone cannot be trusted.",
                start=start,
                end=end,
            ),
            errors=[{"field": f"{field}.quote", "code": "quote_missing"}],
        )
    if text[start:end] != quote:
        raise QuoteMismatch(
            say(
                "At [{start}, {end}) the text reads “{text}”, not “{quote}”. Offsets are code points "
                "of the stored text.",
                start=start,
                end=end,
                text=text[start:end],
                quote=quote,
            ),
            errors=[
                {
                    "field": f"{field}.quote",
                    "code": "quote_mismatch",
                    "quote": quote,
                    "text": text[start:end],
                }
            ],
        )


def check_boundaries(text: str, start: int, end: int, field: str = "fragments") -> None:
    """Refuse an edge on white space or inside a grapheme cluster."""
    if text[start].isspace() or text[end - 1].isspace():
        raise BadBoundary(
            say("A span neither begins nor ends on white space: leave it out."),
            errors=[{"field": field, "code": "bad_boundary"}],
        )
    for position in (start, end):
        if not is_grapheme_boundary(text, position):
            raise BadBoundary(
                say(
                    "Position {position} is inside a character that is made of several code points.",
                    position=position,
                ),
                errors=[{"field": field, "code": "bad_boundary"}],
            )


# Overlap


def check_overlap(label: Label, span: Span, others: Iterable[Span]) -> None:
    """Refuse a span that lies to another of its label as the scheme does not allow.

    `others` are the label's other spans that share code points with `span`, or more.
    """
    if label.overlap == "free":
        return
    for other in others:
        if other.id == span.id or not _share(span, other):
            continue
        if label.overlap == "none":
            raise OverlapRefused(
                say(
                    "Another {label} is here already, and they may not overlap.",
                    label=label.title.lower(),
                ),
                errors=[{"span": str(other.id), "code": "overlap"}],
            )
        if not (_inside(span, other) or _inside(other, span)):
            raise OverlapRefused(
                say(
                    "One {label} may lie inside another, but they may not cross or cover the same words.",
                    label=label.title.lower(),
                ),
                errors=[{"span": str(other.id), "code": "overlap"}],
            )


def _share(one: Span, other: Span) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one.fragments for b in other.fragments)


def _inside(inner: Span, outer: Span) -> bool:
    """Strict containment of the sets of code points."""
    contained = all(
        any(b.start <= a.start and a.end <= b.end for b in outer.fragments) for a in inner.fragments
    )
    return contained and inner.fragments != outer.fragments


# Attributes


def attributes(
    known: Mapping[str, Attribute],
    now: Mapping[str, Any],
    change: Any,
    labels: Mapping[str, str],
) -> dict[str, Any]:
    """Return `now` with `change` merged in; None removes a value. Raises `BadAttribute`.

    `labels` gives the label of every span that the change refers to, by id. A value that a condition
    forbids may not be set; one that a later change makes forbidden is only found at submit.
    """
    if not isinstance(change, Mapping):
        raise BadAttribute(say("attributes is an object of names and values."))
    merged = dict(now)
    for name, value in change.items():
        if name not in known:
            names = ", ".join(known) or "none"
            raise BadAttribute(
                say(
                    "There is no attribute “{name}” here. There is: {names}.",
                    name=name,
                    names=names,
                ),
                errors=_at(name),
            )
        if _is_empty(value):
            merged.pop(name, None)
        else:
            merged[name] = _value(known[name], value, labels)
    for name in change:
        forbidden = known[name].forbidden
        if name in merged and forbidden and holds(forbidden, merged):
            raise BadAttribute(
                say(
                    "{title} does not go with {names}.",
                    title=known[name].title,
                    names=_named(forbidden, known),
                ),
                errors=_at(name),
            )
    return merged


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, (str, list)) and not value)


def references(known: Mapping[str, Attribute], values: Any) -> set[UUID]:
    """Return the ids of the spans that attribute values refer to; malformed ones are left to `attributes`."""
    found = set()
    for name, value in values.items() if isinstance(values, Mapping) else ():
        if name in known and known[name].type == "span" and isinstance(value, str):
            try:
                found.add(UUID(value))
            except ValueError:
                continue
    return found


def _at(name: str) -> list[dict[str, Any]]:
    return [{"field": f"attributes.{name}", "attribute": name, "code": "bad_attribute"}]


def _named(condition: Mapping[str, Any], known: Mapping[str, Attribute]) -> str:
    return say(" and ").join(known[name].title.lower() for name in condition if name in known)


def _value(attribute: Attribute, value: Any, labels: Mapping[str, str]) -> Any:
    said = problem(attribute, value, labels)
    if said:
        raise BadAttribute(f"{attribute.title}: {said}", errors=_at(attribute.name))
    if attribute.type == "span":
        return str(UUID(value))
    return value


# Relations


def check_relation(
    relation: RelationType, source: Span, target: Span, siblings: Iterable[Relation]
) -> None:
    """Refuse a relation that joins the wrong labels, stands already, or is one too many.

    `siblings` are the other relations of its type that touch `source`.
    """
    if source.id == target.id:
        raise NotJoined(say("A link joins two different spans."))
    if not relation.joins(source.label, target.label):
        raise NotJoined(
            f"{relation.name} joins {' or '.join(relation.sources)} to "
            f"{' or '.join(relation.targets)}, not {source.label} to {target.label}."
        )
    outgoing = 0
    for other in siblings:
        pair = (other.source, other.target)
        if pair == (source.id, target.id) or (
            relation.symmetric and pair == (target.id, source.id)
        ):
            raise TooManyRelations(
                say("These two are linked so already."),
                errors=[{"relation": str(other.id), "code": "relation_repeated"}],
            )
        outgoing += other.source == source.id
    if relation.max is not None and outgoing >= relation.max:
        raise TooManyRelations(
            say("There may be {max} such links from one span at most.", max=relation.max)
        )


# What is missing at submit

Missing = dict[str, Any]


def missing(scheme: Scheme, spans: Sequence[Span], relations: Sequence[Relation]) -> list[Missing]:
    """Return what keeps a set from being submitted, each as a plain sentence with its place."""
    outgoing = Counter((each.source, each.type) for each in relations)
    incoming = Counter((each.target, each.type) for each in relations)
    for each in relations:
        if each.type in scheme.relations and scheme.relations[each.type].symmetric:
            outgoing[each.target, each.type] += 1
            incoming[each.source, each.type] += 1
    found: list[Missing] = []
    for span in spans:
        label = scheme.label(span.label)
        place = {"span": str(span.id), "relation": None}
        found += _attributes_missing(label.attributes, span.attributes, place)
        for relation in scheme.relations.values():
            ends = outgoing[span.id, relation.name], incoming[span.id, relation.name]
            message = _links_missing(scheme, relation, label, span, *ends)
            if message:
                found.append(place | {"attribute": None, "code": relation.name, "message": message})
    for link in relations:
        place = {"span": str(link.source), "relation": str(link.id)}
        found += _attributes_missing(scheme.relation(link.type).attributes, link.attributes, place)
    return found


def _attributes_missing(
    known: Mapping[str, Attribute], values: Mapping[str, Any], place: Missing
) -> list[Missing]:
    found = []
    for attribute in known.values():
        due = attribute.required
        due = holds(due, values) if isinstance(due, Mapping) else due
        barred = attribute.forbidden is not None and holds(attribute.forbidden, values)
        if attribute.name not in values and due and not barred:
            message, code = say("{field} is missing.", field=attribute.title), "required"
        elif attribute.name in values and barred:
            names = _named(attribute.forbidden or {}, known)
            message, code = (
                say("{title} does not go with {names}.", title=attribute.title, names=names),
                "forbidden",
            )
        else:
            continue
        found.append(place | {"attribute": attribute.name, "code": code, "message": message})
    return found


def _links_missing(
    scheme: Scheme, relation: RelationType, label: Label, span: Span, outgoing: int, incoming: int
) -> str:
    """Return a sentence when a span has too few or too many links of a type, else nothing."""
    if label.name in relation.sources:
        needed = max(
            relation.min,
            1 if relation.required and holds(relation.required, span.attributes) else 0,
        )
        if outgoing < needed:
            labels = _either(scheme, relation.targets)
            return say("Link it to its {labels} (“{title}”).", labels=labels, title=relation.title)
        if outgoing and relation.forbidden and holds(relation.forbidden, span.attributes):
            return say("A link “{title}” does not go with its attributes.", title=relation.title)
    if label.name in relation.targets and incoming < relation.to_min:
        labels = _either(scheme, relation.sources)
        return say("Link its {labels} to it (“{title}”).", labels=labels, title=relation.title)
    return ""


def _either(scheme: Scheme, labels: Sequence[str]) -> str:
    return say(" or ").join(scheme.label(each).title for each in labels)
