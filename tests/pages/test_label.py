"""The label page: what it hands to its script, and who may open it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from labels.actions import annotation
from labels.actions.access import Actor
from labels.models import AnnotationSet, Article, Assignment, Project
from labels.vocabulary import State, Task

from ..factories import TEXT, add_span, apply, assign, make_article, make_set
from .conftest import Visit

pytestmark = pytest.mark.django_db


def address(article: Article) -> str:
    return f"/articles/{article.uuid}/label/"


def boot(answer: Any) -> dict[str, Any]:
    """Return what the page's script reads."""
    block = answer.content.decode().split('<script id="galley-boot" type="application/json">')[1]
    found: dict[str, Any] = json.loads(block.split("</script>")[0])
    return found


def test_the_first_visit_starts_ones_own_set_and_later_ones_show_it(
    project: Project, ana: Actor, visit: Visit
) -> None:
    article = make_article(project)
    assign(article, ana, Task.ANNOTATE)
    client = visit(ana)
    first, second = boot(client.get(address(article))), boot(client.get(address(article)))
    row = AnnotationSet.objects.get()
    assert (row.annotator, row.state) == (ana.person, State.OPEN)
    assert first == second
    assert first["set"]["id"] == str(row.uuid)


def test_the_script_is_told_all_it_needs(project: Project, ana: Actor, visit: Visit) -> None:
    article = make_article(project, title="Taxes")
    row = make_set(article, ana)
    apply(row, ana, add_span(TEXT, "SOURCE", "Ruiz", attributes={"source_type": "other"}))
    found = boot(visit(ana).get(address(article)))
    assert (found["mode"], found["writable"]) == ("label", True)
    assert found["article"] == {
        "id": str(article.uuid),
        "title": "Taxes",
        "length": len(TEXT),
        "language": "",
        "has_astral": False,
    }
    (span,) = found["set"]["spans"]
    assert span["fragments"] == [{"start": 17, "end": 21, "quote": "Ruiz"}]
    assert [each["name"] for each in found["scheme"]["labels"]] == [
        "CLAIM",
        "SOURCE",
        "CUE",
        "ENTITY",
    ]
    assert found["scheme"]["version"] == 1
    assert found["me"] == {"id": str(ana.person.uuid), "username": "ana"}
    sets = f"/api/v1/annotation-sets/{row.uuid}/"
    assert found["urls"]["set"] == sets
    assert found["urls"]["operations"] == f"{sets}operations/"
    assert found["urls"]["project"] == f"/projects/{project.slug}/"


def test_a_text_with_characters_beyond_the_basic_plane_says_so(
    project: Project, ana: Actor, visit: Visit
) -> None:
    article = make_article(project, "Votes 🗳️ are counted.")
    assign(article, ana, Task.ANNOTATE)
    assert boot(visit(ana).get(address(article)))["article"]["has_astral"] is True


def test_the_text_cannot_end_the_block_of_data(project: Project, ana: Actor, visit: Visit) -> None:
    text = "</script><script>alert(1)</script> & more"
    article = make_article(project, text, title=text)
    assign(article, ana, Task.ANNOTATE)
    answer = visit(ana).get(address(article))
    assert b"<script>alert" not in answer.content
    assert boot(answer)["article"]["title"] == text


def test_the_queue_tells_where_one_is_and_what_comes_next(
    project: Project, ana: Actor, visit: Visit
) -> None:
    articles = [make_article(project, f"Report {n}. The end.") for n in range(3)]
    for each in articles:
        assign(each, ana, Task.ANNOTATE)
    answer = visit(ana).get(address(articles[1]))
    assert [
        (each["title"], each["state"], each["current"]) for each in answer.context["queue"]
    ] == [
        ("Report 1.", "open", True),
        ("Report 0.", "", False),
        ("Report 2.", "", False),
    ]
    assert boot(answer)["urls"]["next"] == address(articles[0])
    assert answer.context["progress"] == {"submitted": 0, "returned": 0, "total": 3}


def test_what_is_handed_in_can_only_be_looked_at(
    project: Project, ana: Actor, visit: Visit
) -> None:
    row = make_set(make_article(project), ana)
    annotation.submit(by=ana, uuid=row.uuid, if_match=row.version)
    found = boot(visit(ana).get(address(row.article)))
    assert (found["writable"], found["set"]["state"]) == (False, "submitted")


def test_a_manager_who_opens_it_is_assigned(project: Project, manager: Actor, visit: Visit) -> None:
    article = make_article(project)
    assert visit(manager).get(address(article)).status_code == 200
    assert Assignment.objects.get().person == manager.person


@pytest.mark.parametrize("who", ["ana", "rita"])
def test_who_is_not_to_label_it_may_not_and_starts_nothing(
    request: pytest.FixtureRequest, project: Project, visit: Visit, who: str
) -> None:
    article = make_article(project)
    whom = request.getfixturevalue(who)
    if who == "rita":
        assign(article, whom, Task.REVIEW)
    assert visit(whom).get(address(article)).status_code == 403
    assert not AnnotationSet.objects.exists()


def test_strangers_find_nothing(project: Project, stranger: Actor, visit: Visit) -> None:
    assert visit(stranger).get(address(make_article(project))).status_code == 404
    assert not AnnotationSet.objects.exists()


def test_it_costs_the_same_with_one_span_and_with_three(
    project: Project,
    ana: Actor,
    visit: Visit,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    row = make_set(make_article(project), ana)
    client = visit(ana)
    for count, quotes in ((1, ["Ruiz"]), (3, ["Monday", "Lima"])):
        apply(row, ana, *(add_span(TEXT, "ENTITY", quote) for quote in quotes))
        with django_assert_num_queries(14):
            answer = client.get(address(row.article))
        assert len(boot(answer)["set"]["spans"]) == count


def test_a_page_fetched_before_it_is_asked_for_starts_nothing(
    project: Project, ana: Actor, visit: Visit
) -> None:
    article = make_article(project)
    assign(article, ana, Task.ANNOTATE)
    client = visit(ana)
    answer = client.get(address(article), headers={"Sec-Purpose": "prefetch;prerender"})
    assert (answer.status_code, AnnotationSet.objects.count()) == (503, 0)
    assert client.get(address(article)).status_code == 200
    # What has been begun can be fetched ahead.
    assert client.get(address(article), headers={"Sec-Purpose": "prefetch"}).status_code == 200


def test_the_articles_before_and_after_are_those_of_the_queue(
    project: Project, ana: Actor, visit: Visit
) -> None:
    first, second = (make_article(project, f"Report {n}. The end.") for n in range(2))
    for each in (first, second):
        assign(each, ana, Task.ANNOTATE)
    client = visit(ana)
    beside = client.get(address(first)).context["beside"]
    assert (beside["previous"], beside["next"]["url"]) == (None, address(second))
    beside = client.get(address(second)).context["beside"]
    assert (beside["previous"]["url"], beside["next"]) == (address(first), None)
