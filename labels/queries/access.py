"""Finding things for somebody: membership comes first in every look-up.

Each function returns the thing with the person's `Standing` towards it, in one query, or raises `NotFound`:
a stranger cannot tell a foreign project from one that does not exist. Whether the standing suffices is
asked in `labels.actions.access`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ..errors import NotFound
from ..models import AnnotationSet, Article, Assignment, Membership, Project, User
from ..records import Standing
from ..vocabulary import Role, Scope, State, Task

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


def project(by: Actor, slug: str) -> tuple[Project, Standing]:
    """Return a project the actor is a member of."""
    membership = (
        _memberships(by)
        .select_related("project")
        .filter(project__slug=slug, project__archived_at=None)
        .first()
    )
    if membership is None:
        raise NotFound("There is no such project, or you are not in it.")
    found = membership.project
    return found, Standing(
        role=Role(membership.role),
        can_export=membership.can_export,
        peer_review=found.peer_review,
    )


def _assignments(by: Actor, role: Task, article: str) -> Exists:
    return Exists(
        Assignment.objects.filter(
            article=OuterRef(article), person=by.person, role=role, withdrawn_at=None
        )
    )


def article(by: Actor, uuid: UUID, *, text: bool = False) -> tuple[Article, Standing]:
    """Return a live article of one of the actor's projects, with its text only on request."""
    memberships = _memberships(by).filter(project=OuterRef("project"))
    found = (
        Article.objects.live()
        .filter(uuid=uuid, project__archived_at=None)
        .select_related("project")
        .annotate(
            member_role=memberships.values("role")[:1],
            member_export=memberships.values("can_export")[:1],
            member_labels=_assignments(by, Task.ANNOTATE, "pk"),
            member_reviews=_assignments(by, Task.REVIEW, "pk"),
        )
        .exclude(member_role=None)
    )
    row = (found if text else found.defer("text")).first()
    if row is None:
        raise NotFound("There is no such article, or it is not in a project of yours.")
    annotated = vars(row)
    return row, Standing(
        role=Role(annotated["member_role"]),
        can_export=annotated["member_export"],
        peer_review=row.project.peer_review,
        labels=annotated["member_labels"],
        reviews=annotated["member_reviews"],
    )


def annotation_set(by: Actor, uuid: UUID, *, lock: bool = False) -> tuple[AnnotationSet, Standing]:
    """Return an annotation set with its article and text; `lock` holds the row until the transaction ends."""
    own_submitted = AnnotationSet.objects.filter(
        article=OuterRef("article"), annotator=by.person, state__in=SUBMITTED
    )
    found = (
        AnnotationSet.objects.filter(
            uuid=uuid,
            article__deleted_at=None,
            article__project__archived_at=None,
            article__project__memberships__in=_memberships(by),
        )
        .select_related("article__project", "annotator", "scheme")
        .defer("scheme__definition")
        .annotate(
            member_role=F("article__project__memberships__role"),
            member_export=F("article__project__memberships__can_export"),
            member_labels=_assignments(by, Task.ANNOTATE, "article"),
            member_reviews=_assignments(by, Task.REVIEW, "article"),
            member_submitted=Exists(own_submitted),
        )
    )
    if lock:
        found = found.select_for_update(of=("self",))
    row = found.first()
    if row is None:
        raise NotFound("There is no such annotation set, or it is not in a project of yours.")
    settings = row.article.project
    return row, Standing(
        role=Role(row.member_role),
        can_export=row.member_export,
        peer_review=settings.peer_review,
        labels=row.member_labels,
        reviews=row.member_reviews,
        own=row.annotator_id == by.person.pk,
        both_submitted=settings.open_after_submit
        and row.member_submitted
        and row.state in SUBMITTED,
    )


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
