"""Verdicts and comments by the API."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from labels.models import AnnotationSet, Comment, Project, Review, Revision
from labels.vocabulary import Role, Task

from ..factories import TEXT, add_span, apply, assign, fragment, make_member
from .caller import Caller, answered, problem, with_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def handed_in(row: AnnotationSet, annotator: Caller) -> dict[str, Any]:
    """Ana's set, submitted, with two cues."""
    said, spoke = add_span(TEXT, "CUE", "said"), add_span(TEXT, "CUE", "spoke")
    answered(annotator.operations(row, said, spoke))
    answered(annotator.move(row, "submit"))
    return {"said": said, "spoke": spoke}


@pytest.fixture
def path(row: AnnotationSet) -> str:
    return f"annotation-sets/{row.uuid}/reviews/"


@pytest.fixture
def comments(row: AnnotationSet) -> str:
    return f"annotation-sets/{row.uuid}/comments/"


def written() -> tuple[int, int, int]:
    return Review.objects.count(), Comment.objects.count(), Revision.objects.count()


# Verdicts


def test_a_verdict_is_given_and_seen_by_the_annotator(
    path: str, handed_in: dict[str, Any], annotator: Caller, reviewer: Caller
) -> None:
    span = handed_in["said"]["id"]
    given = {"span": span, "verdict": "reject", "reason": "not_a_unit", "comment": "No cue."}
    made = answered(reviewer.post(path, given), 201)
    assert made | {"id": "", "created_at": ""} == given | {
        "id": "",
        "created_at": "",
        "relation": None,
        "proposal": None,
        "offset_unit": "codepoint",
        "reviewer": "rita",
        "rev": 2,
    }
    assert answered(annotator.get(path))["results"] == [made]


def test_a_correction_is_kept_complete_and_the_set_stays(
    path: str, row: AnnotationSet, handed_in: dict[str, Any], annotator: Caller, reviewer: Caller
) -> None:
    before = answered(annotator.get(f"annotation-sets/{row.uuid}/"))
    fragments = [fragment(TEXT, "Ruiz said")]
    given = {
        "span": handed_in["said"]["id"],
        "verdict": "fix",
        "proposal": {"fragments": fragments},
    }
    made = answered(reviewer.post(path, given), 201)
    assert made["proposal"] == {"label": "CUE", "fragments": fragments, "attributes": {}}
    assert answered(annotator.get(f"annotation-sets/{row.uuid}/")) == before


def test_what_is_missing_is_proposed(path: str, handed_in: Any, reviewer: Caller) -> None:
    proposal = {"label": "SOURCE", "fragments": [fragment(TEXT, "Ruiz")], "attributes": {}}
    made = answered(reviewer.post(path, {"verdict": "missing", "proposal": proposal}), 201)
    assert (made["span"], made["relation"], made["proposal"]) == (None, None, proposal)


def test_a_verdict_under_one_key_is_given_once(
    path: str, handed_in: dict[str, Any], reviewer: Caller
) -> None:
    key, given = str(uuid4()), {"span": handed_in["said"]["id"], "verdict": "accept"}
    first = answered(reviewer.post(path, given, idempotency_key=key), 201)
    assert answered(reviewer.post(path, given, idempotency_key=key), 201) == first
    assert Review.objects.count() == 1
    other = {"span": handed_in["spoke"]["id"], "verdict": "accept"}
    problem(reviewer.post(path, other, idempotency_key=key), 422, "idempotency_key_reused")
    answered(reviewer.post(path, given, idempotency_key=str(uuid4())), 201)
    problem(reviewer.post(path, given, idempotency_key="x"), 400, "idempotency_key_missing")
    assert Review.objects.count() == 2


def test_the_rest_is_accepted_once(path: str, handed_in: dict[str, Any], reviewer: Caller) -> None:
    rejected = {"span": handed_in["said"]["id"], "verdict": "reject", "reason": "other"}
    answered(reviewer.post(path, rejected), 201)
    (made,) = answered(reviewer.post(f"{path}accept-rest/"))["accepted"]
    assert (made["span"], made["verdict"]) == (handed_in["spoke"]["id"], "accept")
    assert answered(reviewer.post(f"{path}accept-rest/")) == {"accepted": []}


