"""Feedback: what was corrected of one's own work, by reviewers and in gold, and one's answer to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from .. import records
from ..errors import AlreadyExists, NotFound
from ..models import AnnotationSet, Answer, Decision, Project, Review
from ..queries import feedback as given
from ..queries.access import Actor
from ..queries.units import units_of
from ..rules.adjudication import standing
from ..rules.feedback import Nearness, changed, nearness
from ..rules.permissions import Act
from ..rules.wording import text
from ..vocabulary import Difference, Scope, Subject, Verdict
from ..words import say
from . import access, renewing, revision

LONGEST = 5000
UNWANTED, OVERLOOKED = "unwanted", "overlooked"
"""Kinds of correction beside the differences: what should not be marked, and what one has not marked."""
KINDS = {
    "boundary": Difference.BOUNDARY,
    "label": Difference.LABEL,
    "attribute": Difference.ATTRIBUTE,
    "link": Difference.LINK,
}
"""What a reviewer's reason says of the kind."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction: what one had, what was decided, and why.

    `label` is the one the guideline is read for, `had_label` one's own, or nothing where one has marked nothing.
    """

    id: UUID
    article: UUID
    title: str
    at: datetime
    kinds: tuple[str, ...]
    label: str
    had: str
    now: str
    source: str
    """`review` or `gold`."""
    reason: str
    note: str
    answer: str = ""
    had_label: str = ""
    values: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    """Attributes that were decided otherwise: one's own value and the one that was decided."""
    links: Mapping[str, tuple[list[str], list[str]]] = field(default_factory=dict)
    """By type the words at the other ends of its links: of one's own, and of those that were decided."""

    @property
    def place(self) -> int:
        """Where it stands in the list: later ones have a higher number, and no two the same."""
        # An id takes 39 digits.
        return int(self.at.timestamp() * 1_000_000) * 10**39 + self.id.int


@dataclass(frozen=True, slots=True)
class _Mine:
    """One's span as somebody judged it; `places` in code points."""

    label: str
    places: list[tuple[int, int]]
    attributes: Mapping[str, Any]


@dataclass(slots=True)
class Month:
    """A month: how many corrections of each kind, and how near one came to the gold sets finished in it."""

    name: str
    kinds: Counter[str] = field(default_factory=Counter)
    articles: int = 0
    nearness: Nearness = field(default_factory=Nearness)


@dataclass(slots=True)
class Feedback:
    """All that somebody may learn in a project."""

    project: Project
    corrections: list[Correction] = field(default_factory=list)
    nearness: Nearness = field(default_factory=Nearness)
    articles: int = 0
    finished: list[tuple[datetime, Nearness]] = field(default_factory=list)
    """When the gold set of each of one's articles was finished, and how near one came to it."""

    def months(self) -> list[Month]:
        """Return how many corrections of each kind there were and how near one came to gold, the last first."""
        found: dict[str, Month] = {}
        for each in self.corrections:
            name = f"{each.at:%Y-%m}"
            found.setdefault(name, Month(name)).kinds.update(each.kinds)
        for at, near in self.finished:
            name = f"{at:%Y-%m}"
            month = found.setdefault(name, Month(name))
            month.articles += 1
            month.nearness = month.nearness.plus(near)
        return sorted(found.values(), key=lambda each: each.name, reverse=True)


def feedback(*, by: Actor, slug: str) -> Feedback:
    """Return one's own corrections in a project, newest first, and how near one came to gold."""
    return _feedback(by, access.project(Act.READ_PROGRESS, by=by, slug=slug))


def _feedback(by: Actor, project: Project) -> Feedback:
    found = Feedback(project)
    pairs = given.finished(by.person, project)
    said = _answers(by, project)
    spans, relations = units_of([each.pk for pair in pairs for each in pair])
    whole = {
        key: _Set(spans[key], relations[key])
        for pair in pairs
        for key in (each.pk for each in pair)
    }
    made = [*_of_reviews(by, project, said), *_of_gold(pairs, whole, said)]
    found.corrections = sorted(made, key=lambda each: each.place, reverse=True)
    for own, gold in pairs:
        near = nearness(spans[own.pk], spans[gold.pk])
        found.nearness = found.nearness.plus(near)
        found.finished.append((gold.submitted_at or gold.updated_at, near))
    found.articles = len(pairs)
    return found


