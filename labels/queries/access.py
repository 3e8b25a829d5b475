"""Finding things for somebody: membership comes first in every look-up.

Each function returns the thing with the person's `Standing` towards it, or raises `NotFound`:
a stranger cannot tell a foreign project from one that does not exist. Whether the standing suffices is
asked in `labels.actions.access`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, UUIDField

from ..errors import NotFound
from ..models import AnnotationSet, Article, Assignment, Membership, Project, User
from ..records import Standing
from ..vocabulary import Kind, Role, Scope, State, Task
from ..words import say
from .prepared import Place, prepared

Row = TypeVar("Row")

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


def _only(found: list[Row]) -> Row | None:
    """Return the one row that there can be."""
    return found[0] if found else None


def _reaches(by: Actor, project_id: int) -> bool:
    """Whether the actor's token, if it is for one project, is for this one."""
    return by.project_id in (None, project_id)


@prepared
def _membership() -> QuerySet[Membership]:
    return Membership.objects.filter(
        person=Place("person"),
        left_at=None,
        project__slug=Place("slug"),
        project__archived_at=None,
    ).select_related("project")


def project(by: Actor, slug: str) -> tuple[Project, Standing]:
    """Return a project the actor is a member of."""
    membership = _only(_membership(person=by.person.pk, slug=slug))
    if membership is None or not _reaches(by, membership.project_id):
        raise NotFound(say("There is no such project, or you are not in it."))
    found = membership.project
    return found, Standing(
        role=Role(membership.role),
        can_export=membership.can_export,
        trial=membership.trial_at is not None,
        blind=found.blind,
        peer_review=found.peer_review,
    )


def _tasks(article: str) -> dict[str, Exists]:
    """Ask, with a look-up, what somebody is to do with the article that it names so."""
    held = Assignment.objects.filter(
        article=OuterRef(article), person=Place("person"), withdrawn_at=None
    )
    return {
        "has_to_label": Exists(held.filter(role=Task.ANNOTATE)),
        "has_to_review": Exists(held.filter(role=Task.REVIEW)),
    }


def _article() -> QuerySet[Article]:
    return (
        Article.objects.live()
        .filter(
            uuid=Place("uuid", UUIDField()),
            project__archived_at=None,
            project__memberships__person=Place("person"),
            project__memberships__left_at=None,
        )
        .select_related("project")
        .annotate(
            member_role=F("project__memberships__role"),
            member_export=F("project__memberships__can_export"),
            **_tasks("pk"),
        )
    )


_whole_article = prepared(_article)
_article_head = prepared(lambda: _article().defer("text"))


def article(by: Actor, uuid: UUID, *, text: bool = False) -> tuple[Article, Standing]:
    """Return a live article of one of the actor's projects, with its text only on request."""
    look_up = _whole_article if text else _article_head
    row = _only(look_up(uuid=uuid, person=by.person.pk))
    if row is None or not _reaches(by, row.project_id):
        raise NotFound(say("There is no such article, or it is not in a project of yours."))
    annotated = vars(row)
    return row, Standing(
        role=Role(annotated["member_role"]),
        can_export=annotated["member_export"],
        blind=row.project.blind,
        peer_review=row.project.peer_review,
        labels=annotated["has_to_label"],
        reviews=_reviews(by, row, annotated),
    )


WRITER_READS = (
    "uuid",
    "annotator",
    "kind",
    "round",
    "concealed_at",
    "trial",
    "state",
    "version",
    "chain",
    "created_at",
    "submitted_at",
    "article__text",
    "article__project__peer_review",
    "article__project__open_after_submit",
    "article__project__blind",
    "scheme__version",
    "scheme__created_at",
)
"""What those who write a set need of it: each column more takes its time in every save."""


