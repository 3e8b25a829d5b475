"""The export by the API: what is in it, what may be chosen, and that it streams."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import orjson
import pytest

from labels import exporters
from labels.actions import annotation, release
from labels.actions import project as projects
from labels.actions.access import Actor
from labels.catalogue import catalogue
from labels.models import AnnotationSet, Article, Project, Release
from labels.queries import release as releases
from labels.vocabulary import Role

from ..factories import TEXT, add_span, apply, make_article, make_member, make_set
from .caller import Caller, problem, with_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(project: Project) -> str:
    return f"projects/{project.slug}/export/"


def lines(answer: Any) -> list[Any]:
    assert answer.status_code == 200, answer.content
    return [orjson.loads(line) for line in b"".join(answer.streaming_content).splitlines()]


def test_every_line_is_an_article_with_its_sets(
    path: str, project: Project, row: AnnotationSet, marked: dict[str, Any], manager: Caller
) -> None:
    answer = manager.get(path)
    assert answer.headers["Content-Type"] == "application/jsonl"
    disposition = f'attachment; filename="{project.slug}.jsonl"'
    assert answer.headers["Content-Disposition"] == disposition
    (line,) = lines(answer)
    assert (line["article"]["text"], line["offset_unit"]) == (TEXT, "codepoint")
    assert line["text_sha256"] == line["article"]["text_sha256"]
    (found,) = line["annotation_sets"]
    assert (found["annotator"], found["kind"], found["state"], found["version"]) == (
        "ana",
        "own",
        "open",
        4,
    )
    assert [span["id"] for span in found["spans"]] == [
        marked["claim"]["id"],
        marked["source"]["id"],
    ]
    for span in found["spans"]:
        for fragment in span["fragments"]:
            assert TEXT[fragment["start"] : fragment["end"]] == fragment["quote"]


def test_articles_that_nobody_labelled_come_along_unless_sets_are_filtered(
    path: str, project: Project, row: AnnotationSet, manager: Caller
) -> None:
    make_article(project, "Untouched.")
    assert [len(each["annotation_sets"]) for each in lines(manager.get(path))] == [1, 0]
    assert len(lines(manager.get(f"{path}?set=own"))) == 1
    assert lines(manager.get(f"{path}?set=gold")) == []
    assert len(lines(manager.get(f"{path}?state=open"))) == 1
    assert lines(manager.get(f"{path}?state=approved")) == []
    assert len(lines(manager.get(f"{path}?updated_since=2001-01-01T00:00:00Z"))) == 1
    assert lines(manager.get(f"{path}?updated_since=2999-01-01T00:00:00Z")) == []
    assert lines(manager.get(f"{path}?updated_since=2999-01-01T00:00:00+01:00")) == []


def test_one_label_and_pseudonyms(
    path: str, marked: dict[str, Any], article: Article, project: Project, manager: Caller
) -> None:
    ben = make_member(project, Role.ANNOTATOR, "ben")
    apply(make_set(article, ben), ben, add_span(TEXT, "CUE", "said"))
    (line,) = lines(manager.get(f"{path}?label=SOURCE&pseudonyms=true"))
    first, second = line["annotation_sets"]
    assert [span["label"] for span in first["spans"]] == ["SOURCE"]
    assert (first["relations"], second["spans"]) == ([], [])
    names = {first["annotator"], second["annotator"]}
    assert len(names) == 2
    assert not names & {"ana", "ben"}
    assert b"ana" not in b"".join(manager.get(f"{path}?pseudonyms=1").streaming_content)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("format=xlsx", "unknown_format"),
        ("format=_reading", "unknown_format"),
        ("set=mine", "invalid"),
        ("state=lost", "invalid"),
        ("updated_since=yesterday", "invalid"),
        ("updated_since=2020-01-01", "invalid"),
        ("updated_since=2020-13-01T00:00:00Z", "invalid"),
        ("updated_since=0001-01-01T00:00:00%2B14:00", "invalid"),
        ("updated_since=9999-12-31T23:59:59-14:00", "invalid"),
        ("label=%00", "bad_text"),
        ("pseudonyms=perhaps", "invalid"),
        ("split=validation", "invalid"),
        ("with_text=perhaps", "invalid"),
        ("split=train&release=%00", "bad_text"),
    ],
)
def test_a_choice_that_is_none_is_refused_before_anything_is_sent(
    path: str, article: Article, manager: Caller, query: str, code: str
) -> None:
    problem(manager.get(f"{path}?{query}"), 422, code)


def test_a_reviewer_exports_if_that_was_granted(
    path: str, project: Project, row: AnnotationSet, rita: Actor, reviewer: Caller, manager: Caller
) -> None:
    problem(reviewer.get(path), 403, "forbidden")
    grant = {"username": "rita", "role": "reviewer", "can_export": True}
    manager.post(f"projects/{project.slug}/members/", grant)
    assert len(lines(reviewer.get(path))) == 1
    problem(with_token(rita, ["read"]).get(path), 403, "scope_missing")
    manager.post(f"projects/{project.slug}/members/", grant | {"role": "annotator"})
    problem(reviewer.get(path), 403, "forbidden")


def test_a_report_names_what_a_format_leaves_out(
    path: str, project: Project, marked: dict[str, Any], manager: Caller
) -> None:
    answer = manager.get(f"{path}?format=csv&report=true")
    assert answer.headers["Content-Type"] == "application/jsonl"
    disposition = f'attachment; filename="{project.slug}-csv-losses.jsonl"'
    assert answer.headers["Content-Disposition"] == disposition
    *found, last = lines(answer)
    (link,) = [each for each in found if each["lost"] == "relation"]
    assert (link["kind"], link["id"]) == ("relation", marked["link"]["id"])
    assert last == {"losses": len(found), "counts": last["counts"]}
    assert last["counts"]["relation"] == 1
    assert lines(manager.get(f"{path}?report=true")) == [{"losses": 0, "counts": {}}]
    (_text, counts) = lines(manager.get(f"{path}?format=csv&report=true&label=SOURCE"))
    assert counts == {"losses": 1, "counts": {"text": 1}}


@pytest.fixture
def divided(project: Project, ana: Actor, max_: Actor) -> dict[str, set[str]]:
    """Divide forty articles in two releases with different seeds; return the first one's splits."""
    for number in range(40):
        row = make_set(
            make_article(
                project, f"{number} {number * 7} {number * 11} {number * 13} {number * 17}."
            ),
            ana,
        )
        annotation.submit(by=ana, uuid=row.uuid, if_match=row.version)
    found: dict[str, set[str]] = {}
    for terms in (
        {"split": "article", "shares": [50, 25, 25]},
        {"split": "article", "seed": 2},
        {},
    ):
        made = release.make(by=max_, slug=project.slug, terms=terms)
        found = found or {name: _split(made, name) for name in ("train", "dev", "test")}
    return found