def counted(near: Nearness) -> dict[str, Any]:
    """Return how near one came to gold as clients see it."""
    return {
        "own": near.own,
        "gold": near.gold,
        "exact": near.exact,
        "overlap": near.overlap,
        "f1_exact": near.f1_exact,
        "f1_overlap": near.f1_overlap,
    }


def hidden_gold(*, by: Actor, slug: str) -> dict[str, given.Hidden]:
    """Return how near each annotator came to hidden gold, by user name; for managers."""
    project = access.project(Act.READ_MEMBERS, by=by, slug=slug)
    return {each.username: each for each in given.hidden(project)}


def _answers(by: Actor, project: Project) -> dict[UUID, str]:
    rows = given.answers(by.person, project)
    return {(each.review or each.decision).uuid: each.text for each in rows}  # type: ignore[union-attr]  # a constraint


# From reviews


def _of_reviews(by: Actor, project: Project, said: dict[UUID, str]) -> list[Correction]:
    rows = renewing.reviews(given.reviews(by.person, project))
    before = given.judged(rows)
    said = given.replies(by.person, project, rows) | said
    return [_of_review(each, _mine(each, before.get(each.pk)), said) for each in rows]


def _mine(row: Review, before: dict[str, Any] | None) -> _Mine | None:
    """Return one's span as it was judged: whoever has taken a correction still reads what they had."""
    span = row.span or (row.relation.source if row.relation else None)
    if before:
        return _Mine(before["label"], _places(before), before["attributes"])
    if span is None:
        return None
    places = [(each.start, each.end) for each in span.fragments.all()]
    return _Mine(span.label, places, span.attributes)


def _places(unit: Mapping[str, Any]) -> list[tuple[int, int]]:
    return [(each["start"], each["end"]) for each in unit.get("fragments", ())]


def _of_review(row: Review, mine: _Mine | None, said: dict[UUID, str]) -> Correction:
    article = row.annotation_set.article
    proposal: dict[str, Any] = row.proposal or {}
    return Correction(
        id=row.uuid,
        article=article.uuid,
        title=article.title,
        at=row.created_at,
        kinds=(_kind(row, mine),),
        label=str(proposal.get("label") or (mine.label if mine else "")),
        had=_quote(article.text, mine.places) if mine else "",
        now=_quote(article.text, _places(proposal)),
        source="review",
        reason=row.reason,
        note=row.comment,
        answer=said.get(row.uuid, ""),
        had_label=mine.label if mine else "",
        values=_proposed(row, mine),
    )


def _proposed(row: Review, mine: _Mine | None) -> dict[str, tuple[Any, Any]]:
    if row.span is None or mine is None or row.proposal is None:
        return {}
    return changed(mine.attributes, row.proposal.get("attributes") or {})


def _kind(row: Review, mine: _Mine | None) -> str:
    if row.verdict == Verdict.MISSING:
        return OVERLOOKED
    if row.reason in KINDS:
        return KINDS[row.reason]
    if row.verdict == Verdict.REJECT:
        return UNWANTED
    return Difference.LINK if row.relation else _changed(mine, row.proposal or {})


def _changed(mine: _Mine | None, proposal: dict[str, Any]) -> str:
    """Return what a proposed copy changes of its span."""
    if mine is None:
        return OVERLOOKED
    if proposal.get("label", mine.label) != mine.label:
        return Difference.LABEL
    proposed = _places(proposal)
    return Difference.BOUNDARY if proposed and proposed != mine.places else Difference.ATTRIBUTE


# From gold


@dataclass(frozen=True, slots=True)
class _Set:
    """What is in a set."""

    spans: Sequence[records.Span]
    relations: Sequence[records.Relation]


