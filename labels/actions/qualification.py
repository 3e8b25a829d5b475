"""The qualification round: which articles it has, who enters it, who has passed, and what they learn from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ..errors import Invalid, NotFound
from ..models import AnnotationSet, Article, Membership, Project, Trial
from ..queries import qualification as round_of
from ..queries.access import Actor
from ..queries.qualification import Pair
from ..records import Span, Standing
from ..rules import qualification as rules
from ..rules.comparison import Cluster, compare
from ..rules.feedback import changed
from ..rules.permissions import Act
from ..rules.qualification import Score
from ..rules.wording import whole
from ..vocabulary import Difference, Role, Scope, Subject, Task
from ..words import say
from . import access, assignment, revision
from .feedback import OVERLOOKED, UNWANTED, Correction, quote

MOST = 100
"""Articles in the round."""


@dataclass(slots=True)
class Result:
    """How far somebody is in the round, and how near they came to gold; the score once all is handed in."""

    membership: Membership
    handed_in: int
    total: int
    score: Score | None = None
    pairs: list[Pair] = field(default_factory=list)

    @property
    def state(self) -> str:
        """`passed`, `passed_by_hand`, `waiting` for a manager, or `open`."""
        if self.membership.qualified_at:
            return "passed_by_hand" if self.membership.qualified_by_id else "passed"
        return "waiting" if self.score else "open"


@dataclass(slots=True)
class Round:
    """The round of a project as somebody may see it: managers all of it, others their own part."""

    project: Project
    standing: Standing
    trials: list[Trial]
    results: list[Result]


def look(*, by: Actor, slug: str, scope: Scope = Scope.READ) -> Round:
    """Return the round: for a manager with everybody's results, for others with their own.

    Who has just changed it need not have the scope to read.
    """
    project, standing = access.project_standing(by=by, slug=slug, scope=scope)
    trials = list(round_of.trials(project))
    people = round_of.taking_part(project)
    if not access.may(Act.READ_MEMBERS, standing):
        people = people.filter(person=by.person)
    return Round(project, standing, trials, _results(project, list(people), trials))


def _results(
    project: Project, people: Sequence[Membership], trials: Sequence[Trial]
) -> list[Result]:
    papers = round_of.papers(project, [each.person_id for each in people], trials)
    return [_result(each, papers.of(each.person), len(trials)) for each in people]


def _result(membership: Membership, pairs: list[Pair], total: int) -> Result:
    found = Result(membership, len(pairs), total, pairs=pairs)
    if pairs and len(pairs) >= total:
        found.score = rules.score((each.own.spans, each.gold.spans) for each in pairs)
    return found


# What managers do


def change(
    *, by: Actor, slug: str, percent: Any, articles: Sequence[UUID], now: datetime | None = None
) -> Project:
    """Set from which score new annotators have passed (None: there is no round), and its articles.

    Who is in the project already need not take part; who comes as an annotator afterwards does.
    """
    at = now or timezone.now()
    enough = None if percent is None else whole("percent", percent, least=1, most=100)
    with transaction.atomic():
        project = access.project(Act.CHANGE_PROJECT, by=by, slug=slug)
        wanted = _checked(project, enough, articles)
        Project.objects.filter(pk=project.pk).update(qualify_from=enough)
        project.qualify_from = enough
        Trial.objects.filter(article__project=project).exclude(article__in=wanted).update(
            withdrawn_at=at
        )
        for each in wanted:
            values = {"withdrawn_at": None}
            made = values | {"by": by.person, "created_at": at}
            Trial.objects.update_or_create(article=each, defaults=values, create_defaults=made)
        for member in round_of.taking_part(project).filter(qualified_at=None):
            assignment.hand_out(
                by=by, whom=member.person, role=Task.ANNOTATE, articles=wanted, at=at
            )
        told = {"percent": enough, "articles": [str(each.uuid) for each in wanted]}
        _log(by, at, project, "qualification", project.uuid, told)
    return project


def _checked(project: Project, percent: int | None, uuids: Sequence[UUID]) -> list[Article]:
    wanted = list(dict.fromkeys(uuids))
    if len(wanted) > MOST:
        raise _invalid(say("The round takes {most} articles at most.", most=MOST))
    if percent is not None and not wanted:
        raise _invalid(say("Choose at least one article whose gold set is finished."))
    known = round_of.known(project, wanted)
    if len(known) < len(wanted):
        raise _invalid(say("Only articles whose gold set is finished can be in the round."))
    return [known[each] for each in wanted]


def _invalid(message: str) -> Invalid:
    return Invalid(message, errors=[{"field": "articles", "code": "invalid", "message": message}])


def let_pass(*, by: Actor, slug: str, person: str, now: datetime | None = None) -> Membership:
    """Let somebody pass by hand, whatever their score. Raises `NotFound`."""
    at = now or timezone.now()
    with transaction.atomic():
        project = access.project(Act.CHANGE_MEMBERS, by=by, slug=slug)
        found = round_of.taking_part(project).filter(person__username=person, qualified_at=None)
        membership = found.first()
        if membership is None:
            raise NotFound(say("“{person}” has no qualification round to pass.", person=person))
        _pass(membership, at, by)
        _log(by, at, project, "let_pass", membership.person.uuid, {"username": person})
    return membership


# What happens by itself


def enter(*, by: Actor, membership: Membership, at: datetime) -> None:
    """Begin the round for somebody who has just come as an annotator, where the project has one."""
    project = membership.project
    articles = [each.article for each in round_of.trials(project)]
    if project.qualify_from is None or not articles or membership.role != Role.ANNOTATOR:
        return
    membership.trial_at = at
    membership.save(update_fields=["trial_at"])
    assignment.hand_out(by=by, whom=membership.person, role=Task.ANNOTATE, articles=articles, at=at)


def beginning(*, by: Actor, article: Article) -> Trial | None:
    """Return the place in the round of what somebody begins, None outside of it. Raises `Forbidden`."""
    if not round_of.on_trial(by.person, article.project_id):
        return None
    trial = round_of.trial_of(article)
    rules.check_may_begin(on_trial=True, is_trial=trial is not None)
    return trial


def judge(*, by: Actor, row: AnnotationSet, at: datetime) -> None:
    """Let somebody pass who has handed in the last article of the round, if they came near enough to gold."""
    project = row.article.project
    people = list(round_of.taking_part(project).filter(person=by.person, qualified_at=None))
    trials = list(round_of.trials(project))
    for each in _results(project, people, trials):
        enough = project.qualify_from
        if each.score and enough is not None and rules.passes(each.score, enough):
            _pass(each.membership, at)


def _pass(membership: Membership, at: datetime, by: Actor | None = None) -> None:
    membership.qualified_at = at
    membership.qualified_by = by.person if by else None
    membership.save(update_fields=["qualified_at", "qualified_by"])


# What one learns


def corrections(result: Result) -> list[Correction]:
    """Return where somebody and gold differ, in the order of the texts; nothing before all is handed in."""
    if result.score is None:
        return []
    return [
        _correction(pair, cluster, result.membership.trial_at or timezone.now())
        for pair in result.pairs
        for cluster in compare([pair.own, pair.gold])
        if cluster.kinds
    ]


def _correction(pair: Pair, cluster: Cluster, at: datetime) -> Correction:
    said = {each.set: each.spans for each in cluster.versions}
    mine, gold = said.get(pair.own.id, ()), said.get(pair.gold.id, ())
    kinds: tuple[str, ...] = cluster.kinds
    if Difference.MISSING in kinds:
        kinds = (OVERLOOKED,) if gold else (UNWANTED,)
    first: Span = (gold or mine)[0]
    text = pair.article.text
    return Correction(
        id=first.id,
        article=pair.article.uuid,
        title=pair.article.title,
        at=at,
        kinds=kinds,
        label=first.label,
        had=quote(text, mine),
        had_label=mine[0].label if mine else "",
        now=quote(text, gold),
        source="gold",
        reason="",
        note="",
        values=changed(mine[0].attributes, gold[0].attributes) if mine and gold else {},
    )


def _log(
    by: Actor, at: datetime, project: Project, action: str, subject: UUID, payload: dict[str, Any]
) -> None:
    revision.record(
        by=by.person,
        at=at,
        project=project,
        subject=Subject.MEMBER if action == "let_pass" else Subject.PROJECT,
        subject_id=subject,
        action=action,
        payload=payload,
    )
