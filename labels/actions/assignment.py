"""Assignments: handing articles to people and taking them back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ..errors import Invalid, NotFound
from ..models import Article, Assignment, Membership, Project, User
from ..queries import assignment as queue
from ..queries.access import Actor
from ..rules import sampling
from ..rules.permissions import Act
from ..vocabulary import Role, Subject, Task
from ..words import say
from . import access, revision

MOST = 10_000
"""Articles in one call."""


def assign(
    *,
    by: Actor,
    slug: str,
    person: str,
    role: Task,
    articles: Sequence[UUID],
    now: datetime | None = None,
) -> list[Assignment]:
    """Hand articles to a member, to label or to review. What they have already stays as it is."""
    at = now or timezone.now()
    with transaction.atomic():
        project = access.project(Act.ASSIGN, by=by, slug=slug)
        whom = member(project, person, role)
        found = _articles(project, articles)
        hand_out(by=by, whom=whom, role=role, articles=found, at=at)
        _log(by, at, project, "assign", whom, role, [each.uuid for each in found])
    wanted = Assignment.objects.filter(article__in=found, person=whom, role=role, withdrawn_at=None)
    return list(wanted.select_related("article", "person").defer("article__text").order_by("pk"))


def hand_out(
    *, by: Actor, whom: User, role: Task, articles: Iterable[Article], at: datetime
) -> None:
    """Write assignments inside the caller's transaction; what somebody has already stays as it is."""
    made = [
        Assignment(article=each, person=whom, role=role, by=by.person, created_at=at)
        for each in articles
    ]
    Assignment.objects.bulk_create(made, ignore_conflicts=True)


def assign_unassigned(
    *,
    by: Actor,
    slug: str,
    person: str,
    role: Task,
    count: int,
    now: datetime | None = None,
) -> list[Assignment]:
    """Hand a member the next `count` articles that nobody has in this role yet.

    Among those to label is the project's share of hidden gold: articles whose gold set is finished and that the
    member has had nothing to do with.
    """
    project = access.project(Act.ASSIGN, by=by, slug=slug)
    most = min(count, MOST)
    hidden: list[UUID] = []
    if role == Task.ANNOTATE and project.gold_share:
        had = queue.ever_held(project, person)
        wanted = sampling.due(had, most, project.gold_share)
        hidden = list(queue.hidden_gold(project, person)[:wanted])
    taken = Assignment.objects.filter(role=role, withdrawn_at=None).values("article")
    free = Article.objects.live().filter(project=project).exclude(pk__in=taken).order_by("pk")
    plain = free.exclude(uuid__in=hidden).values_list("uuid", flat=True)
    uuids = sampling.mixed(list(plain[: most - len(hidden)]), hidden)
    if not uuids:
        return []
    return assign(by=by, slug=slug, person=person, role=role, articles=uuids, now=now)


def withdraw(
    *,
    by: Actor,
    slug: str,
    person: str,
    role: Task,
    articles: Sequence[UUID],
    now: datetime | None = None,
) -> int:
    """Take articles back from a person and return how many; the work they did stays."""
    at = now or timezone.now()
    with transaction.atomic():
        project = access.project(Act.ASSIGN, by=by, slug=slug)
        held = Assignment.objects.filter(
            article__project=project,
            article__uuid__in=articles,
            person__username=person,
            role=role,
            withdrawn_at=None,
        )
        found = list(held.select_related("person").values_list("pk", "article__uuid"))
        if not found:
            raise NotFound(
                say("{person} has none of these articles in hand for this.", person=person)
            )
        whom = User.objects.get(username=person)
        Assignment.objects.filter(pk__in=[pk for pk, _uuid in found]).update(withdrawn_at=at)
        _log(by, at, project, "withdraw", whom, role, [uuid for _pk, uuid in found])
    return len(found)


def assign_self(*, by: Actor, article: Article, role: Task, at: datetime) -> None:
    """Note that somebody who may start without an assignment has done so."""
    held = Assignment.objects.filter(
        article=article, person=by.person, role=role, withdrawn_at=None
    )
    if not held.exists():
        Assignment.objects.create(
            article=article, person=by.person, role=role, by=by.person, created_at=at
        )
        _log(by, at, article.project, "assign", by.person, role, [article.uuid])


def member(project: Project, username: str, role: Task) -> User:
    """Return a member who may have articles in hand for this. Raises `NotFound` or `Invalid`."""
    membership = (
        Membership.objects.filter(project=project, person__username=username, left_at=None)
        .select_related("person")
        .first()
    )
    if membership is None:
        raise NotFound(
            say("“{username}” is not in this project. Add them first.", username=username)
        )
    if role == Task.REVIEW and membership.role == Role.ANNOTATOR and not project.peer_review:
        raise Invalid(
            say(
                "{username} is an annotator, and this project has no peer review.",
                username=username,
            ),
            errors=[
                {"field": "role", "code": "invalid", "message": say("Make them a reviewer first.")}
            ],
        )
    return membership.person


def _articles(project: Project, uuids: Sequence[UUID]) -> list[Article]:
    if len(uuids) > MOST:
        raise Invalid(say("Assign {most} articles at a time at most.", most=MOST))
    wanted = list(dict.fromkeys(uuids))
    found = Article.objects.live().filter(project=project, uuid__in=wanted).defer("text")
    known = {each.uuid: each for each in found}
    lost = [str(each) for each in wanted if each not in known]
    if lost:
        raise NotFound(
            say(
                "{count} of the articles are not in this project: {first} …",
                count=len(lost),
                first=lost[0],
            )
        )
    return [known[each] for each in wanted]


def _log(
    by: Actor,
    at: datetime,
    project: Project,
    action: str,
    person: User,
    role: Task,
    articles: Sequence[UUID],
) -> None:
    revision.record(
        by=by.person,
        at=at,
        project=project,
        subject=Subject.ASSIGNMENT,
        subject_id=person.uuid,
        action=action,
        payload={
            "person": person.username,
            "role": role,
            "articles": [str(each) for each in articles],
        },
    )
