"""Assignments, and the queue that they make for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from ..models import AnnotationSet, Assignment, Project
from ..vocabulary import Kind, Role, State, Task
from .access import Actor

QUEUE = 50
"""Articles of the queue that a page shows."""


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


def payload(assignment: Assignment) -> dict[str, Any]:
    """Return an assignment as clients see it."""
    return {
        "article": str(assignment.article.uuid),
        "person": assignment.person.username,
        "role": assignment.role,
        "created_at": assignment.created_at.isoformat(),
    }


def _held(by: Actor, role: Task, project: Project | None) -> QuerySet[Assignment]:
    # Who was a reviewer, or a peer, keeps the assignments, but sees nobody's work by them any more.
    still = Q(article__project__memberships__role__in=(Role.REVIEWER, Role.MANAGER)) | Q(
        article__project__peer_review=True
    )
    held = Assignment.objects.filter(
        still if role == Task.REVIEW else Q(),
        person=by.person,
        role=role,
        withdrawn_at=None,
        article__deleted_at=None,
        article__project__archived_at=None,
        article__project__memberships__person=by.person,
        article__project__memberships__left_at=None,
    )
    if by.project_id:
        held = held.filter(article__project=by.project_id)
    return held.filter(article__project=project) if project else held


def to_label(by: Actor, project: Project | None = None, most: int = QUEUE) -> list[Item]:
    """Return what one is to label: returned first, then begun, then new, then what is handed in."""
    own = AnnotationSet.objects.filter(
        article=OuterRef("article"), annotator=by.person, kind=Kind.OWN
    ).order_by("-round")
    rank = Case(
        When(state=State.RETURNED, then=0),
        When(state=State.OPEN, then=1),
        When(state=None, then=2),
        When(state=State.SUBMITTED, then=3),
        default=4,
        output_field=IntegerField(),
    )
    rows = (
        _held(by, Task.ANNOTATE, project)
        .annotate(state=Subquery(own.values("state")[:1]), set=Subquery(own.values("uuid")[:1]))
        .annotate(rank=rank, whose=Value("", output_field=CharField()))
        .order_by("rank", "pk")
    )
    return _items(rows, Task.ANNOTATE, most)


def to_review(by: Actor, project: Project | None = None, most: int = QUEUE) -> list[Item]:
    """Return the sets that wait for one's review, oldest first; one's own are never among them."""
    held = _held(by, Task.REVIEW, project)
    rows = (
        AnnotationSet.objects.filter(article__in=held.values("article"), state=State.SUBMITTED)
        .exclude(annotator=by.person)
        .annotate(set=F("uuid"), whose=Coalesce("annotator__username", "annotator_name"))
        .order_by("submitted_at", "pk")
    )
    return _items(rows, Task.REVIEW, most)


def _items(
    rows: QuerySet[Assignment] | QuerySet[AnnotationSet], role: Task, most: int
) -> list[Item]:
    columns = (
        "article__uuid",
        "article__title",
        "article__project__slug",
        "article__project__name",
        "state",
        "set",
        "whose",
    )
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
        for article, title, slug, name, state, uuid, whose in rows.values_list(*columns)[:most]
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


def progress(by: Actor, project: Project) -> dict[str, int]:
    """Return one's own figures in a project: what is assigned, and one's own sets by state."""
    total = _held(by, Task.ANNOTATE, project).count()
    own = AnnotationSet.objects.filter(
        annotator=by.person, article__project=project, kind=Kind.OWN
    ).aggregate(**_by_state())
    return {"total": total, **own}


def reviewing(by: Actor, project: Project) -> dict[str, int]:
    """Return the figures of a reviewer in a project: other people's sets of what they review, by state."""
    held = _held(by, Task.REVIEW, project)
    found = AnnotationSet.objects.filter(article__in=held.values("article"))
    return found.exclude(annotator=by.person).aggregate(**_by_state())


def _by_state() -> dict[str, Count]:
    return {state: Count("pk", filter=Q(state=state)) for state in State.values}


def item_payload(item: Item) -> dict[str, Any]:
    """Return an item of the queue as clients see it."""
    return {
        "article": str(item.article),
        "title": item.title,
        "role": item.role,
        "state": item.state,
        "annotation_set": str(item.set) if item.set else None,
    }