FRAGMENT = fragment(TEXT, "Ruiz")
WRONG: list[tuple[str, dict[str, Any], int, str]] = [
    ("nothing", {}, 422, "invalid"),
    ("no verdict of ours", {"verdict": "maybe"}, 422, "invalid"),
    ("a verdict that is a list", {"verdict": ["accept"]}, 422, "invalid"),
    ("no unit", {"verdict": "accept", "span": None}, 422, "bad_review"),
    ("a unit that is missing", {"verdict": "missing", "proposal": {}}, 422, "bad_review"),
    ("two units", {"verdict": "accept", "relation": str(uuid4())}, 422, "bad_review"),
    ("no id", {"verdict": "accept", "span": "first"}, 422, "invalid"),
    ("an unknown span", {"verdict": "accept", "span": str(uuid4())}, 422, "unknown_unit"),
    ("no reason", {"verdict": "reject"}, 422, "bad_review"),
    ("a reason that is a number", {"verdict": "reject", "reason": 7}, 422, "invalid"),
    ("a long reason", {"verdict": "reject", "reason": "x" * 201}, 422, "invalid"),
    ("a long comment", {"verdict": "accept", "comment": "x" * 10_001}, 422, "invalid"),
    ("NUL", {"verdict": "accept", "comment": "\0"}, 422, "bad_text"),
    ("no proposal", {"verdict": "fix"}, 422, "bad_review"),
    ("a proposal too many", {"verdict": "accept", "proposal": {}}, 422, "bad_review"),
    ("a proposal that is a list", {"verdict": "fix", "proposal": [1]}, 422, "invalid"),
    ("a label", {"verdict": "fix", "proposal": {"label": "NOPE"}}, 422, "unknown_label"),
    (
        "a quote",
        {"verdict": "fix", "proposal": {"fragments": [FRAGMENT | {"quote": "X"}]}},
        422,
        "quote_mismatch",
    ),
    (
        "an offset",
        {"verdict": "fix", "proposal": {"fragments": [{"start": 0, "end": 10**9}]}},
        422,
        "bad_offsets",
    ),
    (
        "an attribute",
        {"verdict": "fix", "proposal": {"attributes": {"x": 1}}},
        422,
        "bad_attribute",
    ),
    ("a member", {"verdict": "accept", "colour": "red"}, 422, "invalid"),
]


@pytest.mark.parametrize(
    ("change", "status", "code"), [c[1:] for c in WRONG], ids=[c[0] for c in WRONG]
)
def test_a_verdict_that_lacks_something_is_refused(
    path: str,
    handed_in: dict[str, Any],
    reviewer: Caller,
    change: dict[str, Any],
    status: int,
    code: str,
) -> None:
    before = written()
    given = {"span": handed_in["said"]["id"]} | change
    problem(reviewer.post(path, given), status, code)
    assert written() == before


def test_a_missing_span_needs_all_of_itself(path: str, handed_in: Any, reviewer: Caller) -> None:
    for proposal, code in (
        ({}, "unknown_label"),
        ({"label": "CUE"}, "bad_review"),
        ({"label": "CUE", "fragments": []}, "bad_offsets"),
    ):
        given = {"verdict": "missing", "proposal": proposal}
        problem(reviewer.post(path, given), 422, code)


def test_a_relation_is_judged_and_corrected(
    row: AnnotationSet, path: str, marked: dict[str, Any], reviewer: Caller
) -> None:
    AnnotationSet.objects.filter(pk=row.pk).update(state="submitted")
    given = {"relation": marked["link"]["id"], "verdict": "fix"}
    proposal = {"attributes": {"stance": "affirm"}}
    made = answered(reviewer.post(path, given | {"proposal": proposal}), 201)
    link = {"from": marked["claim"]["id"], "to": marked["source"]["id"], "type": "ATTRIBUTED_TO"}
    assert made["proposal"] == link | proposal
    for wrong, code in (
        ({"to": str(uuid4())}, "bad_review"),
        ({"type": "NOPE"}, "unknown_relation"),
        ({"from": link["to"]}, "relation_not_joined"),
        ({"attributes": {"x": 1}}, "bad_attribute"),
    ):
        problem(reviewer.post(path, given | {"proposal": wrong}), 422, code)


@pytest.mark.parametrize("state", ["open", "returned", "approved"])
def test_only_a_submitted_set_is_judged(
    row: AnnotationSet, path: str, handed_in: dict[str, Any], reviewer: Caller, state: str
) -> None:
    AnnotationSet.objects.filter(pk=row.pk).update(state=state)
    given = {"span": handed_in["said"]["id"], "verdict": "accept"}
    problem(reviewer.post(path, given), 409, "wrong_state")
    problem(reviewer.post(f"{path}accept-rest/"), 409, "wrong_state")


def test_nobody_judges_their_own_work(
    project: Project,
    row: AnnotationSet,
    path: str,
    handed_in: Any,
    annotator: Caller,
    manager: Caller,
) -> None:
    manager.patch(f"projects/{project.slug}/", {"peer_review": True})
    assign(row.article, with_peer(project), Task.REVIEW)
    given = {"span": handed_in["said"]["id"], "verdict": "accept"}
    problem(annotator.post(path, given), 403, "own_work")


