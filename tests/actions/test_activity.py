"""Time at work: it cannot be more than has passed, and it is kept, exported and brought back."""

from __future__ import annotations

from datetime import timedelta

import orjson
import pytest

from labels.actions import activity, annotation
from labels.actions.access import Actor
from labels.errors import Forbidden
from labels.exporters import jsonl
from labels.importers._native import article as read
from labels.models import AnnotationSet, Article, Project, Revision
from labels.queries import export
from labels.vocabulary import Role

from ..factories import make_article, make_member, make_person, make_project, make_set

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return make_project(make_person())


@pytest.fixture
def ana(project: Project) -> Actor:
    return make_member(project, Role.ANNOTATOR, "anne")


@pytest.fixture
def row(project: Project, ana: Actor) -> AnnotationSet:
    return make_set(make_article(project), ana)


def told(row: AnnotationSet, by: Actor, seconds: int, *, after: float) -> int:
    """Report some time after the set was begun."""
    at = row.created_at + timedelta(seconds=after)
    return activity.report(by=by, uuid=row.uuid, seconds=seconds, now=at)


def test_reports_add_up_to_what_has_passed(row: AnnotationSet, ana: Actor) -> None:
    assert told(row, ana, 50, after=60) == 50
    # The same once more, at once, and from another window a little later.
    assert told(row, ana, 50, after=60) == 50
    assert told(row, ana, 50, after=70) == 60
    assert told(row, ana, 86_400, after=100) == 90
    # Nothing of the work itself has changed.
    kept = AnnotationSet.objects.get(pk=row.pk)
    assert (kept.version, kept.updated_at, kept.chain) == (row.version, row.updated_at, row.chain)
    assert Revision.objects.filter(annotation_set=row, action="active_time").count() == 0


def test_nothing_counts_after_the_set_was_handed_in(row: AnnotationSet, ana: Actor) -> None:
    told(row, ana, 30, after=100)
    annotation.submit(
        by=ana, uuid=row.uuid, if_match=row.version, now=row.created_at + timedelta(seconds=120)
    )
    assert told(row, ana, 500, after=1000) == 50
    assert told(row, ana, 500, after=2000) == 50


def test_nobody_reports_for_another(project: Project, row: AnnotationSet) -> None:
    with pytest.raises(Forbidden):
        told(row, make_member(project, Role.MANAGER, "mia"), 10, after=60)


def test_it_is_exported_and_brought_back(project: Project, row: AnnotationSet, ana: Actor) -> None:
    told(row, ana, 42, after=60)
    (made,) = export.articles(project, export.Wanted())
    (line,) = jsonl.write([made])
    assert orjson.loads(line)["annotation_sets"][0]["active_seconds"] == 42
    again = read(orjson.loads(line))
    assert again.annotation_sets[0].active_seconds == 42
    assert next(iter(jsonl.write([again]))) == line


def test_where_it_was_not_measured_the_file_says_nothing(
    project: Project, row: AnnotationSet
) -> None:
    (made,) = export.articles(project, export.Wanted())
    assert b"active_seconds" not in b"".join(jsonl.write([made]))
    assert Article.objects.filter(project=project).count() == 1
