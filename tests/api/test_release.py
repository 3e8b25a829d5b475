"""Releases by the API: made, listed, fetched file by file."""

from __future__ import annotations

import io
import zipfile
from hashlib import sha256
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from labels.actions import annotation, making, membership, release
from labels.actions.access import Actor
from labels.models import AnnotationSet, Project
from labels.vocabulary import Role

from ..factories import make_article, make_member, make_set
from .caller import Caller, problem, with_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(project: Project) -> str:
    return f"projects/{project.slug}/releases/"


@pytest.fixture
def submitted(project: Project, ana: Actor) -> AnnotationSet:
    row = make_set(make_article(project, "Taxes fell."), ana)
    return annotation.submit(by=ana, uuid=row.uuid, if_match=row.version)


def test_a_release_is_made_and_fetched(
    path: str, submitted: AnnotationSet, manager: Caller
) -> None:
    answer = manager.post(path, {"licence_labels": "CC0-1.0", "split": "article"})
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert (made["version"], made["created_by"]) == ("1.0.0", "max")
    assert made["terms"]["shares"] == [80, 10, 10]
    (listed,) = manager.get(path).json()["results"]
    assert listed == made == manager.get(f"{path}1.0.0/").json()
    for file in made["files"]:
        got = manager.get(f"{path}1.0.0/{file['name']}")
        content = b"".join(got.streaming_content)
        assert sha256(content).hexdigest() == file["sha256"]
        assert got.headers["Content-Length"] == str(len(content)) == str(file["size"])
        assert got.headers["Content-Type"] == "application/octet-stream"
        assert got.headers["ETag"] == f'"{file["sha256"]}"'


def test_all_files_come_as_one_zip_that_is_the_same_each_time(
    path: str, submitted: AnnotationSet, manager: Caller
) -> None:
    made = manager.post(path, {}).json()
    first, again = (manager.get(f"{path}1.0.0/package.zip") for _ in range(2))
    assert first.headers["Content-Disposition"].endswith('-1.0.0.zip"')
    packed = b"".join(first.streaming_content)
    assert packed == b"".join(again.streaming_content)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        held = {each: sha256(archive.read(each)).hexdigest() for each in archive.namelist()}
    assert held == {f"1.0.0/{each['name']}": each["sha256"] for each in made["files"]}
    assert manager("HEAD", f"{path}1.0.0/package.zip").status_code == 200


def test_a_head_tells_size_and_hash_without_the_bytes(
    path: str, submitted: AnnotationSet, manager: Caller
) -> None:
    made = manager.post(path, {}).json()
    (file,) = (each for each in made["files"] if each["name"] == "articles.jsonl")
    answer = manager("HEAD", f"{path}1.0.0/articles.jsonl")
    assert (answer.headers["Content-Length"], answer.content) == (str(file["size"]), b"")


@pytest.mark.parametrize(
    "tail", ["1.0.1/", "nonsense/", "1.0.0/nothing.txt", "1.0.0/..%2F", "%00/"]
)
def test_what_is_not_there_is_not_found(
    path: str, submitted: AnnotationSet, manager: Caller, tail: str
) -> None:
    manager.post(path, {})
    answer = manager.get(path + tail)
    problem(answer, 404, "not_found")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"version": "1"}, 422, "invalid"),
        ({"version": 1}, 422, "invalid"),
        ({"split": {"by": "time"}}, 422, "invalid"),
        ({"shares": "80"}, 422, "invalid"),
        ({"text": True}, 422, "invalid"),
        ([], 400, "malformed"),
    ],
)
def test_bad_terms_make_nothing(
    path: str, submitted: AnnotationSet, manager: Caller, body: Any, status: int, code: str
) -> None:
    answer = manager.post(path, body)
    problem(answer, status, code)
    assert manager.get(path).json()["results"] == []


def test_a_taken_version_is_a_conflict(
    path: str, submitted: AnnotationSet, manager: Caller
) -> None:
    manager.post(path, {"version": "2.0.0"})
    assert manager.post(path, {"version": "2.0.0"}).status_code == 409


def test_who_was_granted_the_export_reads_them(
    path: str, project: Project, submitted: AnnotationSet, manager: Caller
) -> None:
    manager.post(path, {})
    rita = with_token(make_member(project, Role.REVIEWER, "rita", can_export=True))
    assert rita.get(path).status_code == 200
    assert rita.get(f"{path}1.0.0/README.md").status_code == 200
    assert rita.post(path, {}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    path: str,
    project: Project,
    max_: Actor,
    submitted: AnnotationSet,
    manager: Caller,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(count):
        release.make(by=max_, slug=project.slug)
    manager.get(path)
    with django_assert_num_queries(3):
        assert len(manager.get(path).json()["results"]) == count


def test_who_left_reads_no_file(
    path: str, project: Project, max_: Actor, submitted: AnnotationSet, manager: Caller
) -> None:
    manager.post(path, {})
    nina = make_member(project, Role.MANAGER, "nina")
    caller = with_token(nina)
    assert caller.get(f"{path}1.0.0/README.md").status_code == 200
    membership.remove(by=max_, slug=project.slug, username="nina")
    assert caller.get(f"{path}1.0.0/README.md").status_code == 404


def test_a_large_one_is_made_beside_the_requests(
    path: str, submitted: AnnotationSet, manager: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "AT_ONCE", 0)
    answer = manager.post(path, {"notes": "All of it."})
    assert (answer.status_code, answer.json()["state"]) == (202, "waiting"), answer.content
    address = answer.headers["Location"].removeprefix("/api/v1/")
    assert manager.get(address).headers["Retry-After"] == "2"
    problem(manager.post(path, {}), 409, "conflict")
    gone = manager.delete(address).json()
    assert (gone["state"], gone["release"], gone["problem"]) == ("cancelled", None, None)
    assert manager.get(path).json()["results"] == []
    assert "Retry-After" not in manager.get(address).headers
    problem(manager.post(path, {"version": "one"}), 422, "invalid")
    assert manager.post(path, {}).status_code == 202
