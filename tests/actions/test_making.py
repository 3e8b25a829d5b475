"""Large releases: beside the requests, once, and nothing left of one that stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from labels import errors
from labels.actions import annotation, making, membership, release
from labels.actions.access import Actor
from labels.actions.lease import LEASE
from labels.models import Making, Project, Release, Revision
from labels.queries.making import payload, percent, under_way
from labels.queries.making import state as how_far
from labels.vocabulary import Role

from ..factories import make_article, make_member, make_person, make_project, make_set

# A release in the making speaks on a connection of its own, which sees what is committed.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def data(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "releases" / "waiting"


@pytest.fixture
def project() -> Project:
    made = make_project(make_person())
    ana = make_member(made, Role.ANNOTATOR, "ana")
    for number in range(3):
        row = make_set(make_article(made, f"Ministers met {number} times."), ana)
        annotation.submit(by=ana, uuid=row.uuid, if_match=row.version)
    return made


def manager(of: Project) -> Actor:
    return Actor(of.created_by)


def take(of: Project, **terms: Any) -> Making:
    return making.take(by=manager(of), slug=of.slug, terms=terms)


def held(row: Making, place: str) -> Making:
    """Return a release in the making as a process holds it that has just spoken."""
    Making.objects.filter(pk=row.pk).update(held_by=f"{place}#1", beat_at=timezone.now())
    row.refresh_from_db()
    return row


def left(data: Path) -> int:
    return len(list(data.iterdir()))


@pytest.mark.parametrize("split", ["none", "article"])
def test_what_waits_is_made_once_and_tells_how_far_it_is(
    project: Project, data: Path, split: str
) -> None:
    row = take(project, split=split)
    assert (how_far(row), left(data), percent(row)) == ("waiting", 1, 0)
    assert under_way(project) == row
    assert making.work() is False
    row.refresh_from_db()
    assert (how_far(row), left(data), under_way(project)) == ("done", 0, None)
    told = payload(row)
    assert (told["release"], told["progress"]["percent"], told["progress"]["of"]) == (
        "1.0.0",
        100,
        3,
    )
    assert row.release is not None
    assert row.release.terms["split"] == split
    making.work()
    assert Release.objects.count() == 1


def test_a_small_one_is_made_at_once_and_a_large_one_waits(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, Any] = {"by": manager(project), "slug": project.slug}
    assert isinstance(making.ask(**asked), Release)
    monkeypatch.setattr(making, "AT_ONCE", 3)
    assert isinstance(making.ask(**asked), Release)
    assert isinstance(making.ask(**asked, terms={"split": "article"}), Making)
    with pytest.raises(errors.Conflict, match="is being made"):
        making.ask(**asked)
    with pytest.raises(errors.Conflict, match="is being made"):
        making.take(**asked)


def test_what_another_process_holds_is_left_until_it_has_died(project: Project, data: Path) -> None:
    row = held(take(project), "there")
    assert (making.work("here"), Release.objects.count(), left(data)) == (True, 0, 1)
    Making.objects.filter(pk=row.pk).update(beat_at=timezone.now() - LEASE)
    assert (making.work("here"), Release.objects.count(), left(data)) == (False, 1, 0)


def test_what_stopped_half_way_begins_anew(project: Project, data: Path) -> None:
    row = take(project)
    steps: list[str] = []

    def dying(part: str, _done: int) -> None:
        steps.append(part)
        if part == "files" and steps.count("files") > 2:
            raise KeyboardInterrupt

    read = release.agreed(by=manager(project), slug=project.slug, terms={}, version="")
    with pytest.raises(KeyboardInterrupt):
        release.carry_out(manager(project), *read, timezone.now(), dying)
    assert Release.objects.count() == 0
    held(row, "here")
    assert making.work("here") is False
    assert (Release.objects.count(), left(data)) == (1, 0)
    assert Revision.objects.filter(action="release").count() == 1


def test_who_has_lost_it_publishes_nothing(project: Project) -> None:
    row = held(take(project), "there")
    row.held_by = "here#2"
    making.do(row)
    row.refresh_from_db()
    assert (how_far(row), Release.objects.count()) == ("running", 0)


def test_one_that_is_cancelled_while_it_is_made_stops_at_its_next_step(project: Project) -> None:
    row = held(take(project), "here")
    by = manager(project)
    with making.Beat(row) as beat:
        beat.step("tables", 2)
        _until(lambda: Making.objects.get(pk=row.pk).done == 2)
        assert percent(Making.objects.get(pk=row.pk)) > 0
        making.cancel(by=by, slug=project.slug, uuid=row.uuid)
        with pytest.raises(making.Stopped):
            _until(lambda: beat.step("tables", 3))
    row.refresh_from_db()
    assert (how_far(row), row.done) == ("cancelled", 2)


def _until(holds: Callable[[], object]) -> None:
    end = monotonic() + 20
    while not holds():
        assert monotonic() < end
        sleep(0.05)


def test_nothing_remains_of_what_is_cancelled_before_it_began(project: Project, data: Path) -> None:
    row = take(project)
    making.cancel(by=manager(project), slug=project.slug, uuid=row.uuid)
    assert (making.work(), Release.objects.count(), left(data)) == (False, 0, 0)
    again = making.cancel(by=manager(project), slug=project.slug, uuid=row.uuid)
    assert how_far(again) == "cancelled"


def test_what_is_made_cannot_be_cancelled(project: Project) -> None:
    row = take(project)
    making.work()
    with pytest.raises(errors.Conflict, match="over and done"):
        making.cancel(by=manager(project), slug=project.slug, uuid=row.uuid)
    assert Release.objects.count() == 1


def test_why_it_failed_is_said(project: Project, data: Path) -> None:
    helper = make_person()
    who: dict[str, Any] = {"slug": project.slug, "username": helper.person.username}
    membership.add(by=manager(project), **who, role=Role.MANAGER)
    row = making.take(by=helper, slug=project.slug)
    membership.remove(by=manager(project), **who)
    making.work()
    row.refresh_from_db()
    assert (how_far(row), row.problem["code"], left(data)) == ("failed", "not_found", 0)
    release.make(by=manager(project), slug=project.slug)
    late = making.take(by=manager(project), slug=project.slug, version="1.5.0")
    release.make(by=manager(project), slug=project.slug, version="2.0.0")
    making.work()
    late.refresh_from_db()
    assert (how_far(late), late.problem["code"]) == ("failed", "invalid")


def test_what_cannot_be_asked_for_waits_for_nobody(project: Project, data: Path) -> None:
    for wrong in ({"terms": {"split": "by whim"}}, {"version": "one"}):
        with pytest.raises(errors.Invalid):
            making.take(by=manager(project), slug=project.slug, **wrong)
    assert (Making.objects.count(), left(making.folder())) == (0, 0)


def test_a_folder_that_was_lost_comes_back(project: Project, data: Path) -> None:
    row = take(project)
    (data / str(row.uuid)).rmdir()
    assert making.work() is False
    assert (Release.objects.count(), left(data)) == (1, 0)
