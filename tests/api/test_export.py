"""The export by the API: what is in it, what may be chosen, and that it streams."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from labels.actions.access import Actor
from labels.models import AnnotationSet, Article, Project
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


def test_any_accepted_type_gets_the_export(path: str, article: Article, manager: Caller) -> None:
    for accepted in ("application/jsonl", "application/x-ndjson", "text/html", "*/*", "nonsense"):
        assert len(lines(manager.get(path, accept=accepted))) == 1


def test_an_empty_project_gives_an_empty_file(path: str, manager: Caller) -> None:
    answer = manager.get(path)
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"")


def test_head_reads_no_articles(path: str, article: Article, manager: Caller) -> None:
    answer = manager("HEAD", path)
    assert (answer.streaming, answer.headers["Content-Type"]) == (False, "application/jsonl")
