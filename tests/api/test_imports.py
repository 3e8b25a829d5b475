"""Imports by the API: a file in, a report out, and nothing half-done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from pytest_django import Settings

from labels.actions import queue
from labels.models import Article, Import, Project

from .caller import Caller, answered, problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(project: Project) -> str:
    return f"projects/{project.slug}/imports/"


def file(content: bytes, name: str = "story.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_files_are_imported_with_a_report(path: str, project: Project, manager: Caller) -> None:
    story = b"Ministers meet\n\nA meeting is planned."
    found = answered(manager.upload(path, file(story), file(b"Another.", "b.txt")), 201)
    assert (found["state"], found["dry_run"], found["format"]) == ("done", False, "text")
    report = found["report"]
    assert (report["articles"], report["duplicates"], report["refused"]) == (2, 0, 0)
    first = report["items"][0]
    assert (first["title"], first["duplicate"], first["length"]) == (
        "Ministers meet",
        False,
        len(story),
    )
    assert answered(manager.get(f"articles/{first['id']}/"))["text"] == story.decode()
    assert answered(manager.get(f"{path}{found['id']}/")) == found
    assert answered(manager.get(path))["results"] == [found]
    project.refresh_from_db()
    assert project.article_count == 2


def test_an_article_imported_twice_is_reported_and_not_doubled(path: str, manager: Caller) -> None:
    first = answered(manager.upload(path, file(b"A story.")), 201)["report"]
    again = answered(manager.upload(path, file(b"\xef\xbb\xbfA story.", "b.txt")), 201)["report"]
    assert (again["articles"], again["duplicates"]) == (0, 1)
    assert again["items"][0]["id"] == first["items"][0]["id"]
    assert again["items"][0]["duplicate"] is True
    assert Article.objects.count() == 1


@pytest.mark.parametrize("dry_run", ["1", "true", "on"])
def test_a_look_stores_nothing_but_its_report(path: str, manager: Caller, dry_run: str) -> None:
    found = answered(manager.upload(path, file(b"A story."), dry_run=dry_run), 200)
    assert (found["state"], found["report"]["articles"]) == ("looked", 1)
    assert not Article.objects.exists()


def test_a_look_reports_what_an_import_would_refuse(path: str, manager: Caller) -> None:
    found = answered(manager.upload(path, file(b"caf\xe9"), dry_run="1"), 200)["report"]
    assert found["refused"] == 1
    assert found["errors"][0]["code"] == "not_utf8"
    assert not Article.objects.exists()


def test_json_lines_are_recognised_and_named_by_line(path: str, manager: Caller) -> None:
    lines = b'{"text": "One."}\n{"text": ""}\n{"text": "\\ud800"}\nnot JSON\n{"text": "Two."}\n'
    found = problem(manager.upload(path, file(lines, "a.jsonl")), 422, "bad_file")
    assert [(each["place"], each["code"]) for each in found["errors"]] == [
        ("a.jsonl, line 2", "empty_text"),
        ("a.jsonl, line 3", "lone_surrogate"),
        ("a.jsonl, line 4", "bad_json"),
    ]
    assert found["report"]["refused"] == 3
    assert not Article.objects.exists()


def deep(levels: int) -> bytes:
    return b'{"text": "x", "extra": {"a": ' + b"[" * levels + b"]" * levels + b"}}"


FILES: list[tuple[str, bytes, str, str]] = [
    ("not UTF-8", "naïve café".encode("latin-1"), "a.txt", "position 2"),
    ("UTF-16", "A story.".encode("utf-16"), "a.txt", "position 0"),
    ("empty", b"", "a.txt", "empty"),
    ("an empty list", b"", "a.jsonl", "empty"),
    ("BOM alone", b"\xef\xbb\xbf", "a.txt", "empty"),
    ("blank", b" \n \n", "a.txt", "blank"),
    ("NUL", b"a\0b", "a.txt", "position 1"),
    ("deep", deep(100), "a.jsonl", "deep"),
    ("deeper", deep(900), "a.jsonl", "deep"),
    ("deepest", deep(100_000), "a.jsonl", "deep"),
    ("NUL in JSON", b'{"text": "x", "title": "\\u0000"}', "a.jsonl", "NUL"),
    ("a huge number", b'{"text": "x", "extra": {"n": 99999999999999999999}}', "a.jsonl", "number"),
]


@pytest.mark.parametrize(
    ("content", "name", "said"), [c[1:] for c in FILES], ids=[c[0] for c in FILES]
)
def test_a_file_that_cannot_be_read_is_refused_with_its_place(
    path: str, manager: Caller, content: bytes, name: str, said: str
) -> None:
    answer = manager.upload(path, file(b"Fine.", "fine.txt"), file(content, name))
    found = problem(answer, 422, "bad_file")
    assert found["errors"][0]["place"].startswith(name)
    assert said in found["errors"][0]["message"]
    assert not Article.objects.exists()
    (failed,) = answered(manager.get(path))["results"]
    assert failed["state"] == "failed"


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"format": "docx"}, 422, "unknown_format"),
        ({"format": "../text"}, 422, "unknown_format"),
        ({"dry_run": "perhaps"}, 422, "invalid"),
    ],
)
def test_a_form_with_wrong_fields_is_refused(
    path: str, manager: Caller, fields: dict[str, str], status: int, code: str
) -> None:
    problem(manager.upload(path, file(b"A story."), **fields), status, code)
    assert not Article.objects.exists()


def test_what_columns_are_is_said_and_kept_with_the_report(path: str, manager: Caller) -> None:
    table = file(b"Copy,Head\nRuiz said so.,Taxes\n", "a.csv")
    problem(manager.upload(path, table), 422, "bad_file")
    said = "Copy=text, Head=title"
    table.seek(0)
    found = answered(manager.upload(path, table, columns=said), 201)["report"]
    assert (found["columns"], found["items"][0]["title"]) == (said, "Taxes")
    assert Article.objects.get().text == "Ruiz said so."
    for wrong in ("Copy", "Copy=body", "=text", "x=text," * 400):
        table.seek(0)
        problem(manager.upload(path, table, columns=wrong), 422, "invalid")


def test_a_file_that_no_format_knows_is_refused(path: str, manager: Caller) -> None:
    problem(manager.upload(path, file(b"\x89PNG\r\n\x1a\n\0\0", "a.png")), 422, "unknown_format")


def test_a_form_without_files_is_refused(path: str, manager: Caller) -> None:
    problem(manager.upload(path), 400, "malformed")
    answer = manager.post(path, b"--x--", content_type="multipart/form-data; boundary=x")
    problem(answer, 400, "malformed")
    for broken in ("multipart/form-data", "multipart/form-data; boundary=\u00e9"):
        problem(manager.post(path, b"text", content_type=broken), 400, "malformed")


def test_too_many_files_are_refused(path: str, manager: Caller) -> None:
    files = [file(b"A.", f"{number}.txt") for number in range(21)]
    problem(manager.upload(path, *files), 400, "malformed")
    assert not Import.objects.exists()


def test_json_is_not_read_here(path: str, manager: Caller) -> None:
    problem(manager.post(path, {"text": "A story."}), 415, "unsupported_media_type")


def test_a_file_of_101_mb_is_refused_before_it_is_read(path: str, manager: Caller) -> None:
    answer = manager.upload(path, file(b"x" * 101 * 1024 * 1024))
    assert "MB" in problem(answer, 413, "too_large")["detail"]
    assert not Import.objects.exists()


def test_a_body_of_json_that_is_too_large_is_refused(project: Project, manager: Caller) -> None:
    with override_settings(MAX_BODY_BYTES=1000):
        body = orjson.dumps({"text": "x" * 1000})
        problem(manager.post(f"projects/{project.slug}/articles/", body), 413, "too_large")
    assert not Article.objects.exists()


def test_an_import_is_found_in_its_own_project_only(
    path: str, manager: Caller, stranger: Caller
) -> None:
    made = answered(manager.upload(path, file(b"A story.")), 201)
    problem(stranger.get(f"{path}{made['id']}/"), 404, "not_found")
    own = answered(stranger.get("projects/"))["results"][0]["slug"]
    problem(stranger.get(f"projects/{own}/imports/{made['id']}/"), 404, "not_found")


def test_names_of_files_are_told_as_they_are(path: str, manager: Caller) -> None:
    name = "<b>é 日本 ../../x.txt"
    found = problem(manager.upload(path, file(b"", name)), 422, "bad_file")
    place: Any = found["errors"][0]["place"]
    assert "/" not in place


def test_a_large_file_is_taken_at_once_and_imported_beside_the_requests(
    path: str, project: Project, manager: Caller, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    line = orjson.dumps({"text": "Ministers met. " * 20_000}) + b"\n"
    large = b"".join(line.replace(b"Min", b"%d Min" % number, 1) for number in range(16))
    answer = manager.upload(path, file(large, "a.jsonl"))
    found = answered(answer, 202)
    address = f"{path}{found['id']}/"
    assert (answer["Location"], answer["Retry-After"]) == (f"/api/v1/{address}", "2")
    assert (found["state"], found["progress"]["size"]) == ("waiting", len(large))
    assert manager.get(address)["Retry-After"] == "2"
    queue.work()
    done = answered(manager.get(address))
    assert (done["state"], done["report"]["articles"], done["problem"]) == ("done", 16, None)
    assert "Retry-After" not in manager.get(address).headers
    problem(manager.delete(address), 409, "conflict")


def test_a_large_import_that_fails_says_why_and_one_that_is_cancelled_says_so(
    path: str, manager: Caller, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    bad = answered(manager.upload(path, file(b"\xff" * 5_000_000, "a.txt")), 202)["id"]
    gone = answered(manager.upload(path, file(b"A story. " * 600_000, "b.txt")), 202)["id"]
    assert answered(manager.delete(f"{path}{gone}/"))["state"] == "cancelled"
    queue.work()
    found = answered(manager.get(f"{path}{bad}/"))
    assert (found["state"], found["problem"]["code"]) == ("failed", "bad_file")
    assert found["report"]["errors"][0]["code"] == "not_utf8"
    assert answered(manager.get(f"{path}{gone}/"))["state"] == "cancelled"
    assert not Article.objects.exists()
