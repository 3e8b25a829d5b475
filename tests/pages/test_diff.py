"""The pages that compare two releases: counts that lead to rows, and the rows."""

from __future__ import annotations

from html import unescape
from re import findall

import pytest
from pytest_django import DjangoAssertNumQueries

from labels.actions import annotation, release
from labels.actions.access import Actor
from labels.models import Project
from labels.vocabulary import Role

from ..factories import add_span, apply, make_article, make_member, make_set
from .conftest import Visit

pytestmark = pytest.mark.django_db


def hand_in(project: Project, ana: Actor, text: str, words: str) -> None:
    row = make_set(make_article(project, text, title=f"On {words}"), ana)
    apply(row, ana, add_span(text, "CUE", words))
    row.refresh_from_db()
    annotation.submit(by=ana, uuid=row.uuid, if_match=row.version)


@pytest.fixture
def path(project: Project, manager: Actor) -> str:
    ana = make_member(project, Role.ANNOTATOR, "ana")
    for number in range(4):
        hand_in(project, ana, f"<Ruiz> met Kim{number}.", f"Kim{number}")
        if number in (0, 1, 3):
            release.make(by=manager, slug=project.slug)
    return f"/projects/{project.slug}/releases/"


def test_counts_lead_to_rows(path: str, manager: Actor, visit: Visit) -> None:
    client = visit(manager)
    shown = client.get(f"{path}1.2.0/diff/?against=1.0.0").content.decode()
    assert "From 1.0.0 to 1.2.0" in shown
    links = dict.fromkeys(map(unescape, findall(r'href="([^"]+/diff/rows/[^"]+)">3<', shown)))
    # Articles, sets, people's own sets, spans, spans of the label.
    assert len(links) == 5
    for link in links:
        rows = client.get(link).content.decode()
        assert rows.count("On Kim") >= 3
        assert "not there" in rows
    marked = [link for link in links if "name=CUE" in link]
    assert "Kim3" in client.get(marked[0]).content.decode()


def test_the_first_release_asks_with_which_to_compare(
    path: str, manager: Actor, visit: Visit
) -> None:
    shown = visit(manager).get(f"{path}1.0.0/diff/").content.decode()
    assert "There is no release before this one." in shown
    assert "<option>1.2.0</option>" in shown


def test_rows_that_there_are_not_are_said(path: str, manager: Actor, visit: Visit) -> None:
    shown = visit(manager).get(f"{path}1.1.0/diff/rows/?of=gold").content.decode()
    assert "The two releases have all of these alike." in shown
    assert visit(manager).get(f"{path}1.1.0/diff/rows/?of=cats").status_code == 422


def test_a_page_costs_the_same_for_one_row_and_for_three(
    path: str, manager: Actor, visit: Visit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = visit(manager)
    for versions in ("1.1.0/diff/rows/?against=1.0.0", "1.2.0/diff/rows/?against=1.0.0"):
        client.get(f"{path}{versions}&of=spans")
        with django_assert_num_queries(15):
            client.get(f"{path}{versions}&of=spans")
