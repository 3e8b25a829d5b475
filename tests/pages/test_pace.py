"""The page of progress: true figures, the sets behind them, and to annotators none but their own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from labels.actions import annotation
from labels.actions.access import Actor
from labels.models import AnnotationSet, Project
from labels.vocabulary import Role

from ..factories import add_span, apply, make_article, make_member, make_set
from .conftest import Visit, texts

pytestmark = pytest.mark.django_db
QUERIES = 6


@pytest.fixture
def address(project: Project) -> str:
    return f"/projects/{project.slug}/progress/"


@pytest.fixture
def ben(project: Project) -> Actor:
    return make_member(project, Role.ANNOTATOR, "ben")


def submitted(project: Project, whom: Actor, number: int, on: str, seconds: int | None) -> None:
    """Have somebody submit an article with two spans on a day."""
    article = make_article(project, f"Number {number}: she said so, and spoke.")
    row = make_set(article, whom)
    apply(row, whom, *(add_span(article.text, "CUE", each) for each in ("said", "spoke")))
    row.refresh_from_db()
    at = datetime.fromisoformat(f"{on}T12:00:00+00:00")
    annotation.submit(by=whom, uuid=row.uuid, if_match=row.version, now=at)
    AnnotationSet.objects.filter(pk=row.pk).update(active_seconds=seconds)


@pytest.fixture
def work(project: Project, ana: Actor, ben: Actor) -> None:
    submitted(project, ana, 1, "2026-03-02", 90)
    submitted(project, ana, 2, "2026-03-08", 150)
    submitted(project, ana, 3, "2026-03-16", None)
    submitted(project, ben, 4, "2026-03-04", None)


def test_it_says_what_comes_where_there_is_nothing(
    visit: Visit, address: str, manager: Actor
) -> None:
    assert "Nothing submitted yet" in texts(visit(manager).get(address), "empty")[0]
    assert "No such sets" in texts(visit(manager).get(f"{address}sets/?who=ana"), "empty")[0]


def test_it_counts_articles_time_and_spans(
    visit: Visit, address: str, manager: Actor, work: None
) -> None:
    people = visit(manager).get(address).context["people"]
    assert [(each.name, each.articles, each.spans) for each in people] == [
        ("ana", "3", "6"),
        ("ben", "1", "2"),
    ]
    # Of the two articles that were timed: 240 seconds and four spans.
    assert (people[0].time, people[0].timed, people[0].speed) == (
        "2 min 0 s",
        "of 2 articles",
        "60",
    )
    assert (people[1].time, people[1].timed, people[1].speed) == ("–", "", "–")
    assert [each.articles for each in people[0].bars] == [2, 0, 1]
    assert [each.articles for each in people[1].bars] == [1, 0, 0]
    assert people[0].bars[0].sentence == "Week of 2 March 2026: 2 articles"


def test_each_figure_leads_to_its_sets(
    visit: Visit, address: str, manager: Actor, work: None
) -> None:
    browser = visit(manager)
    ana = browser.get(address).context["people"][0]
    assert len(browser.get(ana.url).context["rows"]) == 3
    rows = browser.get(ana.bars[0].url).context["rows"]
    assert [(each.person, each.spans, each.time) for each in rows] == [
        ("ana", "2", "1 min 30 s"),
        ("ana", "2", "2 min 30 s"),
    ]
    # What is no date and no number is none.
    assert len(browser.get(f"{address}sets/?week=soon&after=x").context["rows"]) == 4


def test_annotators_see_their_own(
    visit: Visit, address: str, project: Project, ana: Actor, work: None
) -> None:
    Project.objects.filter(pk=project.pk).update(open_after_submit=True)
    answer = visit(ana).get(address)
    assert [each.name for each in answer.context["people"]] == ["ana"]
    assert visit(ana).get(f"{address}sets/?who=ben").context["rows"] == []


def test_it_costs_the_same_with_more(
    visit: Visit,
    address: str,
    project: Project,
    manager: Actor,
    work: None,
    ana: Actor,
    django_assert_num_queries: Any,
) -> None:
    browser = visit(manager)
    browser.get(address)
    for number in (0, 3):
        for each in range(number):
            submitted(project, ana, 10 + each, "2026-03-20", 10)
        browser.get(address)
        for path in (address, f"{address}sets/"):
            with django_assert_num_queries(QUERIES):
                browser.get(path)
