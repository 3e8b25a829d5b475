"""The annotation sets of articles that are compared: each person's last, once it is submitted, as records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from .. import records
from ..models import AnnotationSet, Article, Project
from ..vocabulary import Kind, State
from .access import SUBMITTED, Actor
from .export import units_of

FEWEST = 2
COMPARED = Q(kind__in=(Kind.OWN, Kind.IMPORTED), state__in=SUBMITTED)
COLUMNS = (
    "pk",
    "article_id",
    "uuid",
    "annotator",
    "annotator__username",
    "annotator__display_name",
    "annotator_name",
    "kind",
    "round",
    "state",
    "version",
    "scheme__version",
)


@dataclass(slots=True)
class Side:
    """The sets of one article that are compared, with what each annotator is called on screens."""

    sets: list[records.AnnotationSet] = field(default_factory=list)
    names: dict[UUID, str] = field(default_factory=dict)


def sides(articles: Sequence[int]) -> dict[int, Side]:
    """Return what is compared of each article, by its key, in four queries whatever their number."""
    rows = AnnotationSet.objects.filter(COMPARED, article__in=articles).order_by("round", "pk")
    last = {(row[1], row[3] or row[6], row[7]): row for row in rows.values_list(*COLUMNS)}
    spans, relations = units_of([row[0] for row in last.values()])
    found = {key: Side() for key in articles}
    for pk, article, uuid, _person, username, display_name, name, *rest in last.values():
        kind, number, state, version, scheme = rest
        side = found[article]
        side.names[uuid] = display_name or username or name
        side.sets.append(
            records.AnnotationSet(
                id=uuid,
                annotator=username or name,
                kind=Kind(kind),
                round=number,
                state=State(state),
                version=version,
                scheme_version=scheme,
                spans=spans[pk],
                relations=relations[pk],
            )
        )
    return found


def of_project(project: Project, by: Actor) -> QuerySet[Article]:
    """Return the articles that at least two have submitted and the actor has not labelled, in order of arrival."""
    own = AnnotationSet.objects.filter(annotator=by.person, kind=Kind.OWN)
    compared = Q(
        annotation_sets__kind__in=(Kind.OWN, Kind.IMPORTED), annotation_sets__state__in=SUBMITTED
    )
    return (
        Article.objects.live()
        .filter(project=project)
        .exclude(pk__in=own.values("article"))
        .alias(submitted=Count("annotation_sets", filter=compared))
        .filter(submitted__gte=FEWEST)
        .order_by("pk")
    )


def has_labelled(by: Actor, article: Article) -> bool:
    """Whether somebody has a set of their own of an article, handed in or not."""
    own = AnnotationSet.objects.filter(article=article, annotator=by.person, kind=Kind.OWN)
    return own.exists()
