"""The page of a project's settings."""

from __future__ import annotations

import pytest

from labels.actions.access import Actor
from labels.models import Project, Revision

from ..factories import make_article, make_set
from .conftest import Visit

pytestmark = pytest.mark.django_db


def test_settings_are_changed_and_logged(project: Project, manager: Actor, visit: Visit) -> None:
    address, client = f"/projects/{project.slug}/settings/", visit(manager)
    assert b'name="blind"' in client.get(address).content
    sent = {"name": "Seoul", "description": "Claims.", "blind": "on", "peer_review": "on"}
    answer = client.post(address, sent, follow=True)
    assert b"The settings are changed." in answer.content
    project.refresh_from_db()
    assert (project.name, project.description) == ("Seoul", "Claims.")
    assert (project.blind, project.peer_review, project.open_after_submit) == (True, True, False)
    last = Revision.objects.filter(project=project).latest("pk")
    assert (last.action, last.payload["after"]["blind"]) == ("change", True)
    client.post(address, {"name": "Seoul"})
    project.refresh_from_db()
    assert not project.blind


@pytest.mark.parametrize("name", ["", " ", "x" * 151, "a\0b"])
def test_a_name_that_cannot_be_is_refused(
    project: Project, manager: Actor, visit: Visit, name: str
) -> None:
    answer = visit(manager).post(f"/projects/{project.slug}/settings/", {"name": name})
    assert answer.status_code == 422
    assert b'role="alert"' in answer.content
    before = project.name
    project.refresh_from_db()
    assert project.name == before


def test_the_tab_is_for_managers(
    project: Project, manager: Actor, rita: Actor, visit: Visit
) -> None:
    link = f"/projects/{project.slug}/settings/".encode()
    assert link in visit(manager).get(f"/projects/{project.slug}/").content
    assert link not in visit(rita).get(f"/projects/{project.slug}/").content
    assert visit(rita).get(link.decode()).status_code == 403


def test_which_marks_wait_for_a_review_is_chosen_and_said_to_who_reviews(
    project: Project, manager: Actor, ana: Actor, visit: Visit
) -> None:
    address, client = f"/projects/{project.slug}/settings/", visit(manager)
    sent = {"name": "Seoul", "review_which": "share", "review_share": "35", "review_below": ""}
    assert client.post(address, sent).status_code == 302
    project.refresh_from_db()
    assert (project.review_which, project.review_share, project.review_below) == ("share", 35, 80)
    review = f"/annotation-sets/{make_set(make_article(project), ana).uuid}/review/"
    assert b"Drawn for review: 35 % of what is handed in." in client.get(review).content
    assert client.post(address, sent | {"review_share": "0"}).status_code == 422
