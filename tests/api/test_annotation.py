"""Annotation sets by the API: starting, reading, operations, moves, history."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from labels.actions.access import Actor
from labels.models import AnnotationSet, Article, IdempotencyKey, Revision, Span
from labels.vocabulary import Role, Task

from ..factories import (
    TEXT,
    add_relation,
    add_span,
    apply,
    assign,
    fragment,
    make_article,
    make_member,
    make_set,
)
from .caller import Caller, answered, problem, with_token

pytestmark = pytest.mark.django_db

SPAN_MEMBERS = {
    "id",
    "label",
    "fragments",
    "attributes",
    "rev",
    "origin",
    "derived_from",
    "confidence",
    "flag",
}


def address(row: AnnotationSet, tail: str = "") -> str:
    return f"annotation-sets/{row.uuid}/{tail}"


def rows_of(row: AnnotationSet) -> tuple[int, ...]:
    """Return what a refused request must leave as it was."""
    version = AnnotationSet.objects.get(pk=row.pk).version
    return version, *(each.objects.count() for each in (Span, Revision, IdempotencyKey))


# Starting


def test_starting_answers_201_and_then_200_with_the_same_set(
    article: Article, ana: Actor, annotator: Caller
) -> None:
    assign(article, ana, Task.ANNOTATE)
    made = answered(annotator.post(f"articles/{article.uuid}/annotation-sets/"), 201)
    assert made | {"id": ""} == {
        "id": "",
        "article": str(article.uuid),
        "annotator": "ana",
        "kind": "own",
        "round": 1,
        "state": "open",
        "version": 1,
        "scheme_version": 1,
        "offset_unit": "codepoint",
        "spans": [],
        "relations": [],
    }
    assert answered(annotator.post(f"articles/{article.uuid}/annotation-sets/"), 200) == made
    assert AnnotationSet.objects.count() == 1


def test_starting_with_a_wrong_unit_starts_nothing(article: Article, manager: Caller) -> None:
    answer = manager.post(f"articles/{article.uuid}/annotation-sets/?offset_unit=bytes")
    problem(answer, 422, "invalid")
    assert not AnnotationSet.objects.exists()


def test_a_token_that_may_only_annotate_starts_and_submits(article: Article, ana: Actor) -> None:
    assign(article, ana, Task.ANNOTATE)
    caller = with_token(ana, ["annotate"])
    made = answered(caller.post(f"articles/{article.uuid}/annotation-sets/"), 201)
    row = AnnotationSet.objects.get(uuid=made["id"])
    assert answered(caller.move(row, "submit"))["state"] == "submitted"


# Reading


def test_a_set_has_its_units_in_order_and_its_version_as_etag(
    row: AnnotationSet, marked: dict[str, Any], annotator: Caller
) -> None:
    answer = annotator.get(address(row))
    found = answered(answer)
    assert answer.headers["ETag"] == '"4"'
    assert answer.headers["Cache-Control"] == "private, no-cache"
    claim, source = found["spans"]
    assert (claim["id"], source["id"]) == (marked["claim"]["id"], marked["source"]["id"])
    assert set(claim) == SPAN_MEMBERS
    assert claim["fragments"] == marked["claim"]["fragments"]
    assert source | {"fragments": []} == {
        "id": source["id"],
        "label": "SOURCE",
        "fragments": [],
        "attributes": {"source_type": "named_individual"},
        "rev": 2,
        "origin": "hand",
        "derived_from": None,
        "confidence": None,
        "flag": False,
    }
    assert found["relations"] == [
        {
            "id": marked["link"]["id"],
            "type": "ATTRIBUTED_TO",
            "from": claim["id"],
            "to": source["id"],
            "attributes": {},
            "rev": 4,
        }
    ]


@pytest.mark.parametrize(
    ("unit", "start", "end"), [("codepoint", 3, 7), ("utf16", 4, 8), ("utf8", 8, 12)]
)
def test_offsets_come_in_the_unit_that_is_asked_for(
    project: Any, ana: Actor, annotator: Caller, unit: str, start: int, end: int
) -> None:
    text = "🗳️ Ruiz spoke."
    made = make_set(make_article(project, text), ana)
    apply(made, ana, add_span(text, "SOURCE", "Ruiz"))
    found = answered(annotator.get(address(made, f"?offset_unit={unit}")))
    assert found["offset_unit"] == unit
    assert found["spans"][0]["fragments"] == [{"start": start, "end": end, "quote": "Ruiz"}]


@pytest.mark.parametrize("unit", ["bytes", "UTF16", "codepoint%00"])
def test_an_unknown_unit_is_refused(row: AnnotationSet, annotator: Caller, unit: str) -> None:
    answer = annotator.get(address(row, f"?offset_unit={unit}"))
    problem(answer, 422, "bad_text" if "%00" in unit else "invalid")


# Operations


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
    assert answer.headers["ETag"] == '"4"'


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


# Moves


def test_the_way_of_a_set(
    row: AnnotationSet, marked: dict[str, Any], annotator: Caller, reviewer: Caller
) -> None:
    missing = problem(annotator.move(row, "submit"), 422, "incomplete")["errors"]
    assert {"span", "relation", "attribute", "code", "message"} == set(missing[0])
    assert {each["span"] for each in missing} == {marked["claim"]["id"]}
    source = {"op": "delete_span", "id": marked["source"]["id"]}
    claim = {"op": "delete_span", "id": marked["claim"]["id"]}
    answered(annotator.operations(row, source, claim))
    answer = annotator.move(row, "submit")
    assert (answered(answer)["state"], answer.headers["ETag"]) == ("submitted", '"7"')
    assert answered(annotator.move(row, "reopen"))["state"] == "open"
    assert answered(annotator.move(row, "submit"))["state"] == "submitted"
    returned = answered(reviewer.move(row, "return", {"note": "Look again."}))
    assert (returned["state"], returned["version"]) == ("returned", 10)
    comments = answered(annotator.get(address(row, "comments/")))["results"]
    assert [(each["author"], each["text"]) for each in comments] == [("rita", "Look again.")]
    assert answered(annotator.move(row, "submit"))["state"] == "submitted"
    assert answered(reviewer.move(row, "approve"))["state"] == "approved"
    problem(annotator.move(row, "reopen"), 409, "wrong_state")


@pytest.mark.parametrize("name", ["submit", "reopen", "return", "approve"])
def test_a_move_needs_the_version(
    row: AnnotationSet, manager: Caller, annotator: Caller, name: str
) -> None:
    caller = annotator if name in {"submit", "reopen"} else manager
    problem(caller.post(address(row, f"{name}/")), 428, "if_match_missing")
    stale = problem(caller.post(address(row, f"{name}/"), if_match='"0"'), 412, "stale_version")
    assert (stale["version"], stale["operations"]) == (1, [{"version": 1, "op": "start"}])
    assert AnnotationSet.objects.get(pk=row.pk).state == "open"


@pytest.mark.parametrize("name", ["return", "approve"])
@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"note": 7}, 422, "invalid"),
        ({"note": "x" * 10_001}, 422, "invalid"),
        ({"reason": "x"}, 422, "invalid"),
        ([1], 400, "malformed"),
    ],
)
def test_a_judgement_with_a_note_that_is_none_changes_nothing(
    row: AnnotationSet,
    annotator: Caller,
    reviewer: Caller,
    name: str,
    body: Any,
    status: int,
    code: str,
) -> None:
    annotator.move(row, "submit")
    problem(reviewer.move(row, name, body), status, code)
    assert AnnotationSet.objects.get(pk=row.pk).state == "submitted"


def test_a_set_whose_review_has_begun_cannot_be_taken_back(
    row: AnnotationSet, annotator: Caller, reviewer: Caller
) -> None:
    annotator.operations(row, add_span(TEXT, "CUE", "said"))
    annotator.move(row, "submit")
    answered(reviewer.post(address(row, "reviews/accept-rest/")))
    problem(annotator.move(row, "reopen"), 409, "wrong_state")


# Lists


def test_the_sets_of_an_article_are_those_one_may_read(
    row: AnnotationSet,
    article: Article,
    project: Any,
    annotator: Caller,
    reviewer: Caller,
    manager: Caller,
) -> None:
    ben = make_member(project, Role.ANNOTATOR, "ben")
    theirs = make_set(article, ben)
    path = f"articles/{article.uuid}/annotation-sets/"

    def ids(caller: Caller) -> list[str]:
        return [each["id"] for each in answered(caller.get(path))["results"]]

    both = [str(row.uuid), str(theirs.uuid)]
    assert (ids(annotator), ids(with_token(ben))) == (both[:1], both[1:])
    assert (ids(reviewer), ids(manager)) == (both, both)


def test_both_submitted_sets_open_to_each_other_where_the_project_allows(
    row: AnnotationSet, article: Article, project: Any, annotator: Caller, manager: Caller
) -> None:
    ben = make_member(project, Role.ANNOTATOR, "ben")
    theirs, caller = make_set(article, ben), with_token(ben)
    path = f"articles/{article.uuid}/annotation-sets/"

    def sees() -> tuple[int, int]:
        listed = answered(annotator.get(path))["results"]
        return annotator.get(address(theirs)).status_code, len(listed)

    assert sees() == (403, 1)
    manager.patch(f"projects/{project.slug}/", {"open_after_submit": True})
    assert sees() == (403, 1)
    annotator.move(row, "submit")
    assert sees() == (403, 1)
    caller.move(theirs, "submit")
    assert sees() == (200, 2)
    annotator.move(row, "reopen")
    assert sees() == (403, 1)


def test_the_history_is_a_chain_from_the_oldest(
    row: AnnotationSet, marked: dict[str, Any], annotator: Caller
) -> None:
    found = answered(annotator.get(address(row, "revisions/")))
    assert [each["version"] for each in found["results"]] == [1, 2, 3, 4]
    assert [each["action"] for each in found["results"]][1:] == [
        "add_span",
        "add_span",
        "add_relation",
    ]
    chain = [each["chain"] for each in found["results"]]
    assert [each["previous"] for each in found["results"]] == ["", *chain[:-1]]
    assert found["results"][1]["payload"]["operation"] == marked["source"]
