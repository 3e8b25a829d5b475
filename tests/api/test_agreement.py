"""Agreement by the API: the figures are true, and nobody learns by them of what they may not see."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from labels.actions import counting
from labels.models import AnnotationSet, Article, Project
from labels.vocabulary import Role

from ..factories import TEXT, add_span, apply, make_article, make_member, make_set
from .caller import Caller, answered, problem, with_token

pytestmark = pytest.mark.django_db
CLAIM = "“Taxes fell 5%,”"


def labelled(article: Article, whom: Any, *quotes: str, submit: bool = True) -> AnnotationSet:
    """Have somebody mark cues, and submit."""
    row = make_set(article, whom)
    apply(row, whom, *[add_span(article.text, "CUE", each) for each in quotes])
    if submit:
        answered(with_token(whom).move(row, "submit"))
    return row


@pytest.fixture
def path(project: Project) -> str:
    return f"projects/{project.slug}/agreement/"


@pytest.fixture
def ben(project: Project) -> Any:
    return make_member(project, Role.ANNOTATOR, "ben")


def values(found: Any) -> dict[tuple[Any, ...], Any]:
    return {
        (each["measure"], each["label"], tuple(each["annotators"])): each["value"]
        for each in found["results"]
    }


def test_figures_are_of_submitted_sets(
    path: str, article: Article, ana: Any, ben: Any, manager: Caller
) -> None:
    labelled(article, ana, CLAIM, "“and jobs rose.”")
    row = labelled(article, ben, CLAIM, submit=False)
    asked = f"{path}?measure=span_f1_exact"
    (only,) = answered(manager.get(f"{asked}&label=CUE"))["results"]
    assert (only["value"], only["undefined"], only["annotators"]) == (
        None,
        "Only one person has labelled these articles.",
        ["ana"],
    )
    answered(with_token(ben).move(row, "submit"))
    found = answered(manager.get(asked))
    assert values(found) == {
        ("span_f1_exact", None, ("ana", "ben")): pytest.approx(2 / 3),
        ("span_f1_exact", "CUE", ("ana", "ben")): pytest.approx(2 / 3),
    }
    first = found["results"][0]
    assert (first["n"], first["articles"], first["units"]) == (3, 1, {"ana": 2, "ben": 1})
    assert first["coverage"] == pytest.approx(2 / 3)
    assert (first["low"], first["high"]) == (None, None)
    assert any("Few articles" in each for each in first["warnings"])
    (measure,) = found["measures"]
    assert (measure["name"], measure["title"]) == ("span_f1_exact", "Same spans, to the character")


def test_all_measures_but_gamma_are_taken_unless_some_are_asked_for(
    path: str, article: Article, ana: Any, ben: Any, manager: Caller
) -> None:
    labelled(article, ana, CLAIM)
    labelled(article, ben, CLAIM)
    found = {each["name"] for each in answered(manager.get(path))["measures"]}
    assert {"u_alpha", "krippendorff_alpha", "relation_f1"} <= found
    assert "gamma" not in found
    one = answered(manager.get(f"{path}?measure=gamma,span_f1_token&label=CUE"))
    assert {each["measure"] for each in one["results"]} == {"gamma", "span_f1_token"}


def test_gamma_that_takes_long_is_counted_beside_the_requests(
    path: str, article: Article, ana: Any, ben: Any, manager: Caller, monkeypatch: Any
) -> None:
    labelled(article, ana, CLAIM)
    labelled(article, ben, CLAIM, "“and jobs rose.”")
    monkeypatch.setattr(counting, "AT_ONCE", 0)
    asked = f"{path}?measure=gamma,span_f1_token&label=CUE&annotators=ana,ben"
    for _time in range(2):
        answer = manager.get(asked)
        assert (answer.status_code, answer.json()) == (202, {"counting": ["gamma"]})
        assert answer["Retry-After"] == "2"
        assert answer["Location"].endswith(asked)
    assert manager.get(f"{asked}&format=csv").status_code == 202
    call_command("agreement_waiting")
    found = answered(manager.get(answer["Location"].removeprefix("/api/v1/")))
    assert {each["measure"] for each in found["results"]} == {"gamma", "span_f1_token"}
    monkeypatch.setattr(counting, "AT_ONCE", 60)
    AnnotationSet.objects.update(updated_at=timezone.now())
    assert answered(manager.get(asked)) == found


def test_gamma_that_is_being_counted_can_be_given_up(
    path: str, article: Article, ana: Any, ben: Any, manager: Caller, monkeypatch: Any
) -> None:
    labelled(article, ana, CLAIM)
    labelled(article, ben, CLAIM)
    monkeypatch.setattr(counting, "AT_ONCE", 0)
    asked = f"{path}?measure=gamma&annotators=ana,ben"
    assert manager.get(asked).status_code == 202
    for _time in range(2):
        assert manager.delete(asked).status_code == 204
    call_command("agreement_waiting")
    assert manager.get(asked).status_code == 202
    # Of other people it is another question.
    assert manager.delete(path).status_code == 204
    call_command("agreement_waiting")
    assert answered(manager.get(asked))["results"]
    problem(manager.delete(f"{path}?measure=kapa"), 422, "invalid")


def test_a_change_of_a_submitted_set_is_seen_at_once(
    path: str, article: Article, ana: Any, ben: Any, manager: Caller
) -> None:
    labelled(article, ana, CLAIM)
    row = labelled(article, ben, "“and jobs rose.”")
    asked = f"{path}?measure=span_f1_exact&label=CUE"
    assert [each["value"] for each in answered(manager.get(asked))["results"]] == [0]
    answered(with_token(ben).move(row, "reopen"))
    apply(row, ben, add_span(TEXT, "CUE", CLAIM))
    answered(with_token(ben).move(row, "submit"))
    assert [each["value"] for each in answered(manager.get(asked))["results"]] == [
        pytest.approx(2 / 3)
    ]


def test_kept_figures_cost_no_reading(
    path: str,
    article: Article,
    ana: Any,
    ben: Any,
    manager: Caller,
    django_assert_max_num_queries: Any,
) -> None:
    labelled(article, ana, CLAIM)
    labelled(article, ben, CLAIM)
    first = answered(manager.get(path))
    with django_assert_max_num_queries(12):
        assert answered(manager.get(path)) == first


def test_annotators_learn_nothing_of_sets_that_they_may_not_read(
    path: str, project: Project, article: Article, ana: Any, ben: Any, annotator: Caller
) -> None:
    """Ben's name, his spans and how many there are would all be news to Ana."""
    labelled(article, ana, CLAIM)
    labelled(article, ben, "“and jobs rose.”")
    asked = f"{path}?measure=span_f1_exact,u_alpha"
    found = answered(annotator.get(asked))
    assert {each["value"] for each in found["results"]} <= {None}
    assert "ben" not in str(found)
    refused = problem(annotator.get(f"{path}?annotators=ana,ben"), 422, "invalid")
    assert "Known: ana." in refused["detail"]
    Project.objects.filter(pk=project.pk).update(open_after_submit=True)
    assert values(answered(annotator.get(asked)))["span_f1_exact", "CUE", ("ana", "ben")] == 0


