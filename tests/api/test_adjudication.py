"""Disagreements and adjudication by the API."""

from __future__ import annotations

import csv
import io
import re
from typing import Any
from uuid import uuid4

import orjson
import pytest
from pytest_django import DjangoAssertNumQueries

from labels.actions import adjudication, annotation
from labels.actions import project as projects
from labels.actions.access import Actor
from labels.models import AnnotationSet, Project
from labels.vocabulary import Choice, Difference, Role

from ..factories import TEXT, add_span, apply, make_article, make_member, make_set
from ..people import Crowd, make_crowd
from .caller import Caller, answered, problem, with_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd(project: Project) -> Crowd:
    return make_crowd(project)


@pytest.fixture
def rita(crowd: Crowd) -> Caller:
    return with_token(crowd.rita)


@pytest.fixture
def path(crowd: Crowd) -> str:
    return f"articles/{crowd.article.uuid}/adjudication/"


def headers(version: int) -> dict[str, str]:
    return {"if_match": f'"{version}"', "idempotency_key": str(uuid4())}


def test_from_start_to_finish(rita: Caller, path: str) -> None:
    before = answered(rita.get(path))
    assert (before["annotation_set"], before["version"]) == (None, 0)
    started = rita.post(path)
    body = answered(started, 201)
    assert (started.headers["ETag"], body["annotation_set"]["kind"]) == ('"1"', "gold")
    assert answered(rita.post(path))["annotation_set"]["id"] == body["annotation_set"]["id"]
    body = answered(rita.post(f"{path}agreements/", **headers(1)))
    assert body["progress"]["decided"] == body["progress"]["agreements"] > 0
    for unit in [each for each in body["units"] if not each["decided"]]:
        there = next(each["set"] for each in unit["versions"] if each["spans"])
        sent = {"unit": unit["unit"], "choice": "take", "set": there, "reason": "guideline"}
        body = answered(rita.post(f"{path}decisions/", sent, **headers(body["version"])))
    assert body["progress"]["decided"] == body["progress"]["units"]
    body = answered(rita.post(f"{path}finish/", if_match=f'"{body["version"]}"'))
    assert body["annotation_set"]["state"] == "approved"
    body = answered(rita.post(f"{path}reopen/", if_match=f'"{body["version"]}"'))
    assert body["annotation_set"]["state"] == "open"
    body = answered(rita.post(f"{path}undo/", **headers(body["version"])))
    assert body["progress"]["decided"] == body["progress"]["units"] - 1
    log = answered(rita.get(f"{path}decisions/?page_size=500"))["results"]
    assert [each["choice"] for each in log][-1] == "undo"
    assert {each["decided_by"] for each in log} == {"rita"}


def test_every_kind_is_told_in_words(rita: Caller, path: str) -> None:
    units = answered(rita.get(path))["units"]
    told = {each["type"]: each["explanation"] for unit in units for each in unit["differences"]}
    assert set(told) == set(Difference.values)
    assert all(sentence.endswith(".") for sentence in told.values())
    boundary = "ben ends at “tightened export controls”, ana and carl 5 words later."
    assert told["boundary"] in (boundary, boundary.replace("5", "five"))


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"unit": "nothing"}, 404, "not_found"),
        ({"choice": "perhaps"}, 422, "invalid"),
        ({"choice": "undo"}, 422, "bad_decision"),
        ({"choice": "take"}, 422, "bad_decision"),
        ({"choice": "take", "set": str(uuid4())}, 422, "bad_decision"),
        ({"choice": "take", "set": 7}, 422, "invalid"),
        ({"choice": "keep"}, 422, "bad_decision"),
        ({"choice": "merge", "merge": "half"}, 422, "invalid"),
        ({"choice": "edit", "label": "NONSENSE"}, 422, "unknown_label"),
        ({"choice": "edit", "label": ["CLAIM"]}, 422, "unknown_label"),
        ({"choice": "edit", "fragments": []}, 422, "bad_offsets"),
        ({"choice": "edit", "fragments": [{"start": 0, "end": 5}]}, 422, "quote_missing"),
        ({"choice": "edit", "attributes": []}, 422, "bad_decision"),
        ({"choice": "edit", "attributes": {"nonsense": 1}}, 422, "bad_attribute"),
        ({"choice": "none", "reason": "x" * 201}, 422, "invalid"),
        ({"choice": "none", "note": 7}, 422, "invalid"),
    ],
)
def test_what_cannot_be_decided_is_refused(
    rita: Caller, path: str, change: dict[str, Any], status: int, code: str
) -> None:
    answered(rita.post(path), 201)
    unit = answered(rita.get(path))["units"][0]["unit"]
    sent = {"unit": unit, "choice": "none"} | change
    problem(rita.post(f"{path}decisions/", sent, **headers(1)), status, code)
    assert answered(rita.get(path))["version"] == 1