def _of_gold(
    pairs: list[tuple[AnnotationSet, AnnotationSet]],
    whole: Mapping[int, _Set],
    said: dict[UUID, str],
) -> list[Correction]:
    made = renewing.decisions([gold.pk for _own, gold in pairs])
    return [
        replace(
            _of_decision(own, gold, decision, said),
            links=_links(own, decision, whole[own.pk], whole[gold.pk], gold.article.text),
        )
        for own, gold in pairs
        for decision in standing(made[gold.pk])
        if own.uuid in decision.corrections
    ]


def _of_decision(
    own: AnnotationSet, gold: AnnotationSet, made: records.Decision, said: dict[UUID, str]
) -> Correction:
    article = gold.article
    mine = next(each for each in made.about if each.set == own.uuid)
    kinds: tuple[str, ...] = made.corrections[own.uuid]
    if Difference.MISSING in kinds:
        kinds = (OVERLOOKED,) if made.spans else (UNWANTED,)
    spans = made.spans or mine.spans
    return Correction(
        id=made.id,
        article=article.uuid,
        title=article.title,
        at=datetime.fromisoformat(made.at),
        kinds=kinds,
        label=spans[0].label,
        had=quote(article.text, mine.spans),
        now=quote(article.text, made.spans),
        source="gold",
        reason=made.reason,
        note=made.note,
        answer=said.get(made.id, ""),
        had_label=mine.spans[0].label if mine.spans else "",
        values=_values(mine.spans, made.spans),
    )


def _links(
    own: AnnotationSet, made: records.Decision, mine: _Set, gold: _Set, text_of: str
) -> dict[str, tuple[list[str], list[str]]]:
    """Return the links that leave a unit, where they were decided otherwise."""
    if Difference.LINK not in made.corrections[own.uuid]:
        return {}
    about = next(each for each in made.about if each.set == own.uuid)
    had = _ends(_Set(mine.spans, about.links), about.spans, text_of)
    now = _ends(gold, made.spans, text_of)
    return changed(had, now)


def _ends(found: _Set, unit: Sequence[records.Span], text_of: str) -> dict[str, list[str]]:
    """Return by type the words to which the links of a unit lead."""
    own, there = {each.id for each in unit}, {each.id: each for each in found.spans}
    ends: dict[str, list[str]] = {}
    for each in found.relations:
        if each.source in own and each.target in there:
            ends.setdefault(each.type, []).append(quote(text_of, (there[each.target],)))
    return {kind: sorted(words) for kind, words in ends.items()}


def _values(
    mine: tuple[records.Span, ...], made: tuple[records.Span, ...]
) -> dict[str, tuple[Any, Any]]:
    return changed(mine[0].attributes, made[0].attributes) if mine and made else {}


def quote(text_of: str, spans: tuple[records.Span, ...]) -> str:
    """Return the words of spans, with … where some are left out between."""
    return _quote(text_of, [(one.start, one.end) for span in spans for one in span.fragments])


def _quote(text_of: str, places: list[tuple[int, int]]) -> str:
    return " … ".join(" ".join(text_of[start:end].split()) for start, end in sorted(places))


# Answering


def answer(
    *, by: Actor, slug: str, correction: UUID, said: Any, now: datetime | None = None
) -> Answer:
    """Answer a correction of one's own, once. Raises `NotFound` or `AlreadyExists`."""
    project, _standing = access.project_standing(by=by, slug=slug, scope=Scope.ANNOTATE)
    found = _feedback(by, project)
    known = next((each for each in found.corrections if each.id == correction), None)
    if known is None:
        raise NotFound(say("There is no such correction of your work."))
    at = now or timezone.now()
    of_review = known.source == "review"
    try:
        with transaction.atomic():
            made = Answer.objects.create(
                person=by.person,
                review=Review.objects.get(uuid=correction) if of_review else None,
                decision=None if of_review else Decision.objects.get(uuid=correction),
                text=text("text", said, longest=LONGEST, needed=True),
                created_at=at,
            )
            revision.record(
                by=by.person,
                at=at,
                project=found.project,
                subject=Subject.COMMENT,
                subject_id=made.uuid,
                action="answer",
                payload={"correction": str(correction), "text": made.text},
            )
    except IntegrityError:
        raise AlreadyExists(say("You have answered this already.")) from None
    return made