def _set() -> QuerySet[AnnotationSet]:
    return (
        AnnotationSet.objects.filter(
            uuid=Place("uuid", UUIDField()),
            article__deleted_at=None,
            article__project__archived_at=None,
            article__project__memberships__person=Place("person"),
            article__project__memberships__left_at=None,
        )
        .select_related("article__project", "scheme")
        .annotate(
            member_role=F("article__project__memberships__role"),
            member_export=F("article__project__memberships__can_export"),
            **_tasks("article"),
        )
    )


# Its key never changes, so rows that point to it may be written meanwhile: else both would wait for each other.
_locked_set = prepared(
    lambda: _set().only(*WRITER_READS).select_for_update(of=("self",), no_key=True)
)
_whole_set = prepared(lambda: _set().select_related("annotator").defer("scheme__definition"))


def annotation_set(by: Actor, uuid: UUID, *, lock: bool = False) -> tuple[AnnotationSet, Standing]:
    """Return an annotation set with its article and text; `lock` holds the row until the transaction ends."""
    look_up = _locked_set if lock else _whole_set
    row = _only(look_up(uuid=uuid, person=by.person.pk))
    if row is None or not _reaches(by, row.article.project_id):
        raise NotFound(say("There is no such annotation set, or it is not in a project of yours."))
    annotated = vars(row)
    settings = row.article.project
    return row, Standing(
        role=Role(annotated["member_role"]),
        can_export=annotated["member_export"],
        peer_review=settings.peer_review,
        labels=annotated["has_to_label"],
        reviews=_reviews(by, row.article, annotated),
        own=row.annotator_id == by.person.pk,
        concealed=row.concealed_at is not None and row.annotator_id == by.person.pk,
        both_submitted=settings.open_after_submit and _both_submitted(by, row),
    )


def _reviews(by: Actor, article: Article, tasks: Mapping[str, Any]) -> bool:
    if article.project.blind and tasks["has_to_label"] and tasks["has_to_review"]:
        return for_review().filter(article=article, person=by.person).exists()
    return bool(tasks["has_to_review"])


def for_review() -> QuerySet[Assignment]:
    """Return the assignments by which people read others' work to review it.

    In a blind project who is to label the article, too, first hands in what they have made themselves.
    """
    labels = Assignment.objects.filter(
        article=OuterRef("article"),
        person=OuterRef("person"),
        role=Task.ANNOTATE,
        withdrawn_at=None,
    )
    handed_in = AnnotationSet.objects.filter(
        article=OuterRef("article"),
        annotator=OuterRef("person"),
        kind=Kind.OWN,
        state__in=SUBMITTED,
        concealed_at=None,
    )
    held = Assignment.objects.filter(role=Task.REVIEW, withdrawn_at=None)
    return held.exclude(Q(Exists(labels), ~Exists(handed_in)), article__project__blind=True)


def _both_submitted(by: Actor, row: AnnotationSet) -> bool:
    own = AnnotationSet.objects.filter(
        article=row.article_id, annotator=by.person, state__in=SUBMITTED, concealed_at=None
    )
    return row.state in SUBMITTED and own.exists()


def seen(by: Actor, project: Project, role: Role) -> Q:
    """Return which of a project's annotation sets the actor may read, for lists and counts of them.

    The same as `Act.READ_SET` in the table of permissions, as a condition that the database can check.
    """
    if role == Role.MANAGER:
        return ~concealed_from(by)
    found = Q(annotator=by.person)
    if role == Role.REVIEWER or project.peer_review:
        held = for_review().filter(person=by.person)
        found |= Q(article__in=held.values("article"))
    if role == Role.ANNOTATOR and project.open_after_submit:
        own = AnnotationSet.objects.filter(
            annotator=by.person, state__in=SUBMITTED, concealed_at=None
        )
        found |= Q(state__in=SUBMITTED, article__in=own.values("article"))
    return found & ~concealed_from(by)


def concealed_from(by: Actor) -> Q:
    """Return which sets somebody is not to see before they have looked again."""
    return Q(annotator=by.person, concealed_at__isnull=False)
