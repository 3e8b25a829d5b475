"""Importing on the command line: what was done, and what was found."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from labels.models import Article, Project

from ..factories import make_person, make_project

pytestmark = pytest.mark.django_db


def bring(project: Project, *paths: Path, dry_run: bool = False) -> list[str]:
    """Import, and return the lines that were written."""
    said = io.StringIO()
    call_command("import_articles", *paths, project=project.slug, dry_run=dry_run, stdout=said)
    return [each.strip() for each in said.getvalue().splitlines()]


@pytest.fixture
def project() -> Project:
    return make_project(make_person())


def test_what_importers_found_is_told_once(project: Project, tmp_path: Path) -> None:
    lines = [f'{{"id": 1, "text": "{each}.", "label": [], "Comments": ["?"]}}' for each in "ab"]
    file = tmp_path / "ana.jsonl"
    file.write_text("\n".join(lines))
    said = bring(project, file, dry_run=True)
    assert said[:3] == [
        "2 articles would be imported, 0 known already, 0 refused.",
        "1 of them are newer texts of articles that are here.",
        "1 of those have nothing in common with the older text: look at their ids.",
    ]
    assert "Comments are not taken. (2 times)" in said
    assert "Version 2 of “a.”: both have the id “1”." in said
    assert not Article.objects.exists()
    assert bring(project, file)[0] == "2 articles imported, 0 known already, 0 refused."


def test_bad_lines_are_told_with_their_places(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "ana.jsonl"
    file.write_text('{"text": "a.", "label": [[0, 9, "X"]]}\n')
    with pytest.raises(CommandError, match=r"Nothing was imported. ana.jsonl, line 1: .*"):
        bring(project, file)