def _split(made: Release, name: str) -> set[str]:
    listed = releases.one_file(made, "splits.json")
    return set(orjson.loads(b"".join(releases.content(listed.sha256)))[name])


def test_a_split_is_as_a_release_has_it(
    path: str, project: Project, ana: Actor, divided: dict[str, set[str]], manager: Caller
) -> None:
    make_set(make_article(project, "This came later."), ana)
    newest = _split(releases.release(project, "2.0.0"), "train")
    assert newest != divided["train"]
    for query, wanted in (
        ("split=train", newest),  # 3.0.0, the newest of all, is not divided
        ("split=train&release=1.0.0", divided["train"]),
        ("split=dev&release=1.0.0", divided["dev"]),
        ("split=test&release=1.0.0", divided["test"]),
    ):
        found = lines(manager.get(f"{path}?{query}"))
        assert {each["article"]["id"] for each in found} == wanted
        assert len(found) == len(wanted)
    assert lines(manager.get(f"{path}?split=dev&release=1.0.0&state=open")) == []
    both = lines(manager.get(f"{path}?split=dev&release=1.0.0&state=submitted"))
    assert {each["article"]["id"] for each in both} == divided["dev"]
    refused = problem(manager.get(f"{path}?split=train&release=3.0.0"), 422, "invalid")
    assert refused["detail"] == "Release 3.0.0 divides no articles: name one that does."
    problem(manager.get(f"{path}?split=train&release=9.0.0"), 404, "not_found")
    refused = problem(manager.get(f"{path}?release=1.0.0"), 422, "invalid")
    assert "split" in refused["detail"]