def test_what_lacks_its_headers_is_refused(rita: Caller, path: str) -> None:
    answered(rita.post(path), 201)
    body = {"unit": "x", "choice": "none"}
    keyed = {"idempotency_key": str(uuid4())}
    problem(rita.post(f"{path}decisions/", body, **keyed), 428, "if_match_missing")
    problem(rita.post(f"{path}decisions/", body, if_match='"1"'), 400, "idempotency_key_missing")
    problem(rita.post(f"{path}undo/", **headers(7)), 412, "stale_version")
    problem(rita.post(f"{path}undo/", **headers(1)), 404, "not_found")
    refused = problem(rita.post(f"{path}finish/", if_match='"1"'), 422, "incomplete")
    assert {each["code"] for each in refused["errors"]} == {"undecided"}


def test_a_gold_set_that_lacks_something_is_not_finished(
    crowd: Crowd, rita: Caller, path: str
) -> None:
    answered(rita.post(path), 201)
    for item in crowd.bench.items:
        first = item.cluster.present[0]  # type: ignore[union-attr]  # none is gone
        crowd.decide(item.key, Choice.EDIT, attributes={}, set=first.set)
    refused = problem(
        rita.post(f"{path}finish/", if_match=f'"{crowd.gold.version}"'), 422, "incomplete"
    )
    assert {each["code"] for each in refused["errors"]} == {"required"}
    assert {each["field"] for each in refused["errors"]} <= {each.key for each in crowd.bench.items}


def test_what_was_not_started_is_not_decided(rita: Caller, path: str) -> None:
    problem(rita.post(f"{path}agreements/", **headers(0)), 404, "not_found")


def test_own_work_and_too_few_sets(crowd: Crowd, rita: Caller, path: str, project: Project) -> None:
    problem(with_token(crowd.people["ana"]).get(path), 403, "own_work")
    problem(with_token(make_member(project, Role.ANNOTATOR)).get(path), 403, "forbidden")
    lonely = make_article(project, "One report alone.")
    problem(rita.get(f"articles/{lonely.uuid}/adjudication/"), 409, "too_few_sets")
    chief = Actor(project.created_by)
    make_set(crowd.article, chief)
    problem(with_token(chief).get(path), 403, "own_work")


def test_a_blind_project_names_nobody(crowd: Crowd, rita: Caller, path: str) -> None:
    chief = Actor(crowd.project.created_by)
    projects.change(by=chief, address=crowd.project.slug, settings={"blind": True})
    answer = rita.get(path)
    assert [each["annotator"] for each in answered(answer)["sets"]] == ["A", "B", "C"]
    listed = rita.get(f"projects/{crowd.project.slug}/disagreements/")
    for each in (answer, listed):
        assert re.findall(r"\b(?:ana|ben|carl)\b", each.content.decode()) == []


# The list


def test_the_list_of_disagreements_and_its_filters(crowd: Crowd, rita: Caller) -> None:
    path = f"projects/{crowd.project.slug}/disagreements/"

    def found(query: str = "") -> list[dict[str, Any]]:
        (row,) = answered(rita.get(path + query))["results"]
        return list(row["disagreements"])

    everything = found()
    kinds = [[each["type"] for each in unit["differences"]] for unit in everything]
    assert all(kinds)
    for kind in Difference.values:
        assert len(found(f"?type={kind}")) == sum(kind in each for each in kinds) > 0
    assert len(found("?label=ENTITY")) == 1
    (talks,) = found("?attribute=form&type=attribute")
    spans = [span for each in talks["versions"] for span in each["spans"]]
    assert sorted(each["attributes"]["form"] for each in spans) == ["indirect", "indirect", "mixed"]
    assert found("?attribute=nothing") == []
    assert len(found(f"?article={crowd.article.uuid}")) == len(everything)
    assert answered(rita.get(f"{path}?article={uuid4()}"))["results"] == []
    problem(rita.get(f"{path}?type=nonsense"), 422, "invalid")
    problem(rita.get(f"{path}?article=7"), 422, "invalid")


