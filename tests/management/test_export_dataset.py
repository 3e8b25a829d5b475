"""Exporting on the command line: a whole file or none, and what it could not hold."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from labels.actions import annotation, release
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


@pytest.mark.parametrize(
    ("filters", "articles", "spans"),
    [
        ({}, 3, 4),
        ({"state": "submitted"}, 1, 2),
        ({"set": "gold"}, 0, 0),
        ({"set": "own", "label": "CUE"}, 2, 3),
        ({"round": "2"}, 0, 0),
        ({"split": "train"}, 1, 2),
        ({"split": "test", "release": "1.0.0"}, 0, 0),
        ({"updated_since": "2999-01-01T00:00:00Z"}, 0, 0),
        ({"updated_since": "2020-01-01T00:00:00Z", "state": "open", "pseudonyms": "true"}, 1, 2),
    ],
)
def test_its_filters_give_what_the_api_s_do(
    tmp_path: Path, client: Client, filters: dict[str, str], articles: int, spans: int
) -> None:
    manager = make_person("max")
    project = make_project(manager)
    ana = make_member(project, Role.ANNOTATOR, "ana")
    unmarked = [make_article(project, text) for text in (TEXT, f"{TEXT} Again.", "Unmarked.")]
    rows = [make_set(each, ana) for each in unmarked[:2]]
    cues = [add_span(TEXT, "CUE", "said"), add_span(TEXT, "CUE", "spoke")]
    apply(rows[0], ana, *cues)
    rows[0].refresh_from_db()
    annotation.submit(by=ana, uuid=rows[0].uuid, if_match=rows[0].version)
    release.make(by=manager, slug=project.slug, terms={"split": "article", "shares": [100, 0, 0]})
    source = {"source_type": "named_individual"}
    apply(rows[1], ana, add_span(TEXT, "CUE", "said"))
    apply(rows[1], ana, add_span(TEXT, "SOURCE", "Ruiz", attributes=source))
    client.force_login(manager.person)
    answer: Any = client.get(f"/api/v1/projects/{project.slug}/export/", filters)
    asked = [f"--{name.replace('_', '-')}={value}" for name, value in filters.items()]
    asked = ["--pseudonyms" if each.startswith("--pseudonyms") else each for each in asked]
    output = tmp_path / "a.jsonl"
    said = io.StringIO()
    call_command("export_dataset", project.slug, *asked, output=output, stdout=said)
    assert output.read_bytes() == b"".join(answer.streaming_content)
    lines = [json.loads(line) for line in output.read_text().splitlines()]
    sets = [each for line in lines for each in line["annotation_sets"]]
    assert (len(lines), sum(len(each["spans"]) for each in sets)) == (articles, spans)


def test_a_moment_without_its_zone_is_refused(tmp_path: Path) -> None:
    project = make_project(make_person("max"))
    for given in ("2027-01-31T12:00:00", "yesterday", "2027-99-01T00:00:00Z"):
        with pytest.raises(CommandError, match="with its zone"):
            call_command("export_dataset", project.slug, output=tmp_path / "a", updated_since=given)


@pytest.mark.parametrize("name", ["jsonl", "tsv", "web_annotation"])
def test_without_the_texts_it_is_what_the_api_gives(
    tmp_path: Path, client: Client, name: str
) -> None:
    manager = make_person("max")
    project = make_project(manager)
    make_article(project, TEXT)
    client.force_login(manager.person)
    path = f"/api/v1/projects/{project.slug}/export/"
    answer: Any = client.get(path, {"with_text": "false", "format": name})
    output = tmp_path / "a.zip"
    said = io.StringIO()
    call_command(
        "export_dataset",
        project.slug,
        "--without-text",
        format=name,
        output=output,
        stdout=said,
        stderr=said,
    )
    assert output.read_bytes() == b"".join(answer.streaming_content)
    last = json.loads(said.getvalue().splitlines()[-1])
    assert last["counts"]["text"] == 1


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (["--split=train"], "No release divides the articles yet"),
        (["--split=train", "--release=1.0.0"], "There is no such release"),
        (["--release=1.0.0"], "say with --split which"),
        (["--without-text", "--format=brat"], "choose csv, csv_raw, json_array, jsonl, "),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    tmp_path: Path, asked: list[str], says: str
) -> None:
    project = make_project(make_person("max"))
    with pytest.raises(CommandError, match=says):
        call_command("export_dataset", project.slug, *asked, output=tmp_path / "a")
    assert list(tmp_path.iterdir()) == []