def test_there_is_no_split_before_a_release_has_one(path: str, manager: Caller) -> None:
    refused = problem(manager.get(f"{path}?split=train"), 422, "invalid")
    assert refused["detail"].startswith("No release divides the articles yet")


def test_a_release_by_name_is_not_known_to_whom_names_are_hidden_from(
    path: str, project: Project, max_: Actor, ana: Actor, reviewer: Caller, manager: Caller
) -> None:
    row = make_set(make_article(project, "One."), ana)
    annotation.submit(by=ana, uuid=row.uuid, if_match=row.version)
    release.make(by=max_, slug=project.slug, terms={"split": "article", "pseudonyms": False})
    grant = {"username": "rita", "role": "reviewer", "can_export": True}
    manager.post(f"projects/{project.slug}/members/", grant)
    projects.change(by=max_, address=project.slug, settings={"blind": True})
    assert manager.get(f"{path}?split=train").status_code == 200
    problem(reviewer.get(f"{path}?split=train"), 422, "invalid")
    problem(reviewer.get(f"{path}?split=train&release=1.0.0"), 404, "not_found")


@pytest.mark.parametrize("filters", ["", "&set=own&label=CLAIM&pseudonyms=true"])
@pytest.mark.parametrize("name", exporters.bare())
def test_texts_are_left_out_and_come_back(
    path: str,
    project: Project,
    marked: dict[str, Any],
    manager: Caller,
    tmp_path: Path,
    name: str,
    filters: str,
) -> None:
    asked = f"{path}?format={name}{filters}"
    answer = manager.get(f"{asked}&with_text=false")
    file: str = catalogue(exporters)[name].module.WITHOUT_TEXT.FILE
    disposition = f'attachment; filename="{project.slug}-without-text.{file.partition(".")[2]}.zip"'
    assert answer.headers["Content-Disposition"] == disposition
    assert answer.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        archive.extractall(tmp_path)
    assert TEXT.encode() not in (tmp_path / file).read_bytes()
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies" / "a.txt").write_text(TEXT, encoding="utf-8")
    program = [sys.executable, str(tmp_path / "rebuild.py"), str(tmp_path / "copies")]
    subprocess.run(program, check=True, capture_output=True)
    rebuilt = (tmp_path / "with-text" / file).read_bytes()
    assert rebuilt == b"".join(manager.get(asked).streaming_content)
    report = lines(manager.get(f"{asked}&with_text=false&report=true"))
    assert report[-1]["counts"]["text"] == 1


def test_a_format_that_is_made_of_the_texts_does_not_go_without(
    path: str, marked: dict[str, Any], manager: Caller
) -> None:
    report = lines(manager.get(f"{path}?with_text=false&report=true"))
    assert report[-1] == {"losses": 1, "counts": {"text": 1}}
    assert len(lines(manager.get(f"{path}?with_text=true"))) == 1
    refused = problem(manager.get(f"{path}?with_text=false&format=conll2002"), 422, "invalid")
    assert "choose csv, csv_raw, json_array, jsonl, parquet" in refused["detail"]


def test_any_accepted_type_gets_the_export(path: str, article: Article, manager: Caller) -> None:
    for accepted in ("application/jsonl", "application/x-ndjson", "text/html", "*/*", "nonsense"):
        assert len(lines(manager.get(path, accept=accepted))) == 1


def test_an_empty_project_gives_an_empty_file(path: str, manager: Caller) -> None:
    answer = manager.get(path)
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"")


def test_head_reads_no_articles(path: str, article: Article, manager: Caller) -> None:
    answer = manager("HEAD", path)
    assert (answer.streaming, answer.headers["Content-Type"]) == (False, "application/jsonl")
