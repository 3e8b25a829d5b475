"""Assignments, and the queue that they make for a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Right

from ..models import AnnotationSet, Article, Assignment, Decision, Project, Span
from ..vocabulary import Kind, Role, Sampling, State, Task
from .access import Actor, for_review
from .comparison import counting
from .prepared import Place, prepared

Row = TypeVar("Row")
Listed = TypeVar("Listed", bound=Model)

QUEUE = 50
"""Articles of the queue that a page shows."""
ITEM = (
    "article__uuid",
    "article__title",
    "article__project__slug",
    "article__project__name",
    "state",
    "set",
    "whose",
)


@dataclass(frozen=True, slots=True)
class Item:
    """One article in somebody's queue. `state` is None where nothing was begun."""

    article: UUID
    title: str
    project_slug: str
    project_name: str
    role: Task
    state: State | None
    set: UUID | None
    annotator: str = ""


def of_project(project: Project) -> QuerySet[Assignment]:
    """Return a project's assignments, oldest first."""
    return (
        Assignment.objects.filter(
            article__project=project, article__deleted_at=None, withdrawn_at=None
        )
        .select_related("article", "person")
        .defer("article__text")
        .order_by("pk")
    )


def ever_held(project: Project, person: str) -> int:
    """Return how many articles somebody has ever been given to label."""
    return Assignment.objects.filter(
        article__project=project, person__username=person, role=Task.ANNOTATE
    ).count()


def hidden_gold(project: Project, person: str) -> QuerySet[Article, UUID]:
    """Return the articles with a finished gold set that somebody has never had to do with.

    In an order that tells nothing: by the last digits of their ids.
    """
    gold = AnnotationSet.objects.filter(
        article=OuterRef("pk"), kind=Kind.GOLD, state=State.APPROVED
    )
    held = Assignment.objects.filter(article=OuterRef("pk"), person__username=person)
    own = AnnotationSet.objects.filter(article=OuterRef("pk"), annotator__username=person)
    settled = Decision.objects.filter(
        annotation_set__article=OuterRef("pk"), decided_by__username=person
    )
    found = Article.objects.live().filter(
        Exists(gold), ~Exists(held), ~Exists(own), ~Exists(settled), project=project, trial=None
    )
    lot = Right(Cast("uuid", CharField()), 4)
    return found.order_by(lot, "pk").values_list("uuid", flat=True)


def payload(assignment: Assignment) -> dict[str, Any]:
    """Return an assignment as clients see it."""
    return {
        "article": str(assignment.article.uuid),
        "person": assignment.person.username,
        "role": assignment.role,
        "created_at": assignment.created_at.isoformat(),
    }


def _held(role: Task, there: Q) -> QuerySet[Assignment]:
    """Ask for what somebody holds in the projects that they are in; `there` may narrow it to one."""
    # Who was a reviewer, or a peer, keeps the assignments, but sees nobody's work by them any more.
    still = Q(article__project__memberships__role__in=(Role.REVIEWER, Role.MANAGER)) | Q(
        article__project__peer_review=True
    )
    # Before the qualification round is passed there is nothing but its articles.
    free = (
        Q(article__project__memberships__trial_at=None)
        | Q(article__project__memberships__qualified_at__isnull=False)
        | Q(article__trial__isnull=False, article__trial__withdrawn_at=None)
    )
    held = for_review() if role == Task.REVIEW else Assignment.objects.filter(role=role)
    return held.filter(
        there,
        still if role == Task.REVIEW else free,
        person=Place("person"),
        withdrawn_at=None,
        article__deleted_at=None,
        article__project__archived_at=None,
        article__project__memberships__person=Place("person"),
        article__project__memberships__left_at=None,
    )


class _Asked(Generic[Row]):
    """A query of what somebody holds, prepared for one project and for all."""

    def __init__(self, build: Callable[[Q], QuerySet[Any, Row]]) -> None:
        self._everywhere = prepared(lambda: build(Q()))
        self._there = prepared(lambda: build(Q(article__project=Place("project"))))

    def __call__(self, by: Actor, project: Project | None) -> list[Row]:
        """Run it for an actor, whose token may be for one project."""
        place = project.pk if project else by.project_id
        if place is None:
            return self._everywhere(person=by.person.pk)
        if by.project_id not in (None, place):
            return []
        return self._there(person=by.person.pk, project=place)


@_Asked
def _to_label(there: Q) -> QuerySet[Assignment, tuple[Any, ...]]:
    # An article that is to be looked at again is as new.
    rank = Case(
        When(state=State.RETURNED, then=0),
        When(state=State.OPEN, then=1),
        When(state=State.SUBMITTED, then=3),
        default=4,
        output_field=IntegerField(),
    )
    own = (
        AnnotationSet.objects.filter(
            article=OuterRef("article"), annotator=Place("person"), kind=Kind.OWN, concealed_at=None
        )
        .annotate(rank=rank)
        .order_by("-round")
    )
    rows = (
        _held(Task.ANNOTATE, there)
        .annotate(state=Subquery(own.values("state")[:1]), set=Subquery(own.values("uuid")[:1]))
        # In the set: outside, the database would look it up anew for each state.
        .annotate(rank=Coalesce(Subquery(own.values("rank")[:1]), 2))
        .annotate(whose=Value("", output_field=CharField()))
        .order_by("rank", "pk")
    )
    return rows.values_list(*ITEM)[:QUEUE]


