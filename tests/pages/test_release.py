"""The pages of releases: a form that makes one, a list, and each with its files."""

from __future__ import annotations

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from labels.actions import annotation, making, release
from labels.actions.access import Actor
from labels.models import Making, Project, Release
from labels.vocabulary import Role

from ..factories import make_article, make_member, make_set
from .conftest import Visit

pytestmark = pytest.mark.django_db
FORM = {"with_text": "yes", "pseudonyms": "yes", "split": "none"}


@pytest.fixture
def path(project: Project) -> str:
    return f"/projects/{project.slug}/releases/"


@pytest.fixture
def handed_in(project: Project) -> None:
    ana = make_member(project, Role.ANNOTATOR, "anaïs")
    row = make_set(make_article(project, "Taxes fell."), ana)
    annotation.submit(by=ana, uuid=row.uuid, if_match=row.version)


@pytest.mark.usefixtures("handed_in")
def test_a_release_is_made_by_the_form_and_shown(path: str, manager: Actor, visit: Visit) -> None:
    client = visit(manager)
    answer = client.post(path, FORM | {"notes": "Our <first>.", "with_text": "no"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{path}1.0.0/")
    shown = client.get(answer.headers["Location"]).content.decode()
    assert "Release 1.0.0 is made." in shown
    assert "Our &lt;first&gt;." in shown
    assert "1 article, 0 spans" in shown
    assert f"/api/v1{path}1.0.0/rebuild.py" in shown
    made = Release.objects.get()
    assert made.terms["with_text"] is False


def test_what_is_refused_stands_at_the_form(path: str, manager: Actor, visit: Visit) -> None:
    answer = visit(manager).post(path, FORM)
    assert answer.status_code == 422
    assert "There is nothing to release yet" in answer.content.decode()


@pytest.mark.usefixtures("handed_in")
def test_a_version_that_cannot_be_is_refused_at_its_field(
    path: str, manager: Actor, visit: Visit
) -> None:
    answer = visit(manager).post(path, FORM | {"version": "one"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["version"] == ["Three numbers with dots, such as 1.2.0."]


def test_an_empty_list_says_what_to_do(path: str, manager: Actor, visit: Visit) -> None:
    assert "No releases yet" in visit(manager).get(path).content.decode()


@pytest.mark.usefixtures("handed_in")
def test_who_may_only_read_sees_no_form(
    path: str, project: Project, manager: Actor, visit: Visit
) -> None:
    release.make(by=manager, slug=project.slug)
    rita = make_member(project, Role.REVIEWER, "rita", can_export=True)
    shown = visit(rita).get(path).content.decode()
    assert "1.0.0" in shown
    assert '<form method="post">' not in shown.split("<main")[1]


@pytest.mark.usefixtures("handed_in")
@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    path: str,
    project: Project,
    manager: Actor,
    visit: Visit,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(count):
        release.make(by=manager, slug=project.slug)
    client = visit(manager)
    client.get(path)
    with django_assert_num_queries(6):
        assert client.get(path).content.decode().count('class="title numbers"') == count


@pytest.mark.usefixtures("handed_in")
def test_a_large_one_has_a_page_until_it_is_made(
    path: str, manager: Actor, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "AT_ONCE", 0)
    client = visit(manager)
    waiting = client.post(path, FORM).headers["Location"]
    shown = client.get(waiting).content.decode()
    assert "The release is being made" in shown
    assert "It begins in a moment." in shown
    assert waiting in client.get(path).content.decode()
    Making.objects.update(part="tables", held_by="here#1", total=1)
    assert "0 of 1 article" in client.get(waiting).content.decode()
    assert client.post(waiting).headers["Location"] == waiting
    assert "It was cancelled. Nothing of it remains." in client.get(waiting).content.decode()
    assert waiting not in client.get(path).content.decode()
    failed = client.post(path, FORM).headers["Location"]
    problem = {"code": "invalid", "detail": "Count on from there."}
    Making.objects.filter(cancelled_at=None).update(failed_at=timezone.now(), problem=problem)
    assert "Count on from there." in client.get(failed).content.decode()
