"""Bodies that are too large are refused in words; versions and streams go out as they are."""

from __future__ import annotations

import gzip
from io import BytesIO

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from annotator import middleware

LONG = b"a word or two, " * 100


@pytest.fixture
def small(settings: Settings) -> None:
    settings.MAX_BODY_BYTES = 1000
    settings.MAX_FILE_BYTES = 3000


@pytest.mark.usefixtures("small")
@pytest.mark.django_db
def test_too_much_for_the_api_is_a_problem() -> None:
    answer = Client().post("/api/v1/projects/", LONG, content_type="application/json")
    assert answer.status_code == 413
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["status"], problem["code"]) == (413, "too_large")
    assert "send it in parts" in problem["detail"]


@pytest.mark.usefixtures("small")
@pytest.mark.django_db
@pytest.mark.parametrize(("length", "status"), [(1000, 302), (2700, 302), (3100, 413)])
def test_too_large_a_file_gets_a_page(length: int, status: int) -> None:
    answer = Client().post("/projects/x/import/", {"file": BytesIO(bytes(length))})
    assert answer.status_code == status
    if status == 413:
        assert b"<h1>Too large</h1>" in answer.content


@pytest.mark.usefixtures("small")
def test_what_is_refused_is_read_and_thrown_away(rf: RequestFactory) -> None:
    request = rf.post("/api/v1/projects/", LONG, content_type="application/json")
    middleware.limit_body(never)(request)
    assert request.read() == b""


@pytest.mark.usefixtures("small")
def test_but_not_without_end(rf: RequestFactory) -> None:
    request = rf.post("/api/v1/projects/", LONG * 100, content_type="application/json")
    middleware.limit_body(never)(request)
    assert len(request.read()) == len(LONG * 100)


def test_a_version_stays_strong_when_it_is_compressed(rf: RequestFactory) -> None:
    answer = compressed(rf, HttpResponse(LONG, headers={"ETag": '"7"'}))
    assert answer["Content-Encoding"] == "gzip"
    assert answer["ETag"] == '"7"'
    assert isinstance(answer, HttpResponse)
    assert gzip.decompress(answer.content) == LONG


def test_a_stream_goes_out_as_it_is(rf: RequestFactory) -> None:
    answer = compressed(rf, StreamingHttpResponse(iter([LONG])))
    assert "Content-Encoding" not in answer
    assert isinstance(answer, StreamingHttpResponse)
    assert b"".join(answer) == LONG


def compressed(rf: RequestFactory, answer: HttpResponseBase) -> HttpResponseBase:
    request = rf.get("/", headers={"Accept-Encoding": "gzip"})
    return middleware.Compress(lambda _request: answer)(request)  # type: ignore[return-value]


def never(request: HttpRequest) -> HttpResponse:
    raise AssertionError(f"{request.path} came through")
