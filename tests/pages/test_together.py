"""The spans behind a figure of several people: true to the figures, page by page, and nothing one may not see."""

from __future__ import annotations

from typing import Any

import pytest

from labels.actions.access import Actor
from labels.models import Article, Project
from labels.queries.together import Unit
from labels.vocabulary import Role, Task

from ..factories import TEXT, assign, make_article, make_member
from .conftest import Visit, texts
from .test_agreement import labelled

pytestmark = pytest.mark.django_db
TIME = {"entity_type": "TIME"}


@pytest.fixture
def crowd(project: Project, ana: Actor) -> list[Actor]:
    return [ana, *(make_member(project, Role.ANNOTATOR, name) for name in ("ben", "eve"))]


@pytest.fixture
def article(project: Project) -> Article:
    return make_article(project)


@pytest.fixture
def address(project: Project) -> str:
    return f"/projects/{project.slug}/agreement/"


@pytest.fixture
def three(article: Article, crowd: list[Actor]) -> None:
    """All agree on one cue; of another, one has an end of his own and one nothing; they differ about a name."""
    ana, ben, eve = crowd
    labelled(article, ana, ("CUE", "said"), ("CUE", "spoke"), ("ENTITY", "Monday"))
    labelled(article, ben, ("CUE", "said"), ("CUE", "spoke on"), ("ENTITY", "Monday", TIME))
    labelled(article, eve, ("CUE", "said"), ("CUE", "Monday"))


def told(answer: Any) -> list[list[tuple[str, str, str, str]]]:
    """Return what is said of each unit: by whom, with which label, of which words, and the value."""
    return [_said(each) for each in answer.context["rows"]]


def _said(unit: Unit) -> list[tuple[str, str, str, str]]:
    return [
        (
            " ".join(each.people),
            each.side.label if each.side else "",
            each.side.quote if each.side else "",
            each.value,
        )
        for each in unit.versions
    ]


ENDS = [("ana", "CUE", "spoke", ""), ("ben", "CUE", "spoke on", ""), ("eve", "", "", "")]
NAME = [("ana ben", "ENTITY", "Monday", ""), ("eve", "CUE", "Monday", "")]
SAME = [("ana ben eve", "CUE", "said", "")]


def test_each_figure_of_several_leads_to_the_units_behind_it(
    visit: Visit, address: str, manager: Actor, three: None
) -> None:
    browser = visit(manager)
    answer = browser.get(address)
    summary = {line.name: line.cells for line in answer.context["summary"]}
    assert all(cell.url for cells in summary.values() for cell in cells)
    overlap, exact = summary["CUE"][:2]
    assert told(browser.get(exact.url)) == [ENDS, NAME]
    assert told(browser.get(overlap.url)) == [ENDS, NAME]
    assert told(browser.get(summary["All labels"][1].url)) == [ENDS, NAME]
    assert texts(browser.get(exact.url), "sayings")[0].startswith(
        "anaCUE“Taxes fell 5%,” Ruiz said"
    )
    assert texts(browser.get(exact.url), "mark") == ["spoke", "spoke on", "Monday", "Monday"]


def test_the_whole_of_a_label_and_other_ends_alone(
    visit: Visit, address: str, manager: Actor, article: Article, crowd: list[Actor]
) -> None:
    for whom, quote in zip(crowd, ("spoke", "spoke on", "spoke"), strict=True):
        labelled(article, whom, ("CUE", "said"), ("CUE", quote))
    browser = visit(manager)
    ends = [("ana eve", "CUE", "spoke", ""), ("ben", "CUE", "spoke on", "")]
    assert told(browser.get(f"{address}units/?label=CUE&show=lacking")) == []
    assert told(browser.get(f"{address}units/?label=CUE")) == [ends]
    assert told(browser.get(f"{address}units/?label=CUE&show=all")) == [SAME, ends]
    assert "No such spans" in texts(browser.get(f"{address}units/?label=SOURCE"), "empty")[0]


def test_each_figure_of_an_attribute_leads_to_its_values(
    visit: Visit, address: str, manager: Actor, three: None
) -> None:
    browser = visit(manager)
    answer = browser.get(address)
    lines = {line.name: line.cells for line in answer.context["attributes"]}
    alpha, observed, prevalence, coverage = lines["ENTITY · entity_type (nominal)"]
    values = [
        ("ana", "ENTITY", "Monday", "DATE"),
        ("ben", "ENTITY", "Monday", "TIME"),
        ("eve", "", "", ""),
    ]
    for each in (alpha, observed, prevalence):
        assert told(browser.get(each.url)) == [values]
    assert told(browser.get(coverage.url)) == [NAME]
    assert "ENTITY · nil" in answer.context["silent"]
    labels = lines["the label itself (nominal)"]
    assert told(browser.get(labels[0].url)) == [NAME]
    assert told(browser.get(labels[2].url)) == [SAME, ENDS, NAME]


def test_what_is_not_known_asks_for_nothing(
    visit: Visit, address: str, manager: Actor, three: None
) -> None:
    for query in ("label=NONE&show=never", "attribute=entity_type&after=nowhere"):
        assert told(visit(manager).get(f"{address}units/?{query}")) == [ENDS, NAME]


def test_units_go_on_page_by_page_and_cost_the_same(
    visit: Visit,
    address: str,
    project: Project,
    manager: Actor,
    crowd: list[Actor],
    three: None,
    django_assert_num_queries: Any,
) -> None:
    browser = visit(manager)
    browser.get(address)
    with django_assert_num_queries(QUERIES):
        assert len(told(browser.get(f"{address}units/"))) == 2
    for number in range(30):
        made = make_article(project, f"{number}. {TEXT}")
        labelled(made, crowd[0], ("CUE", "said"))
        labelled(made, crowd[1])
        if number == 3:
            with django_assert_num_queries(QUERIES):
                assert len(told(browser.get(f"{address}units/"))) == 6
    first = browser.get(f"{address}units/")
    assert len(told(first)) == 25
    second = browser.get(f"{address}units/?{first.context['next']}")
    assert len(told(second)) == 7
    assert second.context["next"] == ""
    # Eve has labelled none of them, and so says nothing there.
    assert told(second) == [[("ana", "CUE", "said", ""), ("ben", "", "", "")]] * 7


def test_annotators_see_no_units_of_others(
    visit: Visit, address: str, project: Project, crowd: list[Actor], article: Article, three: None
) -> None:
    ana, _ben, eve = crowd
    units = f"{address}units/?show=all"
    assert told(visit(ana).get(units)) == []
    Project.objects.filter(pk=project.pk).update(open_after_submit=True)
    assert visit(ana).get(units).status_code == 404
    with_ben = make_article(project, f"Of two. {TEXT}")
    Article.objects.filter(pk=article.pk).update(deleted_at="2026-03-02T12:00:00Z")
    for whom in crowd[:2]:
        labelled(with_ben, whom, ("CUE", "said"))
    assert told(visit(ana).get(units)) == [[("ana ben", "CUE", "said", "")]]
    assert told(visit(eve).get(units)) == []


def test_reviewers_see_units_of_what_they_review(
    visit: Visit, address: str, rita: Actor, article: Article, three: None
) -> None:
    assert told(visit(rita).get(f"{address}units/")) == []
    assign(article, rita, Task.REVIEW)
    assert told(visit(rita).get(f"{address}units/")) == [ENDS, NAME]


QUERIES = 12