def settled(crowd: Crowd, number: int) -> None:
    article = make_article(crowd.project, f"{TEXT} Number {number}.")
    for name in ("ana", "ben"):
        row = make_set(article, crowd.people[name])
        apply(row, crowd.people[name], add_span(TEXT, "CUE", "said"))
        annotation.submit(by=crowd.people[name], uuid=row.uuid, if_match=2)
    adjudication.start(by=crowd.rita, article=article.uuid)


def test_the_list_comes_in_pages_and_costs_the_same(
    crowd: Crowd, rita: Caller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    path = f"projects/{crowd.project.slug}/disagreements/"
    settled(crowd, 0)
    rita.get(path)
    for count in (2, 4):
        for number in range(1, count - 1):
            settled(crowd, number)
        with django_assert_num_queries(9):
            assert len(answered(rita.get(path))["results"]) == count
    first = answered(rita.get(f"{path}?page_size=3"))
    second = answered(rita.get(first["next"]))
    assert [len(each["results"]) for each in (first, second)] == [3, 1]
    assert second["next"] is None


# The export


def test_the_gold_export_tells_of_each_unit_where_it_comes_from(
    crowd: Crowd, manager: Caller
) -> None:
    adjudication.start(by=crowd.rita, article=crowd.article.uuid)
    wanted = crowd.sets["carl"].uuid
    for item in crowd.bench.items:
        there = item.cluster and any(each.set == wanted for each in item.cluster.present)
        if there:
            crowd.decide(item.key, Choice.TAKE, set=wanted, reason="guideline", note="Section 2")
        else:
            crowd.decide(item.key, Choice.NONE)
    answer = manager.get(f"projects/{crowd.project.slug}/export/?set=gold")
    (line,) = [orjson.loads(each) for each in b"".join(answer.streaming_content).splitlines()]
    (gold,) = line["annotation_sets"]
    units = [*gold["spans"], *gold["relations"]]
    own: Any = AnnotationSet.objects.get(uuid=wanted)
    ids = {str(each.uuid) for each in (*own.spans.all(), *own.relations.all())}
    assert len(gold["relations"]) == 4
    assert {each["provenance"]["derived_from"] for each in units} == ids
    for each in units:
        told = each["provenance"]
        assert (told["set"], told["annotator"], told["choice"]) == (str(wanted), "carl", "take")
        assert (told["reason"], told["adjudicator"]) == ("guideline", "rita")
    hidden = manager.get(f"projects/{crowd.project.slug}/export/?set=gold&pseudonyms=true")
    content = b"".join(hidden.streaming_content)
    assert not any(f'"{name}"'.encode() in content for name in ("carl", "rita"))


def test_decisions_are_told_as_a_table(crowd: Crowd, rita: Caller, path: str) -> None:
    answered(rita.post(path), 201)
    boundary = next(each for each in crowd.bench.items if Difference.BOUNDARY in each.kinds)
    ana = crowd.sets["ana"].uuid
    crowd.decide(boundary.key, Choice.TAKE, set=ana, reason="guideline", note="Read, “it”.")
    other = next(each for each in crowd.bench.items if not each.decided)
    crowd.decide(other.key, Choice.NONE, note="=1+1")
    crowd.do(adjudication.undo, key=uuid4())
    answer = rita.get(f"{path}decisions/?format=csv")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
    taken, none, undo = csv.DictReader(io.StringIO(answer.content.decode()))
    assert (taken["choice"], taken["stands"], taken["set"]) == ("take", "yes", str(ana))
    assert (taken["annotator"], taken["decided_by"]) == ("ana", "rita")
    assert (taken["reason"], taken["note"]) == ("guideline", "Read, “it”.")
    assert taken["quote"].startswith("Tokyo tightened export controls on chip")
    assert taken["fragments"] == f"0-{len(taken['quote'])}"
    own = {str(each) for each in crowd.sets["ana"].spans.values_list("uuid", flat=True)}
    assert taken["derived_from"] in own
    assert (none["choice"], none["stands"], none["span"]) == ("none", "no", "")
    assert none["note"] == "'=1+1"  # no spreadsheet runs it
    assert (undo["choice"], undo["undoes"]) == ("undo", none["act"])
    accepted = rita.get(f"{path}decisions/", accept="text/csv")
    assert accepted.content == answer.content
    problem(rita.get(f"{path}decisions/?format=xml"), 422, "invalid")
    projects.change(
        by=Actor(crowd.project.created_by), address=crowd.project.slug, settings={"blind": True}
    )
    blind = rita.get(f"{path}decisions/?format=csv").content.decode()
    assert not re.search(r"\b(?:ana|ben|carl)\b", blind)
