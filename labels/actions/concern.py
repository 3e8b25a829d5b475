"""What a migration would concern: units, sets, people, and samples in their words. Nothing is changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import orjson
from django.db.models import TextField
from django.db.models.functions import Cast

from ..models import Project, Relation, Span
from ..queries import migration as queries
from ..rules import migration as rules
from .carrying import Was

SAMPLES = 20
AROUND = 60
"""Code points of text around a sample."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A set that has units which would change."""

    uuid: UUID
    article: UUID
    annotator: str
    kind: str
    state: str


@dataclass(frozen=True, slots=True)
class Sample:
    """A span that would change, in its words."""

    set: Holder
    span: UUID
    title: str
    label: str
    becomes: str
    before: str
    quote: str
    after: str


@dataclass(slots=True)
class Concern:
    """How many units, sets and people a migration concerns."""

    spans: int = 0
    relations: int = 0
    sets: int = 0
    """Sets that are carried along, whether or not anything in them changes."""
    touched: int = 0
    """Sets in which something changes."""
    people: list[str] = field(default_factory=list)
    states: dict[str, int] = field(default_factory=dict)
    older: int = 0
    """Sets of versions that say what the present one no longer has: they are looked at one by one."""
    samples: list[Sample] = field(default_factory=list)
    keys: dict[int, list[int]] = field(default_factory=dict)
    """The spans that would change, by their sets."""


def concern(project: Project, made: rules.Migration, was: Was) -> Concern:
    """Count what a migration would change among living units, in a constant number of queries."""
    rows = queries.sets(project).values_list(
        "pk", "uuid", "article__uuid", "annotator__username", "annotator_name", "kind", "state"
    )
    holders = {
        pk: Holder(uuid, article, username or name, kind, state)
        for pk, uuid, article, username, name, kind, state in rows
    }
    found = Concern(sets=len(holders), keys=_spans(project, made, was))
    links = _links(project, made)
    found.spans = sum(map(len, found.keys.values()))
    found.relations = sum(links.values())
    touched = [holders[pk] for pk in sorted({*found.keys, *links}) if pk in holders]
    found.touched = len(touched)
    found.states = dict(Counter(each.state for each in touched))
    found.people = sorted({each.annotator for each in touched if each.annotator})
    found.samples = samples(holders, found.keys, made, was)
    return found


def _spans(project: Project, made: rules.Migration, was: Was) -> dict[int, list[int]]:
    """Return the keys of the living spans that change, by their sets."""
    living = Span.objects.filter(
        annotation_set__article__project=project,
        annotation_set__staged_by=None,
        label__in=made.touched,
    ).live()
    columns = ["pk", "annotation_set_id", "label", "uuid"]
    found: dict[int, list[int]] = defaultdict(list)
    if not made.reads and made.kind != rules.UNMERGE:
        for pk, owner in living.values_list("pk", "annotation_set_id"):
            found[owner].append(pk)
        return found
    rows = living.values_list(*columns, Cast("attributes", TextField()))
    for pk, owner, label, uuid, raw in rows.iterator(chunk_size=5000):
        before = was.get(owner, {}).get(str(uuid), "") if was else ""
        said = label, {} if raw == "{}" else orjson.loads(raw)
        if made.span(*said, before) != said:
            found[owner].append(pk)
    return found


def _links(project: Project, made: rules.Migration) -> dict[int, int]:
    if not made.relation:
        return {}
    living = Relation.objects.filter(
        annotation_set__article__project=project,
        annotation_set__staged_by=None,
        type=made.relation,
    ).live()
    rows = living.values_list("annotation_set_id", "type", "attributes")
    changed = (owner for owner, *said in rows if made.link(*said) != tuple(said))
    return Counter(changed)


def samples(
    holders: Mapping[int, Holder],
    keys: Mapping[int, Sequence[int]],
    made: rules.Migration,
    was: Was,
) -> list[Sample]:
    """Return the first spans of the first sets in their words: of many sets one each, of few sets more."""
    each = max(1, SAMPLES // max(1, len(keys)))
    chosen = [pk for owner in sorted(keys)[:SAMPLES] for pk in keys[owner][:each]]
    rows = Span.objects.filter(pk__in=chosen[:SAMPLES]).order_by("annotation_set", "pk")
    return [
        _sample(holders[row.annotation_set_id], row, made, was)
        for row in rows.select_related("annotation_set__article").prefetch_related("fragments")
    ]


def _sample(holder: Holder, row: Span, made: rules.Migration, was: Was) -> Sample:
    article = row.annotation_set.article
    before = was.get(row.annotation_set_id, {}).get(str(row.uuid), "")
    places = sorted((each.start, each.end) for each in row.fragments.all())
    start, end = places[0][0], places[-1][1]
    return Sample(
        set=holder,
        span=row.uuid,
        title=article.title,
        label=row.label,
        becomes=made.span(row.label, row.attributes, before)[0],
        before=_before(article.text, start),
        quote=" … ".join(article.text[slice(*each)] for each in places),
        after=_after(article.text, end),
    )


def _before(text: str, start: int) -> str:
    """Return some words of the paragraph before a place, none of them cut."""
    found = text[max(0, start - AROUND) : start].rpartition("\n")[2]
    whole = len(found) < AROUND or start <= AROUND
    return found if whole else f"… {found.partition(' ')[2]}"


def _after(text: str, end: int) -> str:
    found = text[end : end + AROUND].partition("\n")[0]
    whole = len(found) < AROUND or end + AROUND >= len(text)
    return found if whole else f"{found.rpartition(' ')[0]} …"