def _drawn() -> Q:
    """Return which sets that are handed in their project wants reviewed."""
    which = "article__project__review_which"
    flagged = Span.objects.live().filter(annotation_set=OuterRef("pk"), flag=True)
    far = Q(nearness=None) | Q(nearness__lt=F("article__project__review_below"))
    return (
        Q(**{which: Sampling.ALL})
        | Q(**{which: Sampling.SHARE}, lot__lt=F("article__project__review_upto"))
        | Q(Exists(flagged), **{which: Sampling.FLAGGED})
        | Q(far, **{which: Sampling.LOW_AGREEMENT})
    )


@_Asked
def _to_review(there: Q) -> QuerySet[AnnotationSet, tuple[Any, ...]]:
    held = _held(Task.REVIEW, there)
    rows = (
        AnnotationSet.objects.annotate(lot=Right(Cast("uuid", CharField()), 4))
        .filter(_drawn(), counting(), article__in=held.values("article"), state=State.SUBMITTED)
        .exclude(annotator=Place("person"))
        .annotate(set=F("uuid"), whose=Coalesce("annotator__username", "annotator_name"))
        .order_by("submitted_at", "pk")
    )
    return rows.values_list(*ITEM)[:QUEUE]


def to_label(by: Actor, project: Project | None = None) -> list[Item]:
    """Return what one is to label: returned first, then begun, then new, then what is handed in."""
    return _items(_to_label(by, project), Task.ANNOTATE)


def to_review(by: Actor, project: Project | None = None) -> list[Item]:
    """Return the sets that wait for one's review, oldest first, as far as the project wants them reviewed.

    One's own are never among them.
    """
    return _items(_to_review(by, project), Task.REVIEW)


def _items(rows: Iterable[tuple[Any, ...]], role: Task) -> list[Item]:
    return [
        Item(
            article=article,
            title=title,
            project_slug=slug,
            project_name=name,
            role=role,
            state=State(state) if state else None,
            set=uuid,
            annotator=whose,
        )
        for article, title, slug, name, state, uuid, whose in rows
    ]


def next_for(by: Actor, project: Project, *, skip: Sequence[UUID] = ()) -> Item | None:
    """Return the next thing to do in a project: something to label, else something to review."""
    todo = [
        each
        for each in to_label(by, project)
        if each.state in (None, State.OPEN, State.RETURNED) and each.article not in skip
    ]
    return next(
        iter(todo or [each for each in to_review(by, project) if each.article not in skip]), None
    )


@_Asked
def _held_count(there: Q) -> QuerySet[Assignment, int]:
    return _counted(_held(Task.ANNOTATE, there), "person").values_list("n", flat=True)


@prepared
def _own_states() -> QuerySet[AnnotationSet, tuple[str, int]]:
    own = AnnotationSet.objects.filter(
        annotator=Place("person"), article__project=Place("project"), kind=Kind.OWN
    )
    return _counted(own, "state").values_list("state", "n")


@_Asked
def _review_states(there: Q) -> QuerySet[AnnotationSet, tuple[int, str, int]]:
    held = _held(Task.REVIEW, there)
    found = AnnotationSet.objects.filter(article__in=held.values("article")).exclude(kind=Kind.GOLD)
    others = found.exclude(annotator=Place("person")).order_by()
    whose = others.values("article__project", "state").annotate(n=Count("pk"))
    return whose.values_list("article__project", "state", "n")


def _counted(rows: QuerySet[Listed], by: str) -> QuerySet[Any, Any]:
    return rows.order_by().values(by).annotate(n=Count("pk"))


def progress(by: Actor, project: Project) -> dict[str, int]:
    """Return one's own figures in a project: what is assigned, and one's own sets by state."""
    own = _own_states(person=by.person.pk, project=project.pk)
    return {"total": sum(_held_count(by, project)), **_by_state(own)}


def reviewing(by: Actor, project: Project) -> dict[str, int]:
    """Return the figures of a reviewer in a project: other people's sets of what they review, by state."""
    return _by_state((state, n) for _project, state, n in _review_states(by, project))


def reviewing_everywhere(by: Actor) -> dict[int, dict[str, int]]:
    """Return the figures of a reviewer by project, where they have something to review."""
    found: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(State.values, 0))
    for project, state, n in _review_states(by, None):
        found[project][state] = n
    return found


def _by_state(counted: Iterable[tuple[str, int]]) -> dict[str, int]:
    return dict.fromkeys(State.values, 0) | dict(counted)


def item_payload(item: Item) -> dict[str, Any]:
    """Return an item of the queue as clients see it."""
    return {
        "article": str(item.article),
        "title": item.title,
        "role": item.role,
        "state": item.state,
        "annotation_set": str(item.set) if item.set else None,
    }