def with_peer(project: Project) -> Any:
    return make_member(project, Role.ANNOTATOR, "peer")


def test_a_peer_reviews_only_while_the_project_has_peer_review(
    project: Project, row: AnnotationSet, path: str, handed_in: dict[str, Any], manager: Caller
) -> None:
    peer, settings = with_peer(project), f"projects/{project.slug}/"
    given = {"span": handed_in["said"]["id"], "verdict": "accept"}
    handing = {"person": "peer", "role": "review", "article": str(row.article.uuid)}
    problem(manager.post(f"{settings}assignments/", handing), 422, "invalid")
    manager.patch(settings, {"peer_review": True})
    answered(manager.post(f"{settings}assignments/", handing), 201)
    caller = with_token(peer)
    answered(caller.post(path, given), 201)
    next_item = answered(caller.post(f"{settings}next/"))
    assert (next_item["role"], next_item["annotation_set"]) == ("review", str(row.uuid))
    manager.patch(settings, {"peer_review": False})
    problem(caller.post(path, given), 403, "forbidden")
    problem(caller.get(path), 403, "forbidden")
    assert caller.post(f"{settings}next/").status_code == 204


# Comments


def test_people_talk_about_a_set_and_its_units(
    row: AnnotationSet, comments: str, marked: dict[str, Any], annotator: Caller, reviewer: Caller
) -> None:
    first = answered(annotator.post(comments, {"text": "Is this one?"}), 201)
    assert first | {"id": "", "created_at": ""} == {
        "id": "",
        "span": None,
        "relation": None,
        "author": "ana",
        "text": "Is this one?",
        "resolves": False,
        "mentions": [],
        "created_at": "",
    }
    on_span = {"text": "Yes.", "span": marked["claim"]["id"]}
    second = answered(reviewer.post(comments, on_span), 201)
    third = answered(
        annotator.post(comments, {"text": "🙂", "relation": marked["link"]["id"]}), 201
    )
    assert (second["span"], third["relation"]) == (marked["claim"]["id"], marked["link"]["id"])
    assert answered(annotator.get(comments))["results"] == [first, second, third]


def test_a_thread_is_resolved_and_names_whoever_may_read_it(
    comments: str, annotator: Caller, reviewer: Caller
) -> None:
    said = answered(annotator.post(comments, {"text": "@rita @stranger: this one?"}), 201)
    assert said["mentions"] == ["rita"]
    closed = answered(reviewer.post(comments, {"resolves": True}), 201)
    assert (closed["text"], closed["resolves"]) == ("", True)
    assert reviewer.post(f"{comments}read/").status_code == 204


def test_a_comment_under_one_key_is_said_once(comments: str, annotator: Caller) -> None:
    key, given = str(uuid4()), {"text": "Once."}
    first = answered(annotator.post(comments, given, idempotency_key=key), 201)
    assert answered(annotator.post(comments, given, idempotency_key=key), 201) == first
    other = annotator.post(comments, {"text": "Twice."}, idempotency_key=key)
    problem(other, 422, "idempotency_key_reused")
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (None, 422, "invalid"),
        ({}, 422, "invalid"),
        ({"text": " \n"}, 422, "invalid"),
        ({"text": 7}, 422, "invalid"),
        ({"text": "x" * 10_001}, 422, "invalid"),
        ({"text": "\0"}, 422, "bad_text"),
        (b'{"text": "\\udfff"}', 400, "malformed"),
        ({"text": "x", "span": "7"}, 422, "invalid"),
        ({"text": "x", "span": str(uuid4())}, 422, "unknown_unit"),
        ({"text": "x", "relation": str(uuid4())}, 422, "unknown_unit"),
        ({"text": "x", "span": str(uuid4()), "relation": str(uuid4())}, 422, "invalid"),
        ({"text": "x", "author": "ben"}, 422, "invalid"),
        ([1], 400, "malformed"),
    ],
)
def test_a_comment_that_is_none_is_refused(
    comments: str, annotator: Caller, body: Any, status: int, code: str
) -> None:
    before = written()
    problem(annotator.post(comments, body), status, code)
    assert written() == before


def test_a_deleted_span_may_still_be_talked_about(
    row: AnnotationSet, ana: Any, comments: str, marked: dict[str, Any], annotator: Caller
) -> None:
    span = marked["claim"]["id"]
    apply(row, ana, {"op": "delete_span", "id": span})
    assert answered(annotator.post(comments, {"text": "Why?", "span": span}), 201)["span"] == span
