"""Finding things for somebody: membership comes first in every look-up.

Each function returns the thing with the person's `Standing` towards it, or raises `NotFound`:
a stranger cannot tell a foreign project from one that does not exist. Whether the standing suffices is
asked in `labels.actions.access`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import F, Model, Q, QuerySet

from ..errors import NotFound
from ..models import AnnotationSet, Article, Assignment, Membership, Project, User
from ..records import Standing
from ..vocabulary import Role, Scope, State, Task

Row = TypeVar("Row", bound=Model)

SUBMITTED = (State.SUBMITTED, State.APPROVED)
"""States of a set that its annotator cannot change, so that seeing another's cannot colour it."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and how far their token reaches.

    `scopes` is None for somebody signed in on the pages: all that the role allows. `project_id` narrows a
    token to one project; every other one is not there for it. `until` is when the token ends.
    """

    person: User
    scopes: frozenset[Scope] | None = None
    project_id: int | None = None
    until: datetime | None = None


def _memberships(by: Actor) -> QuerySet[Membership]:
    found = Membership.objects.filter(person=by.person, left_at=None)
    return found.filter(project=by.project_id) if by.project_id else found


def _only(found: QuerySet[Row]) -> Row | None:
    """Return the one row that there can be; `first` would put it in order first, which takes its time."""
    return next(iter(found), None)


def project(by: Actor, slug: str) -> tuple[Project, Standing]:
    """Return a project the actor is a member of."""
    memberships = _memberships(by).filter(project__slug=slug, project__archived_at=None)
    membership = _only(memberships.select_related("project"))
    if membership is None:
        raise NotFound("There is no such project, or you are not in it.")
    found = membership.project
    return found, Standing(
        role=Role(membership.role),
        can_export=membership.can_export,
        peer_review=found.peer_review,
    )


def _tasks(by: Actor, article_id: int) -> set[str]:
    """Return what the actor is assigned to do with an article.

    Asked for by itself: as conditions inside the look-ups it made each of them take twice as long.
    """
    held = Assignment.objects.filter(article=article_id, person=by.person, withdrawn_at=None)
    return set(held.values_list("role", flat=True))


def article(by: Actor, uuid: UUID, *, text: bool = False) -> tuple[Article, Standing]:
    """Return a live article of one of the actor's projects, with its text only on request."""
    found = (
        Article.objects.live()
        .filter(uuid=uuid, project__archived_at=None, project__memberships__in=_memberships(by))
        .select_related("project")
        .annotate(
            member_role=F("project__memberships__role"),
            member_export=F("project__memberships__can_export"),
        )
    )
    row = _only(found if text else found.defer("text"))
    if row is None:
        raise NotFound("There is no such article, or it is not in a project of yours.")
    annotated, tasks = vars(row), _tasks(by, row.pk)
    return row, Standing(
        role=Role(annotated["member_role"]),
        can_export=annotated["member_export"],
        peer_review=row.project.peer_review,
        labels=Task.ANNOTATE in tasks,
        reviews=Task.REVIEW in tasks,
    )


WRITER_READS = (
    "uuid",
    "annotator",
    "kind",
    "state",
    "version",
    "chain",
    "created_at",
    "submitted_at",
    "article__text",
    "article__project__peer_review",
    "article__project__open_after_submit",
    "scheme__version",
    "scheme__created_at",
)
"""What those who write a set need of it: each column more takes its time in every save."""


def annotation_set(by: Actor, uuid: UUID, *, lock: bool = False) -> tuple[AnnotationSet, Standing]:
    """Return an annotation set with its article and text; `lock` holds the row until the transaction ends."""
    found = AnnotationSet.objects.filter(
        uuid=uuid,
        article__deleted_at=None,
        article__project__archived_at=None,
        article__project__memberships__in=_memberships(by),
    ).annotate(
        member_role=F("article__project__memberships__role"),
        member_export=F("article__project__memberships__can_export"),
    )
    if lock:
        held = found.select_related("article__project", "scheme").only(*WRITER_READS)
        row = _only(held.select_for_update(of=("self",)))
    else:
        read = found.select_related("article__project", "annotator", "scheme")
        row = _only(read.defer("scheme__definition"))
    if row is None:
        raise NotFound("There is no such annotation set, or it is not in a project of yours.")
    annotated, tasks = vars(row), _tasks(by, row.article_id)
    settings = row.article.project
    return row, Standing(
        role=Role(annotated["member_role"]),
        can_export=annotated["member_export"],
        peer_review=settings.peer_review,
        labels=Task.ANNOTATE in tasks,
        reviews=Task.REVIEW in tasks,
        own=row.annotator_id == by.person.pk,
        both_submitted=settings.open_after_submit and _both_submitted(by, row),
    )


def _both_submitted(by: Actor, row: AnnotationSet) -> bool:
    own = AnnotationSet.objects.filter(
        article=row.article_id, annotator=by.person, state__in=SUBMITTED
    )
    return row.state in SUBMITTED and own.exists()


def seen(by: Actor, project: Project, role: Role) -> Q:
    """Return which of a project's annotation sets the actor may read, for lists and counts of them.

    The same as `Act.READ_SET` in the table of permissions, as a condition that the database can check.
    """
    if role == Role.MANAGER:
        return Q()
    found = Q(annotator=by.person)
    if role == Role.REVIEWER or project.peer_review:
        held = Assignment.objects.filter(person=by.person, role=Task.REVIEW, withdrawn_at=None)
        found |= Q(article__in=held.values("article"))
    if role == Role.ANNOTATOR and project.open_after_submit:
        own = AnnotationSet.objects.filter(annotator=by.person, state__in=SUBMITTED)
        found |= Q(state__in=SUBMITTED, article__in=own.values("article"))
    return found
