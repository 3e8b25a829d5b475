"""How fast work goes on: articles that people submit, the time they are at work, and what they mark in it.

What is counted are people's own sets that are submitted or approved, as far as somebody may see them; an annotator
gets their own. Time is that which was measured (`actions.activity`), not what has passed on the clock.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.core.cache import cache
from django.db.models import Count, Max, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils.timezone import get_current_timezone

from ..models import AnnotationSet, Span
from ..vocabulary import Kind, Role
from .agreement import KEPT, Asked, monday

WEEKS = 26
"""Weeks that a picture shows at most."""
PAGE = 25


@dataclass(slots=True)
class Pace:
    """One person's work; `timed` are the sets of which the time is known, with `timed_spans` and `seconds`."""

    person: str
    articles: int = 0
    spans: int = 0
    timed: int = 0
    timed_spans: int = 0
    seconds: int = 0
    by_day: dict[date, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def by_week(self) -> dict[str, int]:
        """Articles by the Monday of their week."""
        found: dict[str, int] = defaultdict(int)
        for day, articles in self.by_day.items():
            found[monday(day)] += articles
        return found

    @property
    def seconds_per_article(self) -> float | None:
        """Time at work on an article, where it was measured."""
        return self.seconds / self.timed if self.timed else None

    @property
    def spans_per_hour(self) -> float | None:
        """Spans in an hour at work."""
        return 3600 * self.timed_spans / self.seconds if self.seconds else None


def counted(asked: Asked) -> QuerySet[AnnotationSet]:
    """Return the sets that count."""
    found = asked.sets().filter(kind=Kind.OWN, submitted_at__isnull=False)
    return found.filter(annotator=asked.by.person) if asked.role == Role.ANNOTATOR else found


def paces(asked: Asked) -> list[Pace]:
    """Return everybody's work by name; kept until a set that counts has changed."""
    told = asked.sets().aggregate(Sum("active_seconds"))
    (key,) = asked.keys([f"pace {sorted(told.items())}"]).values()
    kept: list[Pace] | None = cache.get(key)
    if kept is None:
        kept = _paces(asked)
        cache.set(key, kept, KEPT)
    return kept


def _paces(asked: Asked) -> list[Pace]:
    found: dict[str, Pace] = {}
    days = (
        counted(asked)
        .order_by()
        .values_list("annotator__username", TruncDate("submitted_at"))
        .annotate(Count("pk"), Count("active_seconds"), Sum("active_seconds"))
    )
    for name, day, articles, timed, seconds in days:
        pace = found.setdefault(name, Pace(name))
        pace.articles += articles
        pace.timed += timed
        pace.seconds += seconds or 0
        pace.by_day[day] += articles
    spans = Span.objects.live().filter(annotation_set__in=counted(asked)).order_by()
    rows = spans.values_list("annotation_set__annotator__username").annotate(
        Count("pk"), Count("annotation_set__active_seconds")
    )
    for name, count, timed in rows:
        found[name].spans, found[name].timed_spans = count, timed
    for pace in found.values():
        pace.by_day = dict(pace.by_day)
    return sorted(found.values(), key=lambda each: each.person)


def weeks(found: list[Pace]) -> list[str]:
    """Return the Mondays from the first week with work to the last, the latest ones if there are many."""
    there = sorted({week for each in found for week in each.by_week})
    if not there:
        return []
    last, first = date.fromisoformat(there[-1]), date.fromisoformat(there[0])
    number = min((last - first).days // 7 + 1, WEEKS)
    return [(last - timedelta(weeks=each)).isoformat() for each in reversed(range(number))]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which sets: whose (or everybody's), and of which week; `last`: of articles whose last set came in it."""

    who: str = ""
    week: date | None = None
    last: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A set in a list."""

    article: UUID
    title: str
    person: str
    submitted_at: datetime | None
    active_seconds: int | None
    spans: int


def sets(asked: Asked, wanted: Wanted, after: int) -> tuple[list[Listed], int]:
    """Return a page of the sets behind a figure, oldest first, and the key after which there are more, or 0."""
    found = asked.sets() if wanted.last else counted(asked)
    if wanted.who:
        found = found.filter(annotator__username=wanted.who)
    if wanted.week:
        found = _in_week(asked, found, wanted.week, last=wanted.last)
    columns = (
        "article__uuid",
        "article__title",
        "annotator__username",
        "annotator_name",
        "submitted_at",
        "active_seconds",
    )
    page = found.filter(pk__gt=after).order_by("pk").values_list("pk", *columns)
    rows = list(page[: PAGE + 1])
    spans = Span.objects.live().filter(annotation_set__in=[row[0] for row in rows[:PAGE]])
    counts = dict(spans.order_by().values_list("annotation_set").annotate(Count("pk")))
    found_rows = [
        Listed(uuid, title, username or name, at, seconds, counts.get(pk, 0))
        for pk, uuid, title, username, name, at, seconds in rows[:PAGE]
    ]
    return found_rows, rows[PAGE - 1][0] if len(rows) > PAGE else 0


def _in_week(
    asked: Asked, found: QuerySet[AnnotationSet], week: date, *, last: bool
) -> QuerySet[AnnotationSet]:
    begin = datetime.combine(week, time(), get_current_timezone())
    end = begin + timedelta(weeks=1)
    if not last:
        return found.filter(submitted_at__gte=begin, submitted_at__lt=end)
    articles = (
        asked.sets().order_by().values("article").annotate(last=Max("submitted_at"))
    ).filter(last__gte=begin, last__lt=end)
    return found.filter(article__in=articles.values("article"))
