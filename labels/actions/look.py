"""Second looks: asking somebody to label older articles of theirs once more, and taking that back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ..models import AnnotationSet, Project, User
from ..queries import look
from ..queries.access import Actor
from ..rules.permissions import Act
from ..rules.wording import whole
from ..vocabulary import Subject, Task
from . import access, assignment, revision

MOST = 1000
"""Articles in one call."""
LONGEST = 3650
"""Days."""
DAYS = 30
"""Days that have to pass, unless it is said otherwise: long enough to have forgotten one's marks."""


def ask(
    *,
    by: Actor,
    slug: str,
    person: str,
    count: Any,
    days: Any,
    now: datetime | None = None,
) -> list[UUID]:
    """Ask a member to look again at some articles that they handed in at least so many days ago; return these.

    They come to the person's queue as new ones, and nothing of the first look is shown until the second is handed
    in. Which articles is settled by the ids of the sets, not by dice.
    """
    at = now or timezone.now()
    most = whole("count", count, least=1, most=MOST)
    before = at - timedelta(days=whole("days", days, least=0, most=LONGEST))
    with transaction.atomic():
        project = access.project(Act.ASSIGN, by=by, slug=slug)
        whom = assignment.member(project, person, Task.ANNOTATE)
        drawn = list(look.candidates(project, person, before).select_related("article")[:most])
        AnnotationSet.objects.filter(pk__in=[each.pk for each in drawn]).update(concealed_at=at)
        # Some were taken back since: they come to the queue again.
        articles = [each.article for each in drawn]
        assignment.hand_out(by=by, whom=whom, role=Task.ANNOTATE, articles=articles, at=at)
        asked = [each.article.uuid for each in drawn]
        if asked:
            _log(by, at, project, "look_again", whom, asked)
    return asked


def withdraw(*, by: Actor, slug: str, person: str, now: datetime | None = None) -> list[UUID]:
    """Take back the second looks that somebody has not begun, and return their articles."""
    at = now or timezone.now()
    with transaction.atomic():
        project = access.project(Act.ASSIGN, by=by, slug=slug)
        whom = assignment.member(project, person, Task.ANNOTATE)
        rows = look.due(project, person)
        keys, freed = list(rows.values_list("pk", flat=True)), look.uuids(rows)
        AnnotationSet.objects.filter(pk__in=keys).update(concealed_at=None)
        if freed:
            _log(by, at, project, "look_no_more", whom, freed)
    return freed


def _log(
    by: Actor, at: datetime, project: Project, action: str, whom: User, articles: list[UUID]
) -> None:
    revision.record(
        by=by.person,
        at=at,
        project=project,
        subject=Subject.ASSIGNMENT,
        subject_id=whom.uuid,
        action=action,
        payload={"person": whom.username, "articles": [str(each) for each in articles]},
    )
