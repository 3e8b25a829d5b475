"""Second looks: a person's own older articles, labelled once more, and how far they agree with themselves.

A second look is a set of the same person and article in a later round. While it is due the first is concealed from
them. Of agreement between people, adjudication and reviews it is no part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.cache import cache
from django.db.models import CharField, Count, Exists, Max, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Cast, Right

from .. import agreement
from ..models import AnnotationSet, Project
from ..records import Agreement
from ..vocabulary import Kind, Role, State
from . import agreement as figures
from .access import SUBMITTED, Actor, seen
from .snapshot import snapshot

if TYPE_CHECKING:
    from ..models import Scheme

MEASURES = ("span_f1_overlap", "span_f1_exact", "u_alpha", "krippendorff_alpha")
TWO = 2


def rounds(article: int, person: int | None) -> int:
    """Return how often somebody has begun an article."""
    own = AnnotationSet.objects.filter(article=article, annotator=person, kind=Kind.OWN)
    return own.aggregate(last=Max("round"))["last"] or 0


def earlier(row: AnnotationSet) -> QuerySet[AnnotationSet]:
    """Return the looks of a person at an article before this one."""
    return AnnotationSet.objects.filter(
        article=row.article_id, annotator=row.annotator_id, kind=Kind.OWN, round__lt=row.round
    )


def _own(project: Project) -> QuerySet[AnnotationSet]:
    return AnnotationSet.objects.filter(
        article__project=project, article__deleted_at=None, kind=Kind.OWN
    )


def _later() -> Exists:
    same = AnnotationSet.objects.filter(
        article=OuterRef("article"), annotator=OuterRef("annotator"), kind=Kind.OWN
    )
    return Exists(same.filter(round__gt=OuterRef("round")))


def candidates(project: Project, person: str, before: datetime) -> QuerySet[AnnotationSet]:
    """Return what somebody has handed in before a moment and may be asked to look at again.

    In the order of their lots, as sampling for review draws them: the last digits of their ids.
    """
    first = _own(project).filter(annotator__username=person, round=1, trial=None, concealed_at=None)
    old = first.filter(state__in=SUBMITTED, submitted_at__lte=before).exclude(_later())
    return old.annotate(lot=Right(Cast("uuid", CharField()), 4)).order_by("lot", "pk")


def due(project: Project, person: str) -> QuerySet[AnnotationSet]:
    """Return the first sets of articles that somebody is to look at again and has not begun."""
    return (
        _own(project)
        .filter(annotator__username=person, concealed_at__isnull=False)
        .exclude(_later())
    )


def asked(project: Project) -> QuerySet[AnnotationSet]:
    """Return the first set of each article that somebody was to look at again, oldest first."""
    found = _own(project).filter(Q(_later()) | Q(concealed_at__isnull=False), round=1)
    return found.select_related("article", "annotator").defer("article__text").order_by("pk")


def payloads(rows: Sequence[AnnotationSet]) -> list[dict[str, Any]]:
    """Return second looks as clients see them, with the later sets looked up together."""
    later = AnnotationSet.objects.filter(
        kind=Kind.OWN, round=TWO, article__in=[each.article_id for each in rows]
    )
    by_first = {(each.article_id, each.annotator_id): each for each in later}
    return [_payload(each, by_first.get((each.article_id, each.annotator_id))) for each in rows]


def _payload(first: AnnotationSet, second: AnnotationSet | None) -> dict[str, Any]:
    return {
        "article": str(first.article.uuid),
        "person": first.annotator.username if first.annotator else "",
        "first": str(first.uuid),
        "second": str(second.uuid) if second else None,
        "state": second.state if second else None,
    }


@dataclass(frozen=True, slots=True)
class Selves:
    """How far each person agrees with themselves, by user name."""

    figures: Mapping[str, list[Agreement]]

    def overall(self, person: str, measure: str = MEASURES[0]) -> Agreement | None:
        """Return a measure of all labels of somebody together."""
        return next(
            (
                each
                for each in self.figures.get(person, ())
                if (each.measure, each.label, each.attribute) == (measure, None, None)
            ),
            None,
        )


def selves(by: Actor, project: Project, role: Role, scheme: Scheme) -> Selves:
    """Return how far people agree with themselves, as far as the actor may know: an annotator of themselves.

    Kept until a set that counts has changed.
    """
    rows = _pairs(by, project, role)
    told = rows.aggregate(Count("pk"), Max("pk"), Max("updated_at"), Sum("version"))
    if not told["pk__count"]:
        return Selves({})
    whose = "" if role == Role.MANAGER else f"{by.person.pk} {role}"
    key = sha256(f"selves {project.uuid} {whose} {scheme.version} {told}".encode()).hexdigest()
    kept: Selves | None = cache.get(key)
    if kept is None:
        kept = _selves(rows, scheme)
        cache.set(key, kept, figures.KEPT)
    return kept


def _pairs(by: Actor, project: Project, role: Role) -> QuerySet[AnnotationSet]:
    """Return both looks of everybody whose second is handed in and who may be known."""
    handed_in = AnnotationSet.objects.filter(
        article=OuterRef("article"),
        annotator=OuterRef("annotator"),
        kind=Kind.OWN,
        round=TWO,
        state__in=SUBMITTED,
    )
    found = _own(project).filter(seen(by, project, role), Exists(handed_in), round__lte=TWO)
    if role == Role.ANNOTATOR:
        found = found.filter(annotator=by.person)
    return found.filter(state__in=(*SUBMITTED, State.RETURNED))


def _selves(rows: QuerySet[AnnotationSet], scheme: Scheme) -> Selves:
    found = agreement.gathering(
        figures.scales(scheme.definition), figures.symmetric(scheme.definition)
    )
    with snapshot():
        for chunk in _chunks(rows):
            figures.gather(found, chunk, {})
    corpus = found.corpus()
    numbers = {name: number for number, name in enumerate(corpus.annotators)}
    people = sorted({_person(name) for name in numbers})
    groups = {each: (numbers[f"{each} 1"], numbers[f"{each} 2"]) for each in people}
    told: dict[str, list[Agreement]] = {each: [] for each in people}
    for each in agreement.results(corpus, MEASURES, list(groups.values())):
        told[_person(each.annotators[0])].append(each)
    return Selves(told)


def _person(look: str) -> str:
    return look.rpartition(" ")[0]


def _chunks(rows: QuerySet[AnnotationSet]) -> Iterator[list[figures.Row]]:
    """Yield some articles' sets at once, each look under a name of its own."""
    columns = ("pk", "article_id", "annotator__username", "round")
    lines = list(rows.order_by("article", "round", "pk").values_list(*columns))
    articles = sorted({line[1] for line in lines})
    for start in range(0, len(articles), figures.CHUNK):
        wanted = set(articles[start : start + figures.CHUNK])
        yield [
            (key, article, "", f"{name} {number}", number)
            for key, article, name, number in lines
            if article in wanted
        ]


def payload(person: str, found: Agreement) -> dict[str, Any]:
    """Return a figure as clients see it: `units` are those of the first and of the second look."""
    whole = figures.payload(found)
    whole["units"] = {name.rpartition(" ")[2]: count for name, count in found.units.items()}
    whole["annotators"] = [person]
    return whole


def uuids(rows: QuerySet[AnnotationSet]) -> list[UUID]:
    """Return the ids of the sets' articles, in their order."""
    return list(rows.values_list("article__uuid", flat=True))
