"""Large imports: beside the requests, once, and nothing left of one that stopped."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
import pytest
from django.utils import timezone
from pytest_django import Settings

from labels import errors, records
from labels.actions import imports, membership, queue
from labels.actions.access import Actor
from labels.actions.lease import LEASE
from labels.actions.report import Report
from labels.models import AnnotationSet, Article, Import, Project
from labels.queries import article as articles
from labels.queries.imports import payload, under_way
from labels.queries.imports import state as how_far
from labels.vocabulary import Role

from ..factories import make_person, make_project

pytestmark = pytest.mark.django_db

MANY = 2 * imports.SHORT_CHUNK + 1


@pytest.fixture(autouse=True)
def data(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "imports"


@pytest.fixture
def project() -> Project:
    return make_project(make_person())


def manager(of: Project) -> Actor:
    return Actor(of.created_by)


def line(number: int) -> bytes:
    text = f"{number}. Ministers met in Lima."
    return orjson.dumps({"id": number, "text": text, "label": [[0, 1, "ENTITY"]]}) + b"\n"


FILE = b"".join(line(number) for number in range(MANY))


def take(of: Project, content: bytes = FILE, **more: Any) -> Import:
    files = [("articles.jsonl", io.BytesIO(content))]
    return queue.take(by=manager(of), slug=of.slug, files=files, **more)


def seen(of: Project) -> int:
    return articles.visible(of, manager(of), Role.MANAGER).count()


def left(data: Path) -> list[str]:
    """Return the folders of files that are there, by what they wait for."""
    return sorted(each.parent.name for each in data.glob("*/*"))


def stage_some(batch: Import) -> None:
    """Do an import as far as its second chunk, where its process dies."""
    report = Report(batch.project)
    whole = imports.chunks_of(report, [("a.jsonl", io.BytesIO(FILE))], "auto", imports.SHORT_CHUNK)

    def dying() -> Iterator[list[records.Article]]:
        yield from islice(whole, 2)
        raise KeyboardInterrupt

    by = Actor(batch.by)
    with pytest.raises(KeyboardInterrupt):
        imports.carry_out(by, batch, dying(), report, imports.unheard, timezone.now())


def test_what_waits_is_done_by_work_and_leaves_no_files(project: Project, data: Path) -> None:
    made = take(project)
    assert (how_far(made), left(data), seen(project)) == ("waiting", ["waiting"], 0)
    assert under_way(project) == [made]
    assert queue.work() is False
    made.refresh_from_db()
    assert (how_far(made), made.report["articles"], made.report["sets"]) == ("done", MANY, MANY)
    assert payload(made)["progress"] == {"articles": MANY, "read": len(FILE), "size": len(FILE)}
    assert (seen(project), left(data), under_way(project)) == (MANY, [], [])
    queue.work()
    assert seen(project) == MANY


def test_what_stopped_half_way_begins_anew_and_is_not_doubled(project: Project, data: Path) -> None:
    made = take(project)
    stage_some(made)
    # It was held by the process of this folder, of which there is one at a time.
    Import.objects.filter(pk=made.pk).update(held_by="here#gone", beat_at=timezone.now())
    assert Article.objects.count() == 2 * imports.SHORT_CHUNK
    assert queue.work("here") is False
    assert (seen(project), Article.objects.count()) == (MANY, MANY)
    assert AnnotationSet.everything.count() == MANY
    assert left(data) == []


def test_what_another_process_holds_is_left_until_it_has_died(project: Project) -> None:
    made = take(project)
    now = timezone.now()
    Import.objects.filter(pk=made.pk).update(held_by="there#1", beat_at=now)
    assert (queue.work("here"), seen(project)) == (True, 0)
    Import.objects.filter(pk=made.pk).update(beat_at=now - LEASE)
    assert (queue.work("here"), seen(project)) == (False, MANY)


def test_who_has_lost_an_import_writes_no_further(project: Project, data: Path) -> None:
    made = take(project)
    where = data / "waiting" / str(made.uuid)
    # What its process holds is not what the row says: another one has taken it over.
    Import.objects.filter(pk=made.pk).update(held_by="there#1", beat_at=timezone.now())
    made.held_by = "here#1"
    queue.do(made, where)
    made.refresh_from_db()
    assert (how_far(made), Article.objects.count(), where.is_dir()) == ("running", 0, True)


def test_nothing_remains_of_what_is_cancelled(project: Project, data: Path) -> None:
    made = take(project)
    gone = queue.cancel(by=manager(project), slug=project.slug, uuid=made.uuid)
    assert (how_far(gone), left(data)) == ("cancelled", [])
    assert queue.cancel(by=manager(project), slug=project.slug, uuid=made.uuid) == gone
    half = take(project)
    stage_some(half)
    Import.objects.filter(pk=half.pk).update(held_by="here#gone", beat_at=timezone.now())
    queue.cancel(by=manager(project), slug=project.slug, uuid=half.uuid)
    queue.work("here")
    assert (Article.objects.count(), AnnotationSet.everything.count(), left(data)) == (0, 0, [])


def test_what_is_done_cannot_be_cancelled(project: Project) -> None:
    made = take(project)
    queue.work()
    with pytest.raises(errors.Conflict):
        queue.cancel(by=manager(project), slug=project.slug, uuid=made.uuid)
    assert seen(project) == MANY


def test_a_bad_line_leaves_its_report_and_nothing_else(project: Project, data: Path) -> None:
    made = take(project, FILE + b"{}\n")
    queue.work()
    made.refresh_from_db()
    assert (how_far(made), made.problem["code"]) == ("failed", "bad_file")
    assert made.report["errors"][0]["place"] == f"articles.jsonl, line {MANY + 1}"
    assert (Article.objects.count(), AnnotationSet.everything.count(), left(data)) == (0, 0, [])


def test_who_has_lost_the_right_imports_nothing(project: Project, data: Path) -> None:
    helper = make_person()
    membership.add(
        by=manager(project), slug=project.slug, username=helper.person.username, role=Role.MANAGER
    )
    files = [("a.jsonl", io.BytesIO(FILE))]
    made = queue.take(by=helper, slug=project.slug, files=files)
    membership.remove(by=manager(project), slug=project.slug, username=helper.person.username)
    queue.work()
    made.refresh_from_db()
    assert (how_far(made), made.problem["code"]) == ("failed", "not_found")
    assert (Article.objects.count(), left(data)) == (0, [])


def test_a_look_keeps_its_files_until_it_is_confirmed_once(project: Project, data: Path) -> None:
    look = take(project, dry_run=True, keep=True)
    queue.work()
    look.refresh_from_db()
    assert (how_far(look), look.report["articles"], left(data)) == ("looked", MANY, ["kept"])
    assert Article.objects.count() == 0
    queue.confirm(by=manager(project), slug=project.slug, uuid=look.uuid)
    assert left(data) == ["waiting"]
    queue.work()
    assert (seen(project), left(data)) == (MANY, [])
    with pytest.raises(errors.NotFound):
        queue.confirm(by=manager(project), slug=project.slug, uuid=look.uuid)


def test_a_look_that_finds_a_fault_or_is_not_kept_leaves_no_files(
    project: Project, data: Path
) -> None:
    take(project, dry_run=True)
    take(project, FILE + b"{}\n", dry_run=True, keep=True)
    queue.work()
    assert left(data) == []


def test_files_that_nobody_imported_go_and_those_without_a_row_wait(
    project: Project, data: Path
) -> None:
    queue.folder()
    (data / "waiting" / str(uuid4())).mkdir()
    assert queue.work() is False
    assert left(data) == ["waiting"]


def test_what_cannot_be_asked_for_stores_nothing(project: Project, data: Path) -> None:
    with pytest.raises(errors.UnknownFormat):
        take(project, format_name="nope")
    with pytest.raises(errors.NotFound):
        queue.take(by=make_person(), slug=project.slug, files=[("a", io.BytesIO(FILE))])
    assert (Import.objects.count(), left(data)) == (0, [])
