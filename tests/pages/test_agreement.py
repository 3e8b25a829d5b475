"""The page of agreement: true figures, the spans behind them, and nothing of what one may not see."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.core.management import call_command

from labels.actions import counting
from labels.actions.access import Actor
from labels.models import AnnotationSet, Article, Project
from labels.queries.agreement import kept_as, question
from labels.vocabulary import Role, Task

from ..api.caller import answered, with_token
from ..factories import TEXT, add_span, apply, assign, make_article, make_member, make_set
from .conftest import Visit, texts

pytestmark = pytest.mark.django_db
CUE, OTHER = "said", "spoke"


def labelled(article: Article, whom: Actor, *marks: Any) -> AnnotationSet:
    """Have somebody mark quotes, each with its label and, if wanted, its attributes, and submit."""
    row = make_set(article, whom)
    needed = {"ENTITY": {"entity_type": "DATE"}}
    made = [
        add_span(article.text, label, quote, attributes=more[0] if more else needed.get(label, {}))
        for label, quote, *more in marks
    ]
    if made:
        apply(row, whom, *made)
    answered(with_token(whom).move(row, "submit"))
    return row


@pytest.fixture
def ben(project: Project) -> Actor:
    return make_member(project, Role.ANNOTATOR, "ben")


@pytest.fixture
def article(project: Project) -> Article:
    return make_article(project)


@pytest.fixture
def address(project: Project) -> str:
    return f"/projects/{project.slug}/agreement/"


@pytest.fixture
def both(article: Article, ana: Actor, ben: Actor) -> None:
    """Ana and Ben agree on one cue; Ana has another alone, and Ben a name."""
    labelled(article, ana, ("CUE", CUE), ("CUE", OTHER))
    labelled(article, ben, ("CUE", CUE), ("ENTITY", "Monday"))


def test_it_says_what_to_do_where_there_is_nothing(
    visit: Visit, address: str, manager: Actor, ana: Actor, article: Article
) -> None:
    assert "Nothing to compare yet" in texts(visit(manager).get(address), "empty")[0]
    assert "Assign articles" in texts(visit(manager).get(address), "empty")[0]
    labelled(article, ana, ("CUE", CUE))
    assert "not open to you" in texts(visit(ana).get(address), "empty")[0]


def test_it_shows_figures_and_what_they_mean(
    visit: Visit, address: str, manager: Actor, both: None
) -> None:
    answer = visit(manager).get(address)
    shown = " ".join(texts(answer, "main"))
    assert "Of 100 spans that people marked, 50 have a partner in the other’s set." in shown
    assert "1 article that two people have labelled" in shown
    assert "Few articles (1): the figure may move" in shown
    assert "in one category" in shown
    said = {each.sentence: each.of for each in answer.context["beware"]}
    few = "Few articles (1): the figure may move a good deal with the next ones."
    # It holds for all, and so names none.
    assert said[few] == []
    summary = {line.name: line.cells for line in answer.context["summary"]}
    alone, marked = len(OTHER) / len(TEXT), (2 * len(CUE) + len(OTHER)) / (2 * len(TEXT))
    shares = (f"{1 - alone:.0%} raw agreement", f"{1 - marked:.0%} in one category")
    assert summary["CUE"][3].facts == shares
    assert CUE in texts(visit(manager).get(summary["CUE"][0].url), "mark")
    (pair,) = [cell for cell in answer.context["heat"][0].cells if cell.text]
    assert pair.facts == ("50% with a partner",)
    confusion = answer.context["confusions"][0]
    rows = {line.name: [each.text for each in line.cells] for line in confusion.lines}
    assert rows == {"CUE": ["1", "", "1"], "ENTITY": ["", "", ""], "nothing": ["", "1", ""]}
    counts = answer.context["counts"]
    assert {name: [each.text for each in row] for name, _whole, row in counts} == {
        "ana": ["2", "0"],
        "ben": ["1", "1"],
    }
    assert [each.share for _name, _whole, row in counts for each in row] == [
        "100%",
        "0%",
        "50%",
        "50%",
    ]
    (told,) = answer.context["values"]
    assert told.name == "ENTITY · entity_type"
    assert [(value, [each.text for each in row]) for value, row in told.rows] == [
        ("DATE", ["0", "1"])
    ]


def test_a_measure_that_is_spoken_of_is_called_by_its_title(
    visit: Visit, address: str, manager: Actor, article: Article, ana: Actor, ben: Actor
) -> None:
    labelled(article, ana, ("CUE", "spoke"))
    labelled(article, ben, ("CUE", "spoke on"))
    answer = visit(manager).get(address)
    assert "see “Same spans, by overlap”." in " ".join(texts(answer, "main"))
    assert "span_f1_overlap" not in " ".join(texts(answer, "main"))


def test_titles_and_why_there_is_no_figure_are_said_in_the_language_of_the_reader(
    visit: Visit, address: str, manager: Actor, article: Article, ana: Actor, ben: Actor
) -> None:
    for whom in (ana, ben):
        labelled(article, whom)
    manager.person.language = "de"
    manager.person.save()
    shown = " ".join(texts(visit(manager).get(address), "main"))
    assert "Gleiche Markierungen, nach Überlappung" in shown
    assert "Niemand hat etwas dieser Art markiert." in shown
    assert "Nobody marked" not in shown


def test_measures_are_shown_by_the_week_of_submission(
    visit: Visit, address: str, project: Project, manager: Actor, ana: Actor, ben: Actor
) -> None:
    for number, monday in enumerate(("2026-03-02", "2026-03-02", "2026-03-09")):
        made = make_article(project, f"Number {number}: she said so, and spoke.")
        sets = [labelled(made, ana, ("CUE", "said")), labelled(made, ben, ("CUE", "said"))]
        if number == 2:
            sets[1] = labelled(made, make_member(project, Role.ANNOTATOR, "eve"), ("CUE", "spoke"))
        at = datetime.fromisoformat(f"{monday}T12:00:00+00:00")
        AnnotationSet.objects.filter(article=made).update(submitted_at=at)
    answer = visit(manager).get(address)
    curve = next(each for each in answer.context["curves"] if each.name == "span_f1_overlap")
    shown = [(each.week, each.value, each.bounds, each.articles) for each in curve.points]
    assert shown == [
        ("2 March 2026", "1.00", "1.00 to 1.00", 2),
        # Ana and Ben agree; Eve agrees with neither.
        ("9 March 2026", "0.33", "", 1),
    ]
    behind = visit(manager).get(curve.points[1].url)
    assert sorted(each.person for each in behind.context["rows"]) == ["ana", "ben", "eve"]


def test_a_share_leads_to_its_spans(visit: Visit, address: str, manager: Actor, both: None) -> None:
    browser = visit(manager)
    answer = browser.get(address)
    urls = {name: [each.url for each in row] for name, _whole, row in answer.context["counts"]}
    assert texts(browser.get(urls["ana"][0]), "mark") == [CUE, OTHER]
    assert urls["ana"][1] == ""
    assert texts(browser.get(urls["ben"][0]), "mark") == [CUE]
    date = answer.context["values"][0].rows[0][1][1]
    assert texts(browser.get(date.url), "mark") == ["Monday"]
    assert "No such spans" in texts(browser.get(f"{date.url}S"), "empty")[0]
    assert browser.get(f"{address}marks/?who=nobody&label=CUE").status_code == 404


def test_nobody_sees_marks_of_others_in_a_blind_project(
    visit: Visit, address: str, ana: Actor, both: None
) -> None:
    assert texts(visit(ana).get(f"{address}marks/?who=ana&label=CUE"), "mark") == [CUE, OTHER]
    assert visit(ana).get(f"{address}marks/?who=ben&label=CUE").status_code == 404


def test_pairs_are_shown_by_a_measure_and_a_label(
    visit: Visit, address: str, manager: Actor, both: None
) -> None:
    answer = visit(manager).get(f"{address}?measure=span_f1_exact&label=CUE")
    table = {line.name: [each.text for each in line.cells] for line in answer.context["heat"]}
    assert table == {"ana": ["", "0.67"], "ben": ["0.67", ""]}
    # What is not known is shown as the first of what is.
    assert visit(manager).get(f"{address}?measure=nothing&label=nowhere").status_code == 200


def test_gamma_is_shown_once_it_is_counted(
    visit: Visit,
    address: str,
    article: Article,
    project: Project,
    manager: Actor,
    both: None,
    monkeypatch: Any,
) -> None:
    labelled(article, make_member(project, Role.ANNOTATOR, "eve"), ("CUE", CUE))
    monkeypatch.setattr(counting, "AT_ONCE", 0)
    asked = f"{address}?measure=gamma&label=CUE"
    (notice,) = texts(visit(manager).get(asked), "notice")
    assert notice.startswith("This is being counted and takes a while.")
    assert f'href="{asked.replace("&", "&amp;")}"' in visit(manager).get(asked).content.decode()
    call_command("agreement_waiting")
    answer = visit(manager).get(asked)
    assert texts(answer, "notice") == []
    table = {line.name: [each.text for each in line.cells] for line in answer.context["heat"]}
    assert table["ben"][2] == "1.00"
    assert f"All together: {answer.context['whole'].text}" in " ".join(texts(answer, "main"))


def test_a_gamma_that_is_being_counted_can_be_given_up(
    visit: Visit, address: str, manager: Actor, both: None, monkeypatch: Any
) -> None:
    monkeypatch.setattr(counting, "AT_ONCE", 0)
    browser = visit(manager)
    assert "Cancel" in texts(browser.get(f"{address}?measure=gamma"), "notice")[0]
    looks = browser.get(f"{address}?measure=gamma").context["look"]
    assert "Cancel" in texts(browser.get(f"{address}{looks}"), "notice")[0]
    answer = browser.post(address, {"measure": "gamma"}, follow=True)
    assert texts(answer, "notice") == ["It is not being counted any more."]
    # Who looks once more, as the page did until it was left, does not begin it anew.
    assert texts(browser.get(f"{address}{looks}"), "notice") == []
    assert list(counting.folder().iterdir()) == []
    call_command("agreement_waiting")
    # Nothing was left to count, so it begins when somebody asks again.
    assert "Cancel" in texts(browser.get(f"{address}?measure=gamma"), "notice")[0]


def test_a_gamma_that_cannot_be_counted_is_said(
    visit: Visit, address: str, project: Project, manager: Actor, both: None
) -> None:
    asked = question(manager, project, Role.MANAGER)
    (counting.folder("kept") / kept_as(asked, ["gamma"])["gamma"]).write_text("null")
    answer = visit(manager).get(f"{address}?measure=gamma")
    assert answer.status_code == 200
    assert "Ask for two people at a time" in texts(answer, "notice")[0]


def test_each_cell_leads_to_its_spans(
    visit: Visit, address: str, manager: Actor, both: None
) -> None:
    browser = visit(manager)
    confusion = browser.get(address).context["confusions"][0]
    urls = {
        (line.name, number): each.url
        for line in confusion.lines
        for number, each in enumerate(line.cells)
        if each.url
    }
    assert set(urls) == {("CUE", 0), ("CUE", 2), ("nothing", 1)}
    same = browser.get(urls["CUE", 0])
    assert texts(same, "mark") == [CUE, CUE]
    alone = browser.get(urls["CUE", 2])
    assert texts(alone, "mark") == [OTHER]
    assert "nothing" in texts(alone, "tbody")[0]
    assert texts(browser.get(urls["nothing", 1]), "mark") == ["Monday"]
    heat = browser.get(address).context["heat"][0].cells[1]
    assert len(browser.get(heat.url).context["rows"]) == 3


def test_spans_go_on_page_by_page(
    visit: Visit, address: str, project: Project, manager: Actor, ana: Actor, ben: Actor
) -> None:
    for number in range(30):
        made = make_article(project, f"Number {number}: she said so.")
        for whom in (ana, ben):
            labelled(made, whom, ("CUE", "said"))
    browser = visit(manager)
    first = browser.get(f"{address}spans/?one=ana&two=ben")
    assert len(first.context["rows"]) == 25
    second = browser.get(f"{address}spans/?{first.context['next']}")
    assert len(second.context["rows"]) == 5
    assert second.context["next"] == ""
    titles = [each.title for answer in (first, second) for each in answer.context["rows"]]
    assert len(set(titles)) == 30


def test_annotators_see_nothing_of_others_in_a_blind_project(
    visit: Visit, address: str, project: Project, ana: Actor, both: None
) -> None:
    assert "Monday" not in visit(ana).get(address).content.decode()
    assert visit(ana).get(f"{address}spans/?one=ana&two=ben").status_code == 404
    Project.objects.filter(pk=project.pk).update(open_after_submit=True)
    assert texts(visit(ana).get(f"{address}spans/?one=ana&two=ben&left="), "mark") == ["Monday"]


def test_annotators_see_no_pair_of_others(
    visit: Visit, address: str, project: Project, article: Article, ana: Actor, both: None
) -> None:
    labelled(article, make_member(project, Role.ANNOTATOR, "eve"), ("CUE", CUE))
    Project.objects.filter(pk=project.pk).update(open_after_submit=True)
    assert visit(ana).get(f"{address}spans/?one=ana&two=eve").status_code == 200
    assert visit(ana).get(f"{address}spans/?one=ben&two=eve").status_code == 404
    pairs = {(each.one, each.two) for each in visit(ana).get(address).context["confusions"]}
    assert pairs == {("ana", "ben"), ("ana", "eve")}


def test_reviewers_see_spans_of_what_they_review(
    visit: Visit,
    address: str,
    project: Project,
    article: Article,
    rita: Actor,
    both: None,
    ana: Actor,
) -> None:
    other = make_article(project, "Somebody else said so.")
    labelled(other, ana, ("CUE", "said"))
    assert visit(rita).get(f"{address}spans/?one=ana&two=ben").status_code == 404
    assign(article, rita, Task.REVIEW)
    answer = visit(rita).get(f"{address}spans/?one=ana&two=ben")
    assert len(answer.context["rows"]) == 3


@pytest.mark.parametrize("query", ["", "?one=ana", "?one=ana&two=ana", "?one=ana&two=nobody"])
def test_who_is_not_there_is_not_found(
    visit: Visit, address: str, manager: Actor, both: None, query: str
) -> None:
    assert visit(manager).get(f"{address}spans/{query}").status_code == 404


def test_the_page_costs_the_same_with_more_articles(
    visit: Visit,
    address: str,
    project: Project,
    manager: Actor,
    both: None,
    ana: Actor,
    ben: Actor,
    django_assert_num_queries: Any,
) -> None:
    browser = visit(manager)
    browser.get(address)
    with django_assert_num_queries(QUERIES):
        browser.get(address)
    for number in range(3):
        made = make_article(project, f"{number}. {TEXT}")
        for whom in (ana, ben):
            labelled(made, whom, ("CUE", CUE))
    browser.get(address)
    with django_assert_num_queries(QUERIES):
        browser.get(address)


QUERIES = 6