def test_in_an_open_project_both_have_to_submit_first(
    path: str, project: Project, article: Article, ana: Any, ben: Any, annotator: Caller
) -> None:
    Project.objects.filter(pk=project.pk).update(open_after_submit=True)
    row = labelled(article, ana, CLAIM, submit=False)
    labelled(article, ben, CLAIM)
    assert "ben" not in str(answered(annotator.get(path)))
    answered(annotator.move(row, "submit"))
    assert "ben" in str(answered(annotator.get(path)))


def test_annotators_get_the_pairs_that_they_are_in(
    path: str, project: Project, article: Article, ana: Any, ben: Any, annotator: Caller
) -> None:
    Project.objects.filter(pk=project.pk).update(open_after_submit=True)
    for whom in (ana, ben, make_member(project, Role.ANNOTATOR, "eve")):
        labelled(article, whom, CLAIM)
    found = answered(annotator.get(f"{path}?measure=span_f1_exact&label=CUE"))
    assert [each["annotators"] for each in found["results"]] == [["ana", "ben"], ["ana", "eve"]]


def test_reviewers_get_figures_of_what_they_review(
    path: str, project: Project, article: Article, ana: Any, ben: Any, reviewer: Caller
) -> None:
    other = make_article(project, "“Taxes fell 5%,” said another.")
    for whom in (ana, ben):
        labelled(article, whom, CLAIM)
        labelled(other, whom, "“Taxes fell 5%,”")
    found = answered(reviewer.get(f"{path}?measure=span_f1_exact&label=CUE"))
    assert [each["articles"] for each in found["results"]] == [1]


def test_a_table_for_a_spreadsheet(
    path: str, article: Article, ana: Any, ben: Any, manager: Caller
) -> None:
    labelled(article, ana, CLAIM)
    labelled(article, ben, CLAIM)
    asked = f"{path}?measure=span_f1_exact&label=CUE"
    for answer in (
        manager.get(f"{asked}&format=csv"),
        manager.get(asked, accept="text/csv"),
    ):
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        (row,) = csv.DictReader(io.StringIO(answer.content.decode()))
        assert (row["measure"], row["annotators"], row["value"]) == (
            "span_f1_exact",
            "ana ben",
            "1.0",
        )
        assert row["units"] == "ana=1 ben=1"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("measure=kapa", "measure"),
        ("label=NONE", "label"),
        ("annotators=nobody", "annotators"),
        ("format=xml", "format"),
    ],
)
def test_what_is_not_known_is_refused(path: str, manager: Caller, query: str, field: str) -> None:
    refused = problem(manager.get(f"{path}?{query}"), 422, "invalid")
    assert refused["errors"][0]["field"] == field
