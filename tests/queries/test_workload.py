"""How much each person has in hand."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from labels.actions import assignment
from labels.queries.workload import workload
from labels.vocabulary import Role, Task

from ..factories import assign, make_article, make_member, make_person, make_project

pytestmark = pytest.mark.django_db


def test_it_counts_what_is_held_in_this_project_by_task(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    manager = make_person()
    project, other = make_project(manager), make_project(manager)
    ana = make_member(project, Role.ANNOTATOR)
    rita = make_member(project, Role.REVIEWER)
    articles = [make_article(project, f"Report {n}. The end.") for n in range(3)]
    for article in articles:
        assign(article, ana, Task.ANNOTATE)
    assign(articles[0], rita, Task.REVIEW)
    assign(make_article(other), manager, Task.ANNOTATE)
    assignment.withdraw(
        by=manager,
        slug=project.slug,
        person=ana.person.username,
        role=Task.ANNOTATE,
        articles=[articles[2].uuid],
    )
    with django_assert_num_queries(1):
        found = workload(project)
    assert found == {
        ana.person.pk: {Task.ANNOTATE: 2, Task.REVIEW: 0},
        rita.person.pk: {Task.ANNOTATE: 0, Task.REVIEW: 1},
    }
