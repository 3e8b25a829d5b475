"""Annotation sets: starting one's own, and its moves from state to state."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from ..errors import Incomplete, WrongState
from ..models import AnnotationSet, Article, Project, Review
from ..queries import access as found_for
from ..queries import annotation, look, scheme
from ..queries.access import SUBMITTED, Actor, seen
from ..queries.prepared import Place, prepared
from ..queries.units import units_of
from ..rules import annotation as rules
from ..rules import review, sampling
from ..rules.feedback import nearness
from ..rules.permissions import Act
from ..rules.wording import text
from ..vocabulary import Kind, Role, Sampling, State, Subject, Task
from ..words import say_many
from . import access, assignment, comment, qualification, revision
from .operation import check_version
from .scheme import parsed

MOST_MISSING = 200
"""Lines of what is missing; more would not be read."""


def start(*, by: Actor, article: UUID, now: datetime | None = None) -> tuple[AnnotationSet, bool]:
    """Return one's own set of an article and whether it was made just now.

    A manager who starts one is assigned by it.
    """
    at = now or timezone.now()
    with transaction.atomic():
        found = access.article(Act.START_SET, by=by, uuid=article)
        # Holds the article, so that two tabs that open at once make one set.
        Article.objects.select_for_update().only("pk").get(pk=found.pk)
        known = own(by=by, article=found)
        if known is not None:
            return known, False
        trial = qualification.beginning(by=by, article=found)
        assignment.assign_self(by=by, article=found, role=Task.ANNOTATE, at=at)
        row = AnnotationSet.objects.create(
            article=found,
            annotator=by.person,
            kind=Kind.OWN,
            trial=trial,
            round=1 + look.rounds(found.pk, by.person.pk),
            scheme=scheme.current(found.project),
            created_at=at,
            updated_at=at,
        )
        count(found.project_id, None, State.OPEN)
        _log(row, by, at, "start", {"scheme": row.scheme_id and row.scheme.version})
    return row, True


def own(*, by: Actor, article: Article) -> AnnotationSet | None:
    """Return the actor's own set of an article in its latest round, None where they are to look again."""
    return next(iter(_own(article=article.pk, person=by.person.pk)), None)


@prepared
def _own() -> QuerySet[AnnotationSet]:
    found = AnnotationSet.objects.filter(
        article=Place("article"), annotator=Place("person"), kind=Kind.OWN, concealed_at=None
    )
    known = found.select_related("article", "scheme").defer("article__text", "scheme__definition")
    return known.order_by("-round")[:1]


def submit(*, by: Actor, uuid: UUID, if_match: int, now: datetime | None = None) -> AnnotationSet:
    """Hand a set in for review. Raises `Incomplete` with what is missing, each with its place."""
    with transaction.atomic():
        row = _locked(Act.SUBMIT_SET, by, uuid, if_match)
        target = review.move("submit", State(row.state))
        check_complete(rules.missing(parsed(row.scheme), *annotation.units(row)))
        row.submitted_at = now or timezone.now()
        _move(row, by, "submit", target, row.submitted_at)
        if row.article.project.review_which == Sampling.LOW_AGREEMENT:
            _compare(row.article_id)
        if row.trial_id:
            qualification.judge(by=by, row=row, at=row.submitted_at)
        elif row.round == 1:
            _hold_against_gold(row)
        else:
            look.earlier(row).update(concealed_at=None)
    return row


def _hold_against_gold(row: AnnotationSet) -> None:
    """Keep how near a set comes to hidden gold: that of an article that was settled before the set was begun."""
    gold = AnnotationSet.objects.filter(
        article=row.article_id,
        kind=Kind.GOLD,
        state=State.APPROVED,
        submitted_at__lt=row.created_at,
    )
    for key in gold.values_list("pk", flat=True)[:1]:
        spans, _relations = units_of([row.pk, key])
        near = nearness(spans[row.pk], spans[key])
        AnnotationSet.objects.filter(pk=row.pk).update(
            gold_units=near.own + near.gold, gold_matched=near.overlap
        )


def _compare(article: int) -> None:
    """Keep how far the sets of an article that are handed in agree: the queue of reviews asks for it."""
    handed_in = AnnotationSet.objects.filter(
        article=article,
        kind=Kind.OWN,
        round=1,
        trial=None,
        state__in=SUBMITTED,
    )
    keys = list(handed_in.order_by("pk").values_list("pk", flat=True))
    if keys[1:]:
        _note_agreement(keys)


def _note_agreement(keys: list[int]) -> None:
    spans, _relations = units_of(keys)
    near = sampling.agreement([spans[each] for each in keys])
    # In the order of the keys, so that two who hand in at once do not wait for each other.
    for key, share in zip(keys, near, strict=True):
        AnnotationSet.objects.filter(pk=key).update(nearness=share)


def check_complete(missing: list[rules.Missing]) -> None:
    """Refuse a set that lacks what its scheme requires. Raises `Incomplete`."""
    if missing:
        said = say_many(
            "{number} thing is still missing.", "{number} things are still missing.", len(missing)
        )
        raise Incomplete(said, errors=missing[:MOST_MISSING])


