"""Who is in a project, and handing out articles."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from labels.actions import person
from labels.actions.access import Actor
from labels.models import Assignment, Membership, Project, User
from labels.vocabulary import Role, Task

from ..factories import assign, make_article, make_member, make_person
from .conftest import Visit, texts

pytestmark = pytest.mark.django_db


def address(project: Project) -> str:
    return f"/projects/{project.slug}/people/"


def members(project: Project) -> dict[str, str]:
    found = Membership.objects.filter(project=project, left_at=None).order_by("pk")
    return {each.person.username: each.role for each in found.select_related("person")}


def held(whom: Actor, task: Task) -> list[str]:
    found = Assignment.objects.filter(person=whom.person, role=task, withdrawn_at=None)
    return list(found.order_by("article").values_list("article__title", flat=True))


def articles(project: Project, *titles: str) -> list[Any]:
    return [make_article(project, f"{each}. The text of it.", title=each) for each in titles]


def post(client: Client, project: Project, do: str, **given: Any) -> Any:
    return client.post(address(project), {"do": do, **given}, follow=True)


def test_it_shows_who_is_in_and_what_they_hold(
    project: Project, manager: Actor, ana: Actor, rita: Actor, visit: Visit
) -> None:
    for article in articles(project, "A", "B"):
        assign(article, ana, Task.ANNOTATE)
        assign(article, rita, Task.REVIEW)
    answer = visit(manager).get(address(project))
    assert [
        (each.username, each.role, each.labelling, each.reviewing)
        for each in answer.context["members"]
    ] == [("max", "manager", 0, 0), ("ana", "annotator", 2, 0), ("rita", "reviewer", 0, 2)]


@pytest.mark.parametrize("who", ["ana", "rita"])
def test_only_managers_may_look_or_change(
    request: pytest.FixtureRequest, project: Project, visit: Visit, who: str
) -> None:
    client = visit(request.getfixturevalue(who))
    assert client.get(address(project)).status_code == 403
    assert client.get(address(project), {"link": "max"}).status_code == 403
    given = {"do": "add", "add-username": "eve", "add-role": "manager"}
    assert client.post(address(project), given).status_code == 403
    assert "eve" not in members(project)


def test_strangers_find_nothing(project: Project, stranger: Actor, visit: Visit) -> None:
    answer = visit(stranger).post(address(project), {"do": "remove", "username": "max"})
    assert answer.status_code == 404
    assert "max" in members(project)


def test_adding_somebody_new_gives_a_link_that_works(
    project: Project, manager: Actor, visit: Visit
) -> None:
    given = {"add-username": "nora", "add-display_name": "Nora", "add-role": "reviewer"}
    answer = post(visit(manager), project, "add", **given)
    assert members(project)["nora"] == "reviewer"
    assert texts(answer, "ok")[0] == "Nora is now a reviewer in this project."
    handed = answer.context["handed"]
    assert handed["label"] == "Sign-in link for nora"
    assert handed["url"] in answer.content.decode()
    newcomer = Client()
    assert newcomer.get(handed["url"]).status_code == 302
    assert texts(newcomer.get("/me/"), "h1") == ["Nora"]


def test_adding_somebody_known_gives_no_link(
    project: Project, manager: Actor, stranger: Actor, visit: Visit
) -> None:
    given = {"add-username": "stranger", "add-role": "annotator"}
    answer = post(visit(manager), project, "add", **given)
    assert members(project)["stranger"] == "annotator"
    assert answer.context["handed"] is None


def test_a_name_that_cannot_be_one_is_said_at_the_field(
    project: Project, manager: Actor, visit: Visit
) -> None:
    given = {"do": "add", "add-username": "no blanks", "add-role": "annotator"}
    answer = visit(manager).post(address(project), given)
    assert answer.status_code == 422
    assert texts(answer, "error") == ["Letters, digits and . @ + - _ only, no blanks."]
    assert b'value="no blanks"' in answer.content


def test_a_role_is_changed(project: Project, manager: Actor, ana: Actor, visit: Visit) -> None:
    answer = post(visit(manager), project, "role", username="ana", role="reviewer")
    assert texts(answer, "notice") == ["ana is now a reviewer in this project."]
    assert members(project)["ana"] == "reviewer"


def test_the_last_manager_stays(project: Project, manager: Actor, visit: Visit) -> None:
    client = visit(manager)
    said = "max is the only manager. Make somebody else one first."
    answer = post(client, project, "role", username="max", role="annotator")
    assert texts(answer, "notice") == [said]
    assert texts(post(client, project, "remove", username="max"), "notice") == [said]
    assert members(project) == {"max": "manager"}


def test_somebody_is_taken_out(project: Project, manager: Actor, ana: Actor, visit: Visit) -> None:
    post(visit(manager), project, "remove", username="ana")
    assert members(project) == {"max": "manager"}
    assert User.objects.filter(username="ana", is_active=True).exists()


def test_reviewers_may_be_allowed_to_export(
    project: Project, manager: Actor, rita: Actor, visit: Visit
) -> None:
    client, reviewer = visit(manager), visit(rita)
    export = f"/projects/{project.slug}/export/"
    assert reviewer.get(export).status_code == 403
    post(client, project, "export", username="rita", export="yes")
    assert reviewer.get(export).status_code == 200
    post(client, project, "export", username="rita", export="no")
    assert reviewer.get(export).status_code == 403
    assert members(project)["rita"] == "reviewer"


def test_a_link_for_somebody_with_a_password_is_refused(
    project: Project, manager: Actor, ana: Actor, visit: Visit
) -> None:
    person.set_password(by=ana.person, password="a long way to Thailand")
    answer = post(visit(manager), project, "link", username="ana")
    assert texts(answer, "notice") == ["ana has set a password and signs in with it."]
    assert answer.context["handed"] is None


def test_a_link_is_no_way_into_projects_of_others(
    project: Project, manager: Actor, stranger: Actor, visit: Visit
) -> None:
    client = visit(manager)
    post(client, project, "add", **{"add-username": "stranger", "add-role": "annotator"})
    answer = post(client, project, "link", username="stranger")
    assert texts(answer, "notice") == [
        (
            "stranger works elsewhere too. Who runs the instance makes the link:"
            " manage.py sign_in_link stranger"
        )
    ]
    assert answer.context["handed"] is None


def test_a_link_for_somebody_elsewhere_is_not_found(
    project: Project, manager: Actor, stranger: Actor, visit: Visit
) -> None:
    answer = visit(manager).get(address(project), {"link": "stranger"})
    assert answer.status_code == 404
    assert b"/sign-in/" not in answer.content


@pytest.mark.parametrize("do", ["role", "remove", "link", "export"])
def test_nobody_is_named_who_is_not_there(
    project: Project, manager: Actor, visit: Visit, do: str
) -> None:
    before = User.objects.count()
    answer = post(visit(manager), project, do, username="no such", role="annotator")
    assert len(texts(answer, "bad")) == 1
    assert members(project) == {"max": "manager"}
    assert User.objects.count() == before


def test_what_no_form_asks_changes_nothing(project: Project, manager: Actor, visit: Visit) -> None:
    answer = visit(manager).post(address(project), {"do": "explode"})
    assert answer.status_code == 422
    assert members(project) == {"max": "manager"}


# Handing out


def test_the_next_articles_that_nobody_has_are_handed_out(
    project: Project, manager: Actor, ana: Actor, visit: Visit
) -> None:
    ben = make_member(project, Role.ANNOTATOR, "ben")
    first, *_ = articles(project, "A", "B", "C")
    assign(first, ana, Task.ANNOTATE)
    given = {"person": "ben", "task": "annotate", "which": "next", "count": "1"}
    answer = post(visit(manager), project, "assign", **given)
    assert texts(answer, "notice") == ["ben has 1 more article to label."]
    assert held(ben, Task.ANNOTATE) == ["B"]


def test_all_articles_are_handed_out(
    project: Project, manager: Actor, rita: Actor, visit: Visit
) -> None:
    articles(project, "A", "B", "C")
    given = {"person": "rita", "task": "review", "which": "all"}
    answer = post(visit(manager), project, "assign", **given)
    assert texts(answer, "notice") == ["rita has 3 more articles to review."]
    assert held(rita, Task.REVIEW) == ["A", "B", "C"]


def test_ticked_articles_are_handed_out_from_the_list(
    project: Project, manager: Actor, ana: Actor, visit: Visit
) -> None:
    a, _b, c = articles(project, "A", "B", "C")
    given = {"person": "ana", "task": "annotate", "which": "chosen"}
    answer = post(visit(manager), project, "assign", **given, articles=[str(a.uuid), str(c.uuid)])
    assert answer.redirect_chain == [(f"/projects/{project.slug}/", 302)]
    assert held(ana, Task.ANNOTATE) == ["A", "C"]


def test_nothing_ticked_is_said_above_the_list(
    project: Project, manager: Actor, ana: Actor, visit: Visit
) -> None:
    articles(project, "A")
    given = {"person": "ana", "task": "annotate", "which": "chosen"}
    answer = post(visit(manager), project, "assign", **given)
    assert texts(answer, "notice") == ["Tick the articles first."]
    assert texts(answer, "h1") == [project.name]


def test_articles_of_another_project_are_not_handed_out(
    project: Project, manager: Actor, ana: Actor, stranger: Actor, visit: Visit
) -> None:
    foreign = make_article(Project.objects.get(created_by=stranger.person), title="Foreign")
    given = {"person": "ana", "task": "annotate", "which": "chosen"}
    post(visit(manager), project, "assign", **given, articles=[str(foreign.uuid)])
    assert held(ana, Task.ANNOTATE) == []


def test_a_number_is_needed_for_the_next_ones(
    project: Project, manager: Actor, ana: Actor, visit: Visit
) -> None:
    articles(project, "A")
    given = {"do": "assign", "person": "ana", "task": "annotate", "which": "next", "count": ""}
    answer = visit(manager).post(address(project), given)
    assert answer.status_code == 422
    assert texts(answer, "error") == ["Say how many."]


def test_annotators_review_only_with_peer_review(
    project: Project, manager: Actor, ana: Actor, visit: Visit
) -> None:
    articles(project, "A")
    given = {"do": "assign", "person": "ana", "task": "review", "which": "all"}
    answer = visit(manager).post(address(project), given)
    assert answer.status_code == 422
    assert texts(answer, "notice") == ["ana is an annotator, and this project has no peer review."]
    assert held(ana, Task.REVIEW) == []


def test_it_costs_the_same_with_one_member_and_with_three(
    project: Project,
    manager: Actor,
    visit: Visit,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    (article,) = articles(project, "A")
    client = visit(manager)
    for more in (0, 2):
        for _ in range(more):
            assign(article, make_member(project, Role.ANNOTATOR), Task.ANNOTATE)
        with django_assert_num_queries(10):
            answer = client.get(address(project))
        assert len(answer.context["members"]) == 1 + more


def test_somebody_in_no_project_is_asked_to_sign_in_first(project: Project, client: Client) -> None:
    make_person("eve")
    assert client.get(address(project)).headers["Location"].startswith("/sign-in/?next=")


def test_articles_are_offered_to_those_who_label_first(
    project: Project, manager: Actor, rita: Actor, ana: Actor, visit: Visit
) -> None:
    make_article(project)
    page = visit(manager).get(address(project)).content.decode()
    offered = [page.index(f'<option value="{name}"') for name in ("ana", "rita", "max")]
    assert offered == sorted(offered)
