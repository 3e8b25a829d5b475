"""The scheme: read by all members, changed by managers."""

from __future__ import annotations

import json

import pytest
from pytest_django import DjangoAssertNumQueries

from labels.actions import scheme as schemes
from labels.actions.access import Actor
from labels.models import Project, Scheme

from ..factories import SCHEME
from .conftest import Visit, texts

pytestmark = pytest.mark.django_db

SMALL = {"name": "Small", "labels": [{"name": "THING", "title": "Thing", "key": "t"}]}


def address(project: Project) -> str:
    return f"/projects/{project.slug}/scheme/"


def versions(project: Project) -> list[int]:
    return list(Scheme.objects.filter(project=project).values_list("version", flat=True))


@pytest.mark.parametrize("who", ["manager", "rita", "ana"])
def test_every_member_may_read_it(
    request: pytest.FixtureRequest, project: Project, visit: Visit, who: str
) -> None:
    answer = visit(request.getfixturevalue(who)).get(address(project))
    assert texts(answer, "h1") == ["Attributed claims in news"]
    assert texts(answer, "lede") == ["Version 1, 4 labels, 8 kinds of links."]
    assert texts(answer, "mark") == ["Claim", "Source", "Cue", "Entity"]


def test_conditions_are_said_in_words(project: Project, ana: Actor, visit: Visit) -> None:
    claim = visit(ana).get(address(project)).context["scheme"].labels[0]
    rules = {each.name: each.rules for each in claim.attributes}
    assert rules["form"] == ["needed"]
    assert rules["claim_type"] == [
        "needed if Check-worthiness is “factual, minor” or “check-worthy”",
        "not asked if Check-worthiness is “not factual”",
    ]


def test_strangers_find_nothing(project: Project, stranger: Actor, visit: Visit) -> None:
    assert visit(stranger).get(address(project)).status_code == 404


@pytest.mark.parametrize("who", ["ana", "rita"])
def test_only_managers_change_it(
    request: pytest.FixtureRequest, project: Project, visit: Visit, who: str
) -> None:
    client = visit(request.getfixturevalue(who))
    assert client.get(address(project), {"edit": "1"}).status_code == 403
    given = {"do": "save", "definition": json.dumps(SMALL)}
    assert client.post(address(project), given).status_code == 403
    assert versions(project) == [1]
    assert b"?edit=1" not in client.get(address(project)).content


def test_the_editor_begins_with_the_scheme_as_it_stands(
    project: Project, manager: Actor, visit: Visit
) -> None:
    answer = visit(manager).get(address(project), {"edit": "1"})
    shown = answer.context["form"]["definition"].value()
    assert json.loads(shown) == SCHEME | {"version": 1}


def test_a_check_saves_nothing(project: Project, manager: Actor, visit: Visit) -> None:
    given = {"do": "check", "definition": json.dumps(SMALL)}
    answer = visit(manager).post(address(project), given)
    assert (answer.status_code, versions(project)) == (200, [1])
    assert texts(answer, "notice") == ["No faults. Nothing is saved yet."]
    assert json.loads(texts(answer, "textarea")[0]) == SMALL


def test_saving_makes_a_version_and_the_old_one_can_be_read(
    project: Project, manager: Actor, visit: Visit
) -> None:
    client = visit(manager)
    given = {"do": "save", "definition": json.dumps(SMALL)}
    answer = client.post(address(project), given, follow=True)
    assert texts(answer, "notice") == ["This is now version 2 of the scheme."]
    assert texts(answer, "mark") == ["Thing"]
    old = client.get(address(project), {"version": "1"})
    assert texts(old, "mark") == ["Claim", "Source", "Cue", "Entity"]


def test_saving_the_same_makes_no_version(project: Project, manager: Actor, visit: Visit) -> None:
    given = {"do": "save", "definition": json.dumps(SCHEME)}
    answer = visit(manager).post(address(project), given, follow=True)
    assert versions(project) == [1]
    assert texts(answer, "notice") == ["That is the scheme as it stands: no new version was made."]


def test_every_fault_is_shown_with_its_place_and_the_text_is_kept(
    project: Project, manager: Actor, visit: Visit
) -> None:
    wrong = {"name": "", "labels": [{"name": "1st"}], "colour": "red"}
    for do in ("check", "save"):
        given = {"do": do, "definition": json.dumps(wrong)}
        answer = visit(manager).post(address(project), given)
        assert answer.status_code == 422
        places = [each["field"] for each in answer.context["faults"]]
        assert places == ["(scheme).colour", "name", "labels[0].name"]
        assert all(place in texts(answer, "code") for place in places)
        assert json.loads(texts(answer, "textarea")[0]) == wrong
    assert versions(project) == [1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"name": "x",\n  labels: []}', "Not JSON: "),
        ("[" * 60 + "]" * 60, "This is nested deeper than any scheme."),
        ('{"name": "\\ud800"}', "Not JSON: "),
        ('{"name": "\\u0000"}', "NUL (\\u0000) cannot be kept."),
        ('{"name": NaN}', "Not JSON: "),
        ("", "This is needed."),
    ],
)
def test_what_is_no_json_is_said_at_the_field(
    project: Project, manager: Actor, visit: Visit, text: str, said: str
) -> None:
    answer = visit(manager).post(address(project), {"do": "save", "definition": text})
    assert answer.status_code == 422
    (error,) = texts(answer, "error")
    assert error.startswith(said)
    assert texts(answer, "notice") == [error]
    assert versions(project) == [1]


@pytest.mark.parametrize("number", ["7", "x", "99999999999999999999", "-1"])
def test_a_version_that_is_none_is_not_found(
    project: Project, ana: Actor, visit: Visit, number: str
) -> None:
    assert visit(ana).get(address(project), {"version": number}).status_code == 404


def test_a_guideline_that_is_one_text_stands_before_the_labels(
    project: Project, manager: Actor, visit: Visit
) -> None:
    definition = SMALL | {"guideline": "First think.\n\nThen mark."}
    schemes.add_version(by=manager, slug=project.slug, definition=definition)
    answer = visit(manager).get(address(project))
    assert answer.context["scheme"].guideline == ["First think.", "Then mark."]
    assert texts(answer, "h2")[0] == "Guideline"


def test_it_costs_the_same_with_one_version_and_with_three(
    project: Project,
    manager: Actor,
    visit: Visit,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = visit(manager)
    for more in (0, 2):
        for number in range(more):
            definition = SMALL | {"description": str(number)}
            schemes.add_version(by=manager, slug=project.slug, definition=definition)
        with django_assert_num_queries(5):
            answer = client.get(address(project))
        assert len(answer.context["versions"]) == 1 + more