def reopen(*, by: Actor, uuid: UUID, if_match: int, now: datetime | None = None) -> AnnotationSet:
    """Take one's own submitted set back, as long as nobody has reviewed it and one has seen nobody else's."""
    with transaction.atomic():
        row = _locked(Act.SUBMIT_SET, by, uuid, if_match)
        _check_looked_once(row)
        review.check_no_trial(is_trial=row.trial_id is not None)
        reviewed = Review.objects.filter(
            annotation_set=row, created_at__gte=row.submitted_at or row.created_at
        ).exists()
        target = review.move("reopen", State(row.state), reviewed=reviewed)
        _check_unseen(by, row)
        return _move(row, by, "reopen", target, now or timezone.now())


def _check_unseen(by: Actor, row: AnnotationSet) -> None:
    """Refuse to take back what could be made like another's. Raises `WrongState`."""
    project = row.article.project
    _row, standing = found_for.annotation_set(by, row.uuid)
    others = AnnotationSet.objects.filter(article=row.article_id, state__in=SUBMITTED)
    others = others.exclude(annotator=by.person)
    opened = others.filter(seen(by, project, standing.role))
    kept_apart = standing.role != Role.MANAGER and (project.blind or project.open_after_submit)
    # Hidden gold is not told of: what was finished before they began.
    gold = others.filter(kind=Kind.GOLD, submitted_at__gte=row.created_at)
    review.check_unseen(opened=kept_apart and opened.exists(), settled=gold.exists())


def give_back(
    *, by: Actor, uuid: UUID, if_match: int, note: str = "", now: datetime | None = None
) -> AnnotationSet:
    """Return a set to its annotator, with a note if there is more to say than the verdicts do."""
    return _judge(by, uuid, if_match, "return", note, now)


def approve(
    *, by: Actor, uuid: UUID, if_match: int, note: str = "", now: datetime | None = None
) -> AnnotationSet:
    """Approve a submitted set."""
    return _judge(by, uuid, if_match, "approve", note, now)


def _judge(
    by: Actor, uuid: UUID, if_match: int, name: str, note: str, now: datetime | None
) -> AnnotationSet:
    at = now or timezone.now()
    with transaction.atomic():
        row = _locked(Act.REVIEW_SET, by, uuid, if_match)
        check_compared(row)
        if name == "return":
            _check_looked_once(row)
        row = _move(row, by, name, review.move(name, State(row.state)), at)
        if text("note", note, longest=comment.LONGEST).strip():
            comment.write(by=by, row=row, said=note, at=at)
    return row


def compared(row: AnnotationSet) -> str:
    """Say why a set is judged by nobody: a second look, or one of the qualification round. Else nothing."""
    again = row.kind == Kind.OWN and row.round > 1
    return review.compared(again=again, is_trial=row.trial_id is not None)


def check_compared(row: AnnotationSet) -> None:
    """Refuse to judge what is only compared. Raises `WrongState`."""
    why = compared(row)
    if why:
        raise WrongState(why)


def _check_looked_once(row: AnnotationSet) -> None:
    """Refuse to open again what a second look is held against, or is one. Raises `WrongState`."""
    if row.kind == Kind.OWN:
        again = row.concealed_at is not None or look.rounds(row.article_id, row.annotator_id) > 1
        review.check_looked_once(again=again)


def _locked(act: Act, by: Actor, uuid: UUID, if_match: int) -> AnnotationSet:
    row = access.annotation_set(act, by=by, uuid=uuid, lock=True)
    review.check_not_gold(Kind(row.kind))
    check_version(row, if_match)
    return row


def _move(row: AnnotationSet, by: Actor, name: str, target: State, at: datetime) -> AnnotationSet:
    before = State(row.state)
    row.state = target
    count(row.article.project_id, before, target)
    _log(row, by, at, name, {"before": {"state": before}, "after": {"state": target}})
    return row


def _log(
    row: AnnotationSet, by: Actor, at: datetime, action: str, payload: dict[str, object]
) -> None:
    line = revision.next_of_set(row, by=by.person, at=at, action=action, payload=payload)
    line.subject = Subject.ANNOTATION_SET
    line.save()
    row.save(update_fields=["state", "version", "chain", "updated_at", "submitted_at"])


def count(project_id: int, before: State | None, after: State | None) -> None:
    """Keep the project's counts of sets by state, so that no page has to count them."""
    change = {}
    if before is not None:
        change[f"{before}_count"] = F(f"{before}_count") - 1
    if after is not None:
        change[f"{after}_count"] = F(f"{after}_count") + 1
    Project.objects.filter(pk=project_id).update(**change)


def add_to_count(project_id: int, state: str, number: int) -> None:
    """Count sets that have become visible."""
    name = f"{State(state)}_count"
    Project.objects.filter(pk=project_id).update(**{name: F(name) + number})
