"""The spans behind a figure of one person: those with a label, or with a value of an attribute."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, permutations
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTransform

from ..models import Span
from .agreement import Asked, names
from .pairing import words_after, words_before

PAGE = 25
MOST_CHOICES = 3
"""Values chosen at once that are looked for in every order; more are hardly ever chosen."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose spans, with which label, and with which value of which attribute."""

    who: str
    label: str
    attribute: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A span with the words around it, and the article in which it stands."""

    article: UUID
    title: str
    label: str
    before: str
    quote: str
    after: str


def marks(asked: Asked, wanted: Wanted, after: int) -> tuple[list[Mark], int]:
    """Return a page of spans, oldest first, and the key after which there are more, or 0."""
    spans = _wanted(asked, wanted).filter(pk__gt=after).order_by("pk")
    keys = list(spans.values_list("pk", flat=True)[: PAGE + 1])
    rows = (
        Span.objects.filter(pk__in=keys[:PAGE])
        .order_by("pk", "fragments__start")
        .values_list(
            "pk",
            "label",
            "annotation_set__article__uuid",
            "annotation_set__article__title",
            "annotation_set__article__text",
            "fragments__start",
            "fragments__end",
        )
    )
    found = [_mark(list(lines)) for _key, lines in groupby(rows, itemgetter(0))]
    return found, keys[PAGE - 1] if len(keys) > PAGE else 0


def _wanted(asked: Asked, wanted: Wanted) -> QuerySet[Span]:
    keys = [key for key, name in names(asked).items() if name == wanted.who]
    whose = Q(pk__in=())
    for username, name in keys:
        one = Q(annotator__username=username) if username else Q(annotator=None)
        whose |= one & Q(annotator_name=name)
    # Each person's last round counts, as in the figures.
    later = asked.sets().filter(whose, article=OuterRef("article"), round__gt=OuterRef("round"))
    sets = asked.sets().filter(whose).exclude(Exists(later))
    spans = Span.objects.live().filter(annotation_set__in=sets, label=wanted.label)
    if not wanted.attribute:
        return spans
    said = Q()
    for each in _values(asked, wanted):
        said |= Q(said=each)
    return spans.annotate(said=KeyTransform(wanted.attribute, "attributes")).filter(said)


def _values(asked: Asked, wanted: Wanted) -> list[Any]:
    """Return as what a value may be stored."""
    for label in asked.scheme.definition["labels"]:
        for each in label.get("attributes", ()):
            if (label["name"], each["name"]) == (wanted.label, wanted.attribute):
                return _stored(each["type"], wanted.value)
    return [wanted.value]


def _stored(kind: str, value: str) -> list[Any]:
    if kind == "boolean":
        return [value == "True"]
    if kind == "choices":
        chosen = value.split(", ")
        orders = permutations(chosen) if len(chosen) <= MOST_CHOICES else [chosen]
        return [list(each) for each in orders]
    return [value]


def _mark(lines: list[tuple[Any, ...]]) -> Mark:
    _pk, label, uuid, title, text, start, _end = lines[0]
    quote = " … ".join(text[line[5] : line[6]] for line in lines)
    end = lines[-1][6]
    return Mark(uuid, title, label, words_before(text, start), quote, words_after(text, end))
