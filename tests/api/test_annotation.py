"""Annotation sets by the API: starting, reading, operations, moves, history."""

from __future__ import annotations

from typing import Any

import pytest

from labels.actions.access import Actor
from labels.models import AnnotationSet, Article, IdempotencyKey, Revision, Span
from labels.vocabulary import Role, Task

from ..factories import (
    TEXT,
    add_span,
    apply,
    assign,
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
    # Nobody reads others' marks and then makes theirs alike.
    told = problem(annotator.move(row, "reopen"), 409, "wrong_state")
    assert "what others have handed in" in told["detail"]
    assert sees() == (200, 2)


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
