"""A measure over time as a picture: a point a week, and a bar from the lower to the upper bound."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode

from ..words import say, say_many
from .figure import title

if TYPE_CHECKING:
    from ..agreement._periods import Period

STEP, HEIGHT, MARGIN = 40, 100, 12
"""Pixels from week to week, from 0 to 1, and around."""
MOST = 26
"""Weeks in a picture, the latest ones; the table has all."""


@dataclass(frozen=True, slots=True)
class Point:
    """A week: what it says, where it stands in the picture, and where its sets are."""

    week: str
    value: str
    bounds: str
    articles: int
    url: str
    x: int
    y: int | None
    high: int | None
    low: int | None

    @property
    def sentence(self) -> str:
        """Say all of it."""
        said = [self.week, self.value, self.bounds]
        counted = say_many("{number} article", "{number} articles", self.articles)
        return say(", ").join(each for each in (*said, counted) if each)


@dataclass(frozen=True, slots=True)
class Curve:
    """A measure's weeks: all of them for the table, the last ones for the picture."""

    name: str
    title: str
    points: list[Point]

    @property
    def shown(self) -> list[Point]:
        """The points of the picture."""
        return [each for each in self.points if each.x >= 0]

    @property
    def width(self) -> int:
        """How wide the picture is."""
        return 2 * MARGIN + STEP * max(len(self.shown) - 1, 1)

    @property
    def line(self) -> str:
        """The way from point to point."""
        there = [(each.x, each.y) for each in self.shown if each.y is not None]
        return " ".join(f"{x},{y}" for x, y in there)


def curves(weeks: dict[str, list[Period]], slug: str) -> list[Curve]:
    """Return a curve for each measure that has a value in a week that is known."""
    found = []
    for measure, periods in weeks.items():
        dated = [each for each in periods if each.name]
        if any(each.value is not None for each in dated):
            first = max(len(dated) - MOST, 0)
            points = [_point(each, number - first, slug) for number, each in enumerate(dated)]
            found.append(Curve(measure, title(measure), points))
    return found


def _point(period: Period, place: int, slug: str) -> Point:
    query = urlencode({"week": period.name, "last": "1"})
    bounds = ""
    if period.low is not None and period.high is not None:
        bounds = say("{low} to {high}", low=f"{period.low:.2f}", high=f"{period.high:.2f}")
    return Point(
        week=date_format(date.fromisoformat(period.name)),
        value="–" if period.value is None else f"{period.value:.2f}",
        bounds=bounds,
        articles=period.articles,
        url=f"{reverse('pages:pace_sets', args=[slug])}?{query}",
        x=MARGIN + STEP * place if place >= 0 else -1,
        y=_height(period.value),
        high=_height(period.high),
        low=_height(period.low),
    )


def _height(value: float | None) -> int | None:
    """Return where a value stands, from above; what is under 0 stands at 0."""
    return None if value is None else round(MARGIN + HEIGHT * (1 - max(value, 0)))
