"""Operations over HTTP: every case of the table of saving, and what is refused leaves nothing behind."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from labels.models import AnnotationSet, Article
from labels.vocabulary import Role

from ..factories import (
    TEXT,
    add_relation,
    add_span,
    fragment,
    make_member,
    make_set,
)
from .caller import Caller, answered, problem, with_token
from .test_annotation import address, rows_of

pytestmark = pytest.mark.django_db


def test_operations_answer_with_version_results_and_etag(
    row: AnnotationSet, annotator: Caller
) -> None:
    source, claim = add_span(TEXT, "SOURCE", "Ruiz"), add_span(TEXT, "CLAIM", "“Taxes fell 5%,”")
    link = add_relation("ATTRIBUTED_TO", claim["id"], source["id"])
    answer = annotator.operations(row, source, claim, link)
    assert answered(answer) == {
        "version": 4,
        "results": [
            {"op": "add_span", "id": source["id"], "rev": 2, "also": []},
            {"op": "add_span", "id": claim["id"], "rev": 3, "also": []},
            {"op": "add_relation", "id": link["id"], "rev": 4, "also": []},
        ],
    }
    assert answer.headers["ETag"] == '"4"'
    deleted = answered(annotator.operations(row, {"op": "delete_span", "id": source["id"]}))
    assert deleted["results"][0]["also"] == [link["id"]]


def test_the_same_request_again_gets_the_stored_answer(
    row: AnnotationSet, annotator: Caller
) -> None:
    key, span = uuid4(), add_span(TEXT, "SOURCE", "Ruiz")
    first = annotator.operations(row, span, key=key, version=1)
    before = rows_of(row)
    # A client that has rebased sends the same key with another version; its answer is the first one.
    for version in (1, 2):
        again = annotator.operations(row, span, key=key, version=version)
        assert (answered(again), again.headers["ETag"]) == (answered(first), '"2"')
    assert rows_of(row) == before
    other = annotator.operations(row, add_span(TEXT, "CUE", "said"), key=key, version=2)
    problem(other, 422, "idempotency_key_reused")
    assert rows_of(row) == before


def test_a_key_belongs_to_one_person_and_set(
    row: AnnotationSet, article: Article, project: Any, annotator: Caller
) -> None:
    key, span = uuid4(), add_span(TEXT, "SOURCE", "Ruiz")
    ben = make_member(project, Role.ANNOTATOR)
    theirs = make_set(article, ben)
    assert answered(annotator.operations(row, span, key=key))["version"] == 2
    other = add_span(TEXT, "CUE", "said")
    assert answered(with_token(ben).operations(theirs, other, key=key))["version"] == 2


def test_only_answers_of_success_are_stored(row: AnnotationSet, annotator: Caller) -> None:
    key, span = uuid4(), add_span(TEXT, "SOURCE", "Ruiz")
    problem(annotator.operations(row, span, key=key, version=7), 412, "stale_version")
    assert answered(annotator.operations(row, span, key=key, version=1))["version"] == 2


def test_without_if_match_428(row: AnnotationSet, annotator: Caller) -> None:
    answer = annotator.post(
        address(row, "operations/"), {"operations": []}, idempotency_key=str(uuid4())
    )
    problem(answer, 428, "if_match_missing")


@pytest.mark.parametrize("version", ["x", "*", '"1","2"', "-1", '"１"', "9" * 11, "9" * 5000])
def test_an_if_match_that_is_no_version_400(
    row: AnnotationSet, annotator: Caller, version: str
) -> None:
    answer = annotator.post(
        address(row, "operations/"),
        {"operations": [add_span(TEXT, "CUE", "said")]},
        if_match=version.encode().decode("latin-1"),
        idempotency_key=str(uuid4()),
    )
    problem(answer, 400, "malformed")


@pytest.mark.parametrize("version", [0, 2, 4294967296, 9999999999])
def test_a_version_that_is_not_the_sets_412(
    row: AnnotationSet, annotator: Caller, version: int
) -> None:
    before = rows_of(row)
    answer = annotator.operations(row, add_span(TEXT, "CUE", "said"), version=version)
    assert problem(answer, 412, "stale_version")["version"] == 1
    assert rows_of(row) == before


def test_a_stale_client_is_told_what_it_missed(
    row: AnnotationSet, marked: dict[str, Any], annotator: Caller
) -> None:
    answer = annotator.operations(row, add_span(TEXT, "CUE", "said"), version=2)
    found = problem(answer, 412, "stale_version")
    assert found["version"] == 4
    assert found["operations"] == [
        {"version": 3, **marked["claim"]},
        {"version": 4, **marked["link"]},
    ]
    assert found["offset_unit"] == "codepoint"
    assert answer.headers["ETag"] == '"4"'


def test_a_client_that_has_missed_too_much_is_told_to_read_again(
    row: AnnotationSet, annotator: Caller
) -> None:
    span = add_span(TEXT, "CUE", "said")
    answered(annotator.operations(row, span))
    flag = {"op": "set_attributes", "id": span["id"], "flag": True}
    for _ in range(2):
        answered(annotator.operations(row, *[flag] * 500))
    near = problem(annotator.operations(row, flag, version=2), 412, "stale_version")
    assert len(near["operations"]) == 1000
    far = problem(annotator.operations(row, flag, version=1), 412, "stale_version")
    assert (far["version"], "operations" in far) == (1002, False)


@pytest.mark.parametrize("key", [None, "", "x", "1" * 31])
def test_without_a_key_400(row: AnnotationSet, annotator: Caller, key: str | None) -> None:
    headers = {} if key is None else {"idempotency_key": key}
    body = {"operations": [add_span(TEXT, "CUE", "said")]}
    answer = annotator.post(address(row, "operations/"), body, if_match='"1"', **headers)
    problem(answer, 400, "idempotency_key_missing")


DEEP = b'{"operations":' + b"[" * 70 + b"]" * 70 + b"}"
DEEPER = b'{"operations":' + b"[" * 5000 + b"]" * 5000 + b"}"

BODIES: list[tuple[str, bytes, int, str]] = [
    ("nothing", b"", 400, "malformed"),
    ("half", b'{"operations": [', 400, "malformed"),
    ("two", b'{"operations": []} {}', 400, "malformed"),
    ("not UTF-8", b'{"operations": "\xff"}', 400, "malformed"),
    ("half of a pair", b'{"operations": "\\ud83d"}', 400, "malformed"),
    ("no number", b'{"operations": NaN}', 400, "malformed"),
    ("a number without end", b'{"operations": 1e999}', 400, "malformed"),
    ("deep", DEEP, 400, "malformed"),
    ("deeper", DEEPER, 400, "malformed"),
    ("NUL", b'{"operations": [{"op": "add_span\\u0000"}]}', 422, "bad_text"),
    ("NUL in a name", b'{"operations": [{"\\u0000": 1}]}', 422, "bad_text"),
    ("a list", b"[]", 400, "malformed"),
    ("a text", b'"x"', 400, "malformed"),
    ("another member", b'{"operations": [], "more": 1}', 422, "invalid"),
    ("none", b'{"operations": []}', 400, "malformed"),
    ("null", b'{"operations": null}', 400, "malformed"),
    ("too many", b'{"operations": [' + b",".join([b"{}"] * 501) + b"]}", 400, "malformed"),
    ("no operation", b'{"operations": [1]}', 422, "unknown_operation"),
    ("an unknown one", b'{"operations": [{"op": "paint"}]}', 422, "unknown_operation"),
]


@pytest.mark.parametrize(
    ("body", "status", "code"), [c[1:] for c in BODIES], ids=[c[0] for c in BODIES]
)
def test_a_body_that_is_none_is_refused(
    row: AnnotationSet, annotator: Caller, body: bytes, status: int, code: str
) -> None:
    before = rows_of(row)
    answer = annotator.post(
        address(row, "operations/"), body, if_match='"1"', idempotency_key=str(uuid4())
    )
    problem(answer, status, code)
    assert rows_of(row) == before


SPANS: list[tuple[str, dict[str, Any], int, str]] = [
    ("unknown label", {"label": "NOPE"}, 422, "unknown_label"),
    ("label that is a list", {"label": ["CLAIM"]}, 422, "unknown_label"),
    ("no quote", {"fragments": [{"start": 17, "end": 21}]}, 422, "quote_missing"),
    ("past the end", {"fragments": [{"start": 0, "end": 2**40, "quote": "x"}]}, 422, "bad_offsets"),
    ("huge", {"fragments": [{"start": 0, "end": 2**64 - 1, "quote": "x"}]}, 422, "bad_offsets"),
    ("a fraction", {"fragments": [{"start": 0.5, "end": 3, "quote": "x"}]}, 422, "bad_offsets"),
    ("blank", {"fragments": [fragment(TEXT, "Ruiz ")]}, 422, "bad_boundary"),
    ("a value", {"attributes": {"source_type": "nobody"}}, 422, "bad_attribute"),
    ("an attribute", {"attributes": {"mood": "good"}}, 422, "bad_attribute"),
    ("no id", {"id": None}, 400, "malformed"),
    ("a member", {"colour": "red"}, 422, "unknown_operation"),
    ("confidence", {"confidence": 1.5}, 422, "bad_attribute"),
    ("origin", {"origin": "imported"}, 400, "malformed"),
]


@pytest.mark.parametrize(
    ("change", "status", "code"), [c[1:] for c in SPANS], ids=[c[0] for c in SPANS]
)
def test_a_span_that_breaks_a_rule_is_refused_with_its_batch(
    row: AnnotationSet, annotator: Caller, change: dict[str, Any], status: int, code: str
) -> None:
    before = rows_of(row)
    fine = add_span(TEXT, "CUE", "said")
    answer = annotator.operations(row, fine, add_span(TEXT, "SOURCE", "Ruiz") | change)
    assert problem(answer, status, code)["operation"] == 1
    assert rows_of(row) == before


def test_a_wrong_quote_is_answered_with_both_strings(row: AnnotationSet, annotator: Caller) -> None:
    wrong = {"start": 17, "end": 21, "quote": "Rosa"}
    answer = annotator.operations(row, add_span(TEXT, "SOURCE", "Ruiz") | {"fragments": [wrong]})
    assert problem(answer, 422, "quote_mismatch")["errors"] == [
        {
            "field": "fragments[0].quote",
            "code": "quote_mismatch",
            "quote": "Rosa",
            "text": "Ruiz",
        }
    ]


def test_a_relation_that_the_scheme_does_not_join_is_refused(
    row: AnnotationSet, marked: dict[str, Any], annotator: Caller
) -> None:
    before = rows_of(row)
    source, claim = marked["source"]["id"], marked["claim"]["id"]
    for wrong, code in (
        (add_relation("ATTRIBUTED_TO", source, claim), "relation_not_joined"),
        (add_relation("ATTRIBUTED_TO", claim, source), "relation_repeated"),
        (add_relation("ATTRIBUTED_TO", claim, str(uuid4())), "unknown_unit"),
        (add_relation("PAID_BY", claim, source), "unknown_relation"),
        ({"op": "restore_span", "id": source}, "unit_deleted"),
        (add_span(TEXT, "CUE", "said", uuid=marked["claim"]["id"]), "unit_exists"),
        (add_span(TEXT, "SOURCE", "Ruiz said"), "overlap"),
    ):
        problem(annotator.operations(row, wrong), 422, code)
    assert rows_of(row) == before


def test_operations_need_json(row: AnnotationSet, annotator: Caller) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        answer = annotator.post(
            address(row, "operations/"),
            b'{"operations": []}',
            if_match='"1"',
            idempotency_key=str(uuid4()),
            content_type=kind,
        )
        problem(answer, 415, "unsupported_media_type")


def test_a_submitted_set_is_closed(row: AnnotationSet, annotator: Caller) -> None:
    answered(annotator.move(row, "submit"))
    answer = annotator.operations(row, add_span(TEXT, "CUE", "said"))
    assert "Take it back" in problem(answer, 409, "set_locked")["detail"]
