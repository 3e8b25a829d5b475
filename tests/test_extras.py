"""A format whose library is not installed: it stays in the menus, and says what to do wherever it is asked for."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from labels import exporters, importers
from labels.actions import token
from labels.actions.access import Actor
from labels.catalogue import Entry, catalogue
from labels.models import Project

from .factories import make_article, make_person, make_project

OUT = [each for each in catalogue(exporters).values() if each.needs]
IN = [each for each in catalogue(importers).values() if each.needs]
ROOT = Path(__file__).parent.parent
MENU = """
import sys
from labels import exporters, importers
from labels.catalogue import catalogue
entries = [*catalogue(exporters).values(), *catalogue(importers).values()]
for each in entries:
    each.module
print(sorted({each.needs for each in entries} & set(sys.modules)))
"""


def key(entry: Entry) -> str:
    return entry.key


every_export = pytest.mark.parametrize("entry", OUT, ids=key)
every_import = pytest.mark.parametrize("entry", IN, ids=key)


def absent(patch: pytest.MonkeyPatch, library: str) -> None:
    """Have Python find no such library, as if it were not installed."""
    patch.setitem(sys.modules, library, None)  # how Python marks what is not there


def sentence(entry: Entry) -> str:
    return (
        f"“{entry.key}” needs {entry.needs}, which is not installed here. "
        "Ask whoever runs Galley to run “make extras”."
    )


@pytest.fixture
def manager(db) -> Actor:
    return make_person("max")


@pytest.fixture
def project(manager: Actor) -> Project:
    made = make_project(manager)
    make_article(made)
    return made


@pytest.fixture
def caller(manager: Actor, client: Client) -> Client:
    _made, secret = token.create(by=manager.person, scopes=["export", "import"])
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    return client


def page(manager: Actor, project: Project, rest: str) -> Any:
    browser = Client()
    browser.force_login(manager.person)
    return browser.get(f"/projects/{project.slug}/{rest}")


def test_there_are_such_formats() -> None:
    assert {"parquet"} <= {each.key for each in OUT}
    assert all(not each.missing for each in [*OUT, *IN])


def test_showing_a_menu_imports_no_library() -> None:
    done = subprocess.run(
        [sys.executable, "-c", MENU], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


@every_export
def test_the_api_refuses(entry: Entry, project: Project, caller: Client, monkeypatch) -> None:
    absent(monkeypatch, entry.needs)
    for more in ("", "&report=true"):
        answer = caller.get(f"/api/v1/projects/{project.slug}/export/?format={entry.key}{more}")
        told = answer.json()
        assert (answer.status_code, told["code"]) == (501, "library_missing")
        assert (told["detail"], told["library"]) == (sentence(entry), entry.needs)
    # The others are as they were.
    assert caller.get(f"/api/v1/projects/{project.slug}/export/").status_code == 200


@every_export
def test_the_page_says_what_to_do(entry: Entry, project: Project, manager: Actor, monkeypatch):
    there = page(manager, project, f"export/?format={entry.key}")
    assert there.context["download_url"]
    assert "not installed here" not in there.content.decode()
    absent(monkeypatch, entry.needs)
    answer = page(manager, project, f"export/?format={entry.key}")
    assert answer.status_code == 200
    assert sentence(entry) in answer.content.decode()
    assert "not available here" in answer.content.decode()
    assert (answer.context["download_url"], answer.context["report_url"]) == ("", "")
    assert page(manager, project, "export/").context["download_url"]


@every_export
def test_the_command_line_says_the_same(entry: Entry, project: Project, tmp_path, monkeypatch):
    absent(monkeypatch, entry.needs)
    with pytest.raises(CommandError, match="not installed here") as refused:
        call_command("export_dataset", project.slug, format=entry.key, output=tmp_path / "a")
    assert str(refused.value) == sentence(entry)
    assert [*tmp_path.iterdir()] == []


@every_import
def test_an_import_is_refused(entry: Entry, project: Project, caller: Client, monkeypatch):
    absent(monkeypatch, entry.needs)
    given = {"format": entry.key, "file": SimpleUploadedFile("a", b"x")}
    answer = caller.post(f"/api/v1/projects/{project.slug}/imports/", given)
    assert (answer.status_code, answer.json()["code"]) == (501, "library_missing")
    assert answer.json()["detail"] == sentence(entry)


@every_import
def test_the_import_page_says_what_to_do(
    entry: Entry, project: Project, manager: Actor, monkeypatch
):
    absent(monkeypatch, entry.needs)
    shown = page(manager, project, "import/").content.decode()
    assert sentence(entry) in shown
    assert "(not available here)" in shown


@every_import
def test_the_command_line_imports_nothing(entry: Entry, project: Project, tmp_path, monkeypatch):
    absent(monkeypatch, entry.needs)
    (tmp_path / "a").write_bytes(b"x")
    with pytest.raises(CommandError, match="not installed here") as refused:
        call_command(
            "import_articles",
            str(tmp_path / "a"),
            project=project.slug,
            format=entry.key,
            stdout=io.StringIO(),
        )
    assert str(refused.value) == sentence(entry)
