"""A project's articles, and starting a project."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from labels.actions import annotation
from labels.actions import scheme as schemes
from labels.actions.access import Actor
from labels.models import Membership, Project, Scheme
from labels.vocabulary import Role, Task

from ..factories import SCHEME, assign, make_article, make_member, make_project, make_set
from .conftest import Visit, texts

pytestmark = pytest.mark.django_db


def add(project: Project, *titles: str, **more: Any) -> list[Any]:
    return [
        make_article(project, f"{title}. The text of it.", title=title, **more) for title in titles
    ]


def titles(answer: Any) -> list[str]:
    return [each.title for each in answer.context["articles"]]


def address(project: Project) -> str:
    return f"/projects/{project.slug}/"


def test_managers_see_every_article_with_who_is_how_far(
    project: Project, manager: Actor, ana: Actor, visit: Visit
) -> None:
    first, second = add(project, "First", "Second", publisher="Kyodo", published_at="2019-10-29")
    make_set(first, ana)
    assign(second, ana, Task.ANNOTATE)
    answer = visit(manager).get(address(project))
    assert [
        (row.title, row.published, [(each.name, each.state) for each in row.work], row.act)
        for row in answer.context["articles"]
    ] == [
        ("First", "29 October 2019", [("ana", "open")], None),
        ("Second", "29 October 2019", [("ana", "")], None),
    ]
    assert texts(answer, "chip") == ["ana: in progress", "ana: not started"]
    assert texts(answer, "legend")[0] == "2 articles1 in progress"


def test_annotators_see_what_is_theirs_and_not_how_far_others_are(
    project: Project, ana: Actor, visit: Visit
) -> None:
    ben = make_member(project, Role.ANNOTATOR, "ben")
    mine, _others = add(project, "Mine", "Not mine")
    assign(mine, ana, Task.ANNOTATE)
    make_set(mine, ben)
    answer = visit(ana).get(address(project))
    (row,) = answer.context["articles"]
    assert (row.title, [(each.name, each.state) for each in row.work]) == ("Mine", [("ana", "")])
    assert (row.act.text, row.act.url) == ("Label", f"/articles/{mine.uuid}/label/")
    assert texts(answer, "legend") == ["1 assigned to you"]
    assert b"Import" not in answer.content


def test_reviewers_are_led_to_what_waits_for_them(
    project: Project, ana: Actor, rita: Actor, visit: Visit
) -> None:
    (article,) = add(project, "First")
    row = make_set(article, ana)
    row = annotation.submit(by=ana, uuid=row.uuid, if_match=row.version)
    assign(article, rita, Task.REVIEW)
    answer = visit(rita).get(address(project))
    (found,) = answer.context["articles"]
    assert (found.act.text, found.act.url) == ("Review", f"/annotation-sets/{row.uuid}/review/")
    assert answer.context["begin"].url == found.act.url


def test_strangers_are_told_there_is_nothing(
    project: Project, stranger: Actor, visit: Visit
) -> None:
    add(project, "Secret headline")
    answer = visit(stranger).get(address(project))
    assert answer.status_code == 404
    assert project.name.encode() not in answer.content
    assert texts(answer, "prose") == ["There is no such project, or you are not in it."]


def test_words_are_looked_for_in_title_and_publisher(
    project: Project, manager: Actor, visit: Visit
) -> None:
    add(project, "Taxes fall", "Taxes rise", publisher="Reuters")
    add(project, "Other news", publisher="Kyodo")
    client = visit(manager)
    assert titles(client.get(address(project), {"q": "taxes RISE"})) == ["Taxes rise"]
    assert titles(client.get(address(project), {"q": "kyodo"})) == ["Other news"]


def test_nothing_found_says_so(project: Project, manager: Actor, visit: Visit) -> None:
    add(project, "Taxes fall")
    answer = visit(manager).get(address(project), {"q": "xylophone"})
    assert titles(answer) == []
    assert texts(answer, "empty")[0].startswith("Nothing matches No article of this project fits")
    assert b'value="xylophone"' in answer.content


def test_the_list_is_filtered_by_state_and_person(
    project: Project, manager: Actor, ana: Actor, visit: Visit
) -> None:
    begun, waiting, _free = add(project, "Begun", "Waiting", "Free")
    make_set(begun, ana)
    assign(waiting, ana, Task.ANNOTATE)
    client = visit(manager)
    assert titles(client.get(address(project), {"state": "open"})) == ["Begun"]
    assert titles(client.get(address(project), {"state": "untouched"})) == ["Waiting", "Free"]
    assert titles(client.get(address(project), {"person": "ana"})) == ["Begun", "Waiting"]


def test_a_filter_that_is_none_is_left_out(project: Project, manager: Actor, visit: Visit) -> None:
    add(project, "First")
    answer = visit(manager).get(address(project), {"state": "nonsense", "after": "nonsense"})
    assert (answer.status_code, titles(answer)) == (200, ["First"])


def test_long_lists_come_in_pages_and_lead_back(
    project: Project, manager: Actor, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labels.pages.project.PER_PAGE", 2)
    add(project, *"ABCDE")
    client = visit(manager)
    seen, query = [], ""
    pages = []
    while True:
        answer = client.get(f"{address(project)}?{query}")
        pages.append(titles(answer))
        seen += titles(answer)
        if not answer.context["next"]:
            break
        query = answer.context["next"]
    assert pages == [["A", "B"], ["C", "D"], ["E"]]
    back = client.get(f"{address(project)}?{answer.context['previous']}")
    assert titles(back) == ["C", "D"]
    first = client.get(f"{address(project)}?{back.context['previous']}")
    assert (titles(first), first.context["previous"]) == (["A", "B"], "")


def test_pages_keep_what_is_looked_for(
    project: Project, manager: Actor, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labels.pages.project.PER_PAGE", 1)
    add(project, "Taxes fall", "Weather", "Taxes rise")
    client = visit(manager)
    first = client.get(address(project), {"q": "taxes"})
    second = client.get(f"{address(project)}?{first.context['next']}")
    assert (titles(first), titles(second)) == (["Taxes fall"], ["Taxes rise"])


@pytest.mark.parametrize(("who", "said"), [("manager", "Import articles"), ("ana", "Your work")])
def test_an_empty_project_says_what_next(
    request: pytest.FixtureRequest, project: Project, visit: Visit, who: str, said: str
) -> None:
    answer = visit(request.getfixturevalue(who)).get(address(project))
    (empty,) = texts(answer, "empty")
    assert empty.startswith("No articles yet")
    assert empty.endswith(said)


def test_it_costs_the_same_with_one_article_and_with_three(
    project: Project,
    manager: Actor,
    ana: Actor,
    visit: Visit,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = visit(manager)
    for count, new in ((1, "A"), (3, "BC")):
        for article in add(project, *new):
            make_set(article, ana)
        with django_assert_num_queries(9):
            answer = client.get(address(project))
        assert len(titles(answer)) == count


# Starting one


def test_a_project_starts_with_the_default_scheme(manager: Actor, visit: Visit) -> None:
    given = {"name": "Election 2026", "description": "Speeches", "scheme": ""}
    answer = visit(manager).post("/projects/new/", given)
    assert answer.headers["Location"] == "/projects/election-2026/"
    made = Project.objects.get(slug="election-2026")
    assert (made.name, made.description) == ("Election 2026", "Speeches")
    assert Membership.objects.get(project=made).role == Role.MANAGER
    assert Scheme.objects.get(project=made).definition == SCHEME | {"version": 1}


def test_a_project_may_start_with_the_scheme_of_another(manager: Actor, visit: Visit) -> None:
    other = make_project(manager)
    small = {"name": "Small", "labels": [{"name": "THING"}]}
    schemes.add_version(by=manager, slug=other.slug, definition=small)
    visit(manager).post("/projects/new/", {"name": "Next", "scheme": other.slug})
    assert Scheme.objects.get(project__slug="next").definition == small | {"version": 1}


def test_nobody_takes_the_scheme_of_a_project_they_are_not_in(
    project: Project, stranger: Actor, visit: Visit
) -> None:
    answer = visit(stranger).post("/projects/new/", {"name": "Mine", "scheme": project.slug})
    assert answer.status_code == 422
    assert not Project.objects.filter(name="Mine").exists()


def test_a_name_is_needed_and_what_was_typed_is_kept(manager: Actor, visit: Visit) -> None:
    answer = visit(manager).post("/projects/new/", {"name": " ", "description": "Speeches"})
    assert answer.status_code == 422
    assert texts(answer, "error") == ["This is needed."]
    assert "Speeches" in texts(answer, "textarea")[0]
