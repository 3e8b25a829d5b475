"""The annotation sets of articles that are compared: each person's last, once it is submitted, as records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Exists, F, Q, QuerySet

from .. import records
from ..models import AnnotationSet, Article, Assignment, Membership, Project
from ..vocabulary import Kind, Role, State, Task
from .access import SUBMITTED, Actor
from .units import units_of

FEWEST = 2


def compared(at: str = "") -> Q:
    """Return which sets are compared, for sets or, by the path `at`, for what has sets.

    A gold set that a file brought is nobody's own work, and one that is only being brought in is not there yet.
    Second looks are held against the first alone, and sets of the qualification round against gold.
    """
    return (
        counting(at)
        & Q(
            **{
                f"{at}kind__in": (Kind.OWN, Kind.IMPORTED),
                f"{at}state__in": SUBMITTED,
                f"{at}staged_by": None,
            }
        )
        & ~Q(**{f"{at}file_kind": Kind.GOLD})
    )


def counting(at: str = "") -> Q:
    """Return which sets count between people, for sets or, by the path `at`, for what has sets.

    Second looks and those of the qualification round do not.
    """
    return Q(**{f"{at}trial": None}) & ~Q(**{f"{at}kind": Kind.OWN, f"{at}round__gt": 1})


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
    rows = AnnotationSet.objects.filter(compared(), article__in=articles).order_by("round", "pk")
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
    """Return the articles that at least two have submitted and the actor may settle, in order of arrival.

    That is, those one has not labelled; and where names are hidden, one has not had to review either.
    """
    own = AnnotationSet.objects.filter(annotator=by.person, kind=Kind.OWN)
    there = compared("annotation_sets__")
    named = there & ~Q(annotation_sets__annotator_name="")
    return (
        Article.objects.live()
        .filter(project=project)
        .exclude(pk__in=own.values("article"))
        .exclude(pk__in=_known(project, by))
        .alias(
            people=Count("annotation_sets__annotator", distinct=True, filter=there),
            names=Count("annotation_sets__annotator_name", distinct=True, filter=named),
        )
        .alias(sides=F("people") + F("names"))
        .filter(sides__gte=FEWEST)
        .order_by("pk")
    )


def _known(project: Project, by: Actor) -> QuerySet[Assignment, int]:
    """Return the articles, by key, of which the actor knows names that are hidden from who settles them."""
    had = Assignment.objects.filter(person=by.person, role=Task.REVIEW, article__project=project)
    if not project.blind:
        had = had.none()
    managing = Membership.objects.filter(
        project=project, person=by.person, role=Role.MANAGER, left_at=None
    )
    return had.exclude(Exists(managing)).values_list("article", flat=True)


def had_to_review(by: Actor, article: Article) -> bool:
    """Whether somebody has, or had, an article to review."""
    return Assignment.objects.filter(article=article, person=by.person, role=Task.REVIEW).exists()


def has_labelled(by: Actor, article: Article) -> bool:
    """Whether somebody has a set of their own of an article, handed in or not."""
    own = AnnotationSet.objects.filter(article=article, annotator=by.person, kind=Kind.OWN)
    return own.exists()


def next_to_settle(project: Project, by: Actor, article: Article) -> UUID | None:
    """Return the next article whose gold set is not finished, beginning again after the last."""
    finished = AnnotationSet.objects.filter(
        kind=Kind.GOLD, state=State.APPROVED, article__project=project
    )
    waiting = (
        of_project(project, by).exclude(pk=article.pk).exclude(pk__in=finished.values("article"))
    )
    uuids = waiting.values_list("uuid", flat=True)
    return uuids.filter(pk__gt=article.pk).first() or uuids.first()
