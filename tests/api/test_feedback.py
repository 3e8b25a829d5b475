"""One's corrections by the API."""

from __future__ import annotations

from collections import Counter
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from labels.actions import adjudication, annotation, review
from labels.models import Project, Span
from labels.vocabulary import Choice, Scope

from ..factories import TEXT, add_span, apply, make_article, make_set
from ..people import Crowd, make_crowd
from .caller import answered, problem, with_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd(project: Project) -> Crowd:
    """Settle the story the way Ana has it."""
    crowd = make_crowd(project)
    adjudication.start(by=crowd.rita, article=crowd.article.uuid)
    ana = crowd.sets["ana"].uuid
    for item in crowd.bench.items:
        there = item.cluster and any(each.set == ana for each in item.cluster.present)
        choice = Choice.TAKE if there else Choice.NONE
        crowd.decide(
            item.key, choice, set=ana if there else None, reason="guideline", note="See 2."
        )
    crowd.do(adjudication.finish)
    return crowd


def test_each_gets_their_own_corrections_alone(crowd: Crowd) -> None:
    path = f"projects/{crowd.project.slug}/feedback/"
    ana = answered(with_token(crowd.people["ana"]).get(f"{path}summary/"))
    assert (ana["corrections"], ana["articles"], ana["spans"]["f1_exact"]) == (0, 1, 1.0)
    caller = with_token(crowd.people["ben"])
    ben, summary = answered(caller.get(path)), answered(caller.get(f"{path}summary/"))
    assert summary["spans"]["f1_exact"] < 1
    (month,) = summary["months"]
    assert (month["articles"], month["spans"]) == (1, summary["spans"])
    kinds = [kind for each in ben["results"] for kind in each["kinds"]]
    assert {each["kind"]: each["count"] for each in month["corrections"]} == Counter(kinds)
    boundary = next(each for each in ben["results"] if each["kinds"] == ["boundary"])
    assert (boundary["source"], boundary["label"]) == ("gold", "CLAIM")
    assert (boundary["reason"], boundary["note"]) == ("guideline", "See 2.")
    assert boundary["had"] == "Tokyo tightened export controls"
    assert boundary["had_label"] == "CLAIM"
    assert boundary["now"].endswith("in July")
    attribute = next(each for each in ben["results"] if "attribute" in each["kinds"])
    assert attribute["values"] == [{"attribute": "form", "had": "mixed", "now": "indirect"}]
    assert attribute["links"] == [
        {"type": "ATTRIBUTED_TO", "had": ["Ito"], "now": ["a government source"]}
    ]
    assert boundary["links"] == []
    assert "rita" not in str(ben)
    carl = answered(with_token(crowd.people["carl"]).get(path))
    mine, others = ({each["id"] for each in one["results"]} for one in (ben, carl))
    assert mine != others


def test_the_list_is_paged_and_chosen_from(crowd: Crowd) -> None:
    path, ben = f"projects/{crowd.project.slug}/feedback/", with_token(crowd.people["ben"])
    whole = [each["id"] for each in answered(ben.get(path))["results"]]
    assert len(whole) > 3
    seen, address, before = [], f"{path}?page_size=2", None
    while address:
        page = answered(ben.get(address.partition("/api/v1/")[2] or address))
        seen += [each["id"] for each in page["results"]]
        before, address = page["previous"], page["next"]
    assert seen == whole
    assert before
    back = answered(ben.get(before.partition("/api/v1/")[2]))
    last = len(page["results"])
    assert [each["id"] for each in back["results"]] == whole[-last - 2 : -last]
    chosen = answered(ben.get(f"{path}?kind=boundary&source=gold"))["results"]
    assert chosen
    assert all("boundary" in each["kinds"] for each in chosen)
    assert answered(ben.get(f"{path}?source=review"))["results"] == []
    problem(ben.get(f"{path}?kind=mood"), 422, "invalid")
    problem(ben.get(f"{path}?cursor=xyz"), 400, "malformed")


def test_a_correction_is_answered_once(crowd: Crowd) -> None:
    path = f"projects/{crowd.project.slug}/feedback/"
    ben = with_token(crowd.people["ben"])
    ids = {each["id"] for each in answered(ben.get(path))["results"]}
    foreign = {
        each["id"] for each in answered(with_token(crowd.people["carl"]).get(path))["results"]
    } - ids
    first = min(ids)
    problem(ben.post(path, {"correction": first, "text": ""}), 422, "invalid")
    problem(ben.post(path, {"correction": first, "text": 7}), 422, "invalid")
    problem(ben.post(path, {"correction": "x", "text": "Why?"}), 422, "invalid")
    problem(ben.post(path, {"correction": str(uuid4()), "text": "Why?"}), 404, "not_found")
    for each in foreign:
        problem(ben.post(path, {"correction": each, "text": "Why?"}), 404, "not_found")
    only = with_token(crowd.people["ben"], [Scope.ANNOTATE])
    made = answered(only.post(path, {"correction": first, "text": "Why?"}), 201)
    assert (made["correction"], made["text"]) == (first, "Why?")
    problem(ben.post(path, {"correction": first, "text": "Again?"}), 409, "already_exists")
    told = {each["id"]: each["answer"] for each in answered(ben.get(path))["results"]}
    assert [each for each in told if told[each]] == [first]
    reads = with_token(crowd.people["ben"], [Scope.READ])
    problem(reads.post(path, {"correction": first, "text": "Why?"}), 403, "scope_missing")


def test_it_costs_the_same_with_one_correction_and_with_three(
    project: Project, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    crowd = make_crowd(project)
    ana, path = crowd.people["ana"], f"projects/{project.slug}/feedback/"
    caller = with_token(ana)
    for count in (1, 3):
        while len(answered(caller.get(path))["results"]) < count:
            article = make_article(project, f"{TEXT} {uuid4()}")
            row = make_set(article, ana)
            apply(row, ana, add_span(TEXT, "CUE", "said"))
            row = annotation.submit(by=ana, uuid=row.uuid, if_match=2)
            review.judge(
                by=type(ana)(project.created_by),
                uuid=row.uuid,
                verdict="reject",
                reason="label",
                span=Span.objects.get(annotation_set=row).uuid,
            )
        with django_assert_num_queries(8):
            assert len(answered(caller.get(path))["results"]) == count
