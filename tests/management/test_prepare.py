"""`manage.py prepare`: everything ready, by one command, as often as one likes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.test import Client
from pytest_django.fixtures import Settings

from labels.models import Article, Project, User

from .. import server
from ..templatetags.test_assets import HASHED

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def static(settings: Settings, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = django_settings.STORAGES | HASHED
    return tmp_path


def prepare() -> list[str]:
    said = StringIO()
    call_command("prepare", stdout=said)
    return said.getvalue().splitlines()


def test_each_printed_link_lets_in() -> None:
    first, *links = prepare()
    assert first == "Sign in by one of these links:"
    assert [line.split()[:2] for line in links] == [
        ["Max,", "manager"],
        ["Ana,", "annotator"],
        ["Ben,", "annotator"],
        ["Rita,", "reviewer"],
    ]
    for line in links:
        client = Client()
        address = line.split()[2].removeprefix(django_settings.ADDRESS)
        assert client.get(address, follow=True).status_code == 200
        assert client.get("/me/").status_code == 200


def test_a_second_time_keeps_the_work(static: Path) -> None:
    prepare()
    Article.objects.update(title="As somebody renamed it")
    manifest = (static / "staticfiles.json").stat().st_mtime_ns
    prepare()
    assert [each.title for each in Article.objects.all()] == ["As somebody renamed it"]
    assert Project.objects.count() == 1
    assert (static / "staticfiles.json").stat().st_mtime_ns == manifest


def test_static_files_are_collected_anew_when_one_changed(static: Path) -> None:
    prepare()
    (static / ".sources").write_text("of another version")
    (static / "staticfiles.json").unlink()
    prepare()
    assert (static / "staticfiles.json").exists()


def test_who_has_left_gets_no_link() -> None:
    prepare()
    User.objects.filter(username="ana").update(is_active=False)
    assert [line.split(",")[0].strip() for line in prepare()[1:]] == ["Max", "Ben", "Rita"]


def test_an_instance_of_other_people_is_told_how() -> None:
    prepare()
    User.objects.update(is_active=False)
    assert prepare() == ["For a sign-in link: manage.py sign_in_link USER"]


def test_two_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    fresh = server.Instance(tmp_path, f"sqlite:///{tmp_path / 'galley.sqlite3'}", 8000)
    with ThreadPoolExecutor(2) as threads:
        said = list(threads.map(fresh.manage, ["prepare", "prepare"]))
    assert [each.count("/sign-in/") for each in said] == [4, 4]


@pytest.mark.parametrize("database", ["postgresql://127.0.0.1:1/galley", "sqlite:////proc/galley"])
def test_a_database_that_cannot_be_used_is_said_in_a_sentence(
    tmp_path: Path, database: str
) -> None:
    with pytest.raises(RuntimeError) as told:
        server.Instance(tmp_path, database, 8000).manage("prepare")
    _failed, sentence = str(told.value).splitlines()
    assert sentence.startswith("CommandError: The database cannot be used: ")
