"""Exporting on the command line: a whole file or none, and what it could not hold."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from labels.models import Project
from labels.vocabulary import Role

from ..factories import (
    TEXT,
    add_span,
    apply,
    make_article,
    make_member,
    make_person,
    make_project,
    make_set,
)

pytestmark = pytest.mark.django_db


def export(project: Project, output: Path, name: str) -> str:
    """Export and return what was written to standard error."""
    said = io.StringIO()
    call_command(
        "export_dataset",
        project.slug,
        format=name,
        output=output,
        stdout=io.StringIO(),
        stderr=said,
    )
    return said.getvalue()


def test_what_the_format_cannot_hold_is_written_to_standard_error(tmp_path: Path) -> None:
    project = make_project(make_person("max"))
    ana = make_member(project, Role.ANNOTATOR, "ana")
    article = make_article(project, TEXT)
    apply(make_set(article, ana), ana, add_span(TEXT, "CUE", "said"))
    *lost, last = map(json.loads, export(project, tmp_path / "a.csv", "csv").splitlines())
    assert [(each["lost"], each["id"]) for each in lost] == [("text", str(article.uuid))]
    assert last == {"losses": 1, "counts": {"text": 1}}
    assert (tmp_path / "a.csv").read_text().count(",said,") == 1
    assert export(project, tmp_path / "a.jsonl", "jsonl") == ""
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.csv", "a.jsonl"]
