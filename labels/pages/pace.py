"""How fast work goes on: what each person submits a week, and how long it takes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.http import urlencode
from django.utils.timezone import localdate

from ..actions import access
from ..queries import agreement as figures
from ..queries import pace
from ..queries.access import Actor
from ..words import say, say_many
from .frame import frame, grouped
from .paging import further, place

HIGHEST, BAR = 60, 14
"""Pixels of the highest bar, and from bar to bar."""
MINUTE = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """A week of somebody's: how many articles, and the bar that shows it."""

    week: str
    articles: int
    x: int
    y: int
    height: int
    url: str

    @property
    def sentence(self) -> str:
        """Say it."""
        count = say_many("{number} article", "{number} articles", self.articles)
        return say("Week of {day}: {count}", day=self.week, count=count)


@dataclass(frozen=True, slots=True)
class Person:
    """What the page says of somebody."""

    name: str
    articles: str
    lately: str
    spans: str
    time: str
    speed: str
    timed: str
    bars: list[Bar]
    url: str


def pace_page(request: HttpRequest, *, by: Actor, slug: str) -> HttpResponse:
    """Show what each person submits a week, with the time that it takes."""
    found, standing = access.project_standing(by=by, slug=slug)
    asked = figures.question(by, found, standing.role)
    paces = pace.paces(asked)
    weeks = pace.weeks(paces)
    highest = max((each.by_week.get(week, 0) for each in paces for week in weeks), default=0)
    people = [_person(each, weeks, highest, slug) for each in paces]
    context = frame(found, standing, "pace") | {
        "people": people,
        "weeks": [
            (day(week), [each.bars[number] for each in people]) for number, week in enumerate(weeks)
        ][::-1],
        "width": BAR * max(len(weeks), 1),
        "height": HIGHEST,
        "bar": BAR - 2,
        "first": day(weeks[0]) if weeks else "",
        "last": day(weeks[-1]) if weeks else "",
    }
    return render(request, "labels/pace.html", context)


def day(week: str) -> str:
    """Return a Monday as it is read."""
    return str(date_format(date.fromisoformat(week)))


def _person(found: pace.Pace, weeks: list[str], highest: int, slug: str) -> Person:
    by_week, since = found.by_week, localdate() - timedelta(days=6)
    lately = sum(number for each, number in found.by_day.items() if each >= since)
    speed = found.spans_per_hour
    return Person(
        name=found.person,
        articles=grouped(found.articles),
        lately=grouped(lately),
        spans=grouped(found.spans),
        time=_minutes(found.seconds_per_article),
        speed="–" if speed is None else number_format(round(speed), force_grouping=True),
        timed=_timed(found),
        bars=[
            _bar(week, by_week.get(week, 0), number, highest, _sets(slug, found.person, week))
            for number, week in enumerate(weeks)
        ],
        url=_sets(slug, found.person),
    )


def _timed(found: pace.Pace) -> str:
    if not found.timed or found.timed == found.articles:
        return ""
    return say_many("of {number} article", "of {number} articles", found.timed)


def _minutes(seconds: float | None) -> str:
    if seconds is None:
        return "–"
    whole = round(seconds)
    return say(
        "{minutes} min {seconds} s", minutes=grouped(whole // MINUTE), seconds=whole % MINUTE
    )


def _bar(week: str, articles: int, number: int, highest: int, url: str) -> Bar:
    height = round(HIGHEST * articles / highest) if highest else 0
    # What is there is seen, however little it is.
    height = max(height, 2) if articles else 0
    return Bar(day(week), articles, number * BAR, HIGHEST - height, height, url)


def _sets(slug: str, who: str = "", week: str = "") -> str:
    query = urlencode({name: given for name, given in (("who", who), ("week", week)) if given})
    return f"{reverse('pages:pace_sets', args=[slug])}?{query}"


@dataclass(frozen=True, slots=True)
class Row:
    """A set behind a figure."""

    article: str
    title: str
    person: str
    submitted: str
    spans: str
    time: str


def pace_sets(request: HttpRequest, *, by: Actor, slug: str) -> HttpResponse:
    """List the sets behind a figure."""
    found, standing = access.project_standing(by=by, slug=slug)
    asked = figures.question(by, found, standing.role)
    wanted = pace.Wanted(
        request.GET.get("who", ""),
        _date(request.GET.get("week", "")),
        bool(request.GET.get("last")),
    )
    sets, more = pace.sets(asked, wanted, place(request))
    context = frame(found, standing, "agreement" if wanted.last else "pace") | {
        "wanted": wanted,
        "week": day(wanted.week.isoformat()) if wanted.week else "",
        "rows": [_row(each) for each in sets],
        "next": further(request, more),
    }
    return render(request, "labels/pace_sets.html", context)


def _date(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None


def _row(found: pace.Listed) -> Row:
    return Row(
        article=str(found.article),
        title=found.title,
        person=found.person,
        submitted=date_format(found.submitted_at) if found.submitted_at else "–",
        spans=grouped(found.spans),
        time=_minutes(found.active_seconds),
    )
