"""Changing the scheme with what is labelled, by a manager without script: look, change, go on, take back."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from labels.actions import carrying, migration
from labels.actions import scheme as schemes
from labels.actions.access import Actor
from labels.models import AnnotationSet, Migration, Project, Scheme, Span

from ..factories import SCHEME, TEXT, add_span, apply, make_article, make_set
from .conftest import Visit, texts

pytestmark = pytest.mark.django_db

RENAME = {"kind": "rename", "what": "label:CLAIM", "to": "STATEMENT", "title": ""}


def address(project: Project) -> str:
    return f"/projects/{project.slug}/scheme/migrations/"


@pytest.fixture
def sets(project: Project, ana: Actor) -> list[AnnotationSet]:
    found = []
    for number in range(3):
        found.append(row := make_set(make_article(project, f"{TEXT} Number {number}."), ana))
        apply(row, ana, add_span(TEXT, "CLAIM", "Taxes fell 5%", attributes={"form": "direct"}))
    return found


def labels(project: Project) -> set[str]:
    found = Span.objects.filter(annotation_set__article__project=project)
    return set(found.values_list("label", flat=True))


def test_it_is_looked_at_then_done_then_taken_back(
    project: Project, manager: Actor, visit: Visit, sets: list[AnnotationSet]
) -> None:
    browser = visit(manager)
    looked = browser.post(address(project), RENAME | {"do": "look"})
    assert looked.status_code == 200
    assert texts(looked, "h2")[0] == "CLAIM is now STATEMENT."
    assert looked.context["counts"] == "3 spans in 3 sets"
    assert f"/annotation-sets/{sets[0].uuid}/review/#span-" in looked.text
    assert labels(project) == {"CLAIM"}
    what = looked.context["what"]
    done = browser.post(address(project), {"do": "apply", "what": what}, follow=True)
    assert texts(done, "h1") == ["CLAIM is now STATEMENT."]
    assert labels(project) == {"STATEMENT"}
    again = browser.post(address(project), {"do": "look", "what": done.context["what"]})
    assert texts(again, "h2")[0] == "STATEMENT is now CLAIM."
    browser.post(address(project), {"do": "apply", "what": again.context["what"]})
    assert labels(project) == {"CLAIM"}
    assert Scheme.objects.filter(project=project).latest("version").definition == SCHEME | {
        "version": 3
    }
    (row,) = Migration.objects.filter(undoes=None)
    taken_back = browser.get(f"{address(project)}{row.uuid}/")
    assert "This was taken back." in taken_back.text
    shown = browser.get(f"/projects/{project.slug}/scheme/")
    assert "CLAIM is now STATEMENT." in shown.text


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (
            {
                "kind": "rename",
                "what": "label:CLAIM:form:direct",
                "to": "quoted",
                "title": "Quoted",
            },
            {
                "kind": "rename",
                "label": "CLAIM",
                "attribute": "form",
                "value": "direct",
                "to": "quoted",
                "title": "Quoted",
            },
        ),
        (
            {"kind": "rename", "what": "relation:ABOUT", "to": "CONCERNS"},
            {"kind": "rename", "relation": "ABOUT", "to": "CONCERNS"},
        ),
        (
            {"kind": "merge", "labels": ["SOURCE", "CUE"], "to": "ENTITY", "overlap": "free"},
            {"kind": "merge", "labels": ["SOURCE", "CUE"], "to": "ENTITY", "overlap": "free"},
        ),
        (
            {"kind": "split", "what": "CLAIM:form", "into": "direct = QUOTE\r\nmixed=QUOTE\r\n"},
            {
                "kind": "split",
                "label": "CLAIM",
                "attribute": "form",
                "into": {"direct": "QUOTE", "mixed": "QUOTE"},
            },
        ),
        (
            {"kind": "split", "what": "CLAIM", "into": "QUOTE\nREPORT"},
            {"kind": "split", "label": "CLAIM", "into": ["QUOTE", "REPORT"]},
        ),
        ({"kind": "retire", "label": "retire:CUE"}, {"kind": "retire", "label": "CUE"}),
    ],
)
def test_each_form_says_what_the_action_reads(
    project: Project, manager: Actor, visit: Visit, given: dict[str, str], kept: dict[str, str]
) -> None:
    browser = visit(manager)
    looked = browser.post(address(project), given | {"do": "look"})
    assert looked.status_code == 200, looked.text
    browser.post(address(project), {"do": "apply", "what": looked.context["what"]})
    assert Migration.objects.get().what == kept


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "rename", "what": "label:CLAIM"}, "Please look at the marked fields."),
        ({"kind": "rename", "what": "label:NONE", "to": "X"}, "Please look at the marked fields."),
        (
            {"kind": "rename", "what": "label:CLAIM", "to": "CUE"},
            "There is a “CUE” already. To make one of two, merge them.",
        ),
        (
            {"kind": "rename", "what": "label:CLAIM", "to": "a name"},
            "A name is a letter, then letters, digits, _ . or -.",
        ),
        (
            {"kind": "split", "what": "CLAIM:form", "into": "direct"},
            "Write each line as value = NEW_NAME.",
        ),
        ({"kind": "split", "what": "CLAIM:form", "into": "loud=X"}, "The scheme has no “loud”."),
        ({"what": "{", "do": "apply"}, "Begin again: what was to be changed was lost on the way."),
        ({"what": "[]", "do": "apply"}, "A change of the scheme is an object with “kind”."),
        ({}, "Please look at the marked fields."),
    ],
)
def test_what_cannot_be_is_said_above_the_form(
    project: Project, manager: Actor, visit: Visit, given: dict[str, str], said: str
) -> None:
    answer = visit(manager).post(address(project), {"do": "look"} | given)
    assert answer.status_code == 422
    assert said in texts(answer, "notice")[0]
    assert not Migration.objects.exists()


def test_clashes_lead_to_their_spans_and_offer_no_change(
    project: Project, manager: Actor, ana: Actor, visit: Visit, sets: list[AnnotationSet]
) -> None:
    apply(sets[1], ana, add_span(TEXT, "CUE", "said"), add_span(TEXT, "ENTITY", "Ruiz said"))
    given = {"kind": "merge", "labels": ["CUE"], "to": "ENTITY", "do": "look"}
    answer = visit(manager).post(address(project), given)
    assert f"/annotation-sets/{sets[1].uuid}/review/#span-" in answer.text
    assert 'value="apply"' not in answer.text


def test_a_long_one_tells_how_far_it_is_and_is_gone_on_with(
    project: Project,
    manager: Actor,
    visit: Visit,
    sets: list[AnnotationSet],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(carrying, "SPANS", 1)
    monkeypatch.setattr(migration, "SECONDS", 0)
    browser = visit(manager)
    what = '{"kind": "retire", "label": "CUE"}'
    page = browser.post(address(project), {"do": "apply", "what": what}, follow=True)
    assert "1 of 3 sets are carried along." in page.text
    here = page.redirect_chain[-1][0]
    assert "A change is not finished yet." in browser.get(address(project)).text
    for _ in range(3):
        page = browser.post(here, follow=True)
    assert "are carried along." in texts(page, "notice")[0]
    assert "Go on" not in page.text


def test_what_stays_and_what_is_to_be_looked_at_is_named(
    project: Project, manager: Actor, ana: Actor, visit: Visit, sets: list[AnnotationSet]
) -> None:
    apply(sets[0], ana, add_span(TEXT, "CUE", "said"))
    less = SCHEME | {"labels": SCHEME["labels"][:1], "relations": []}
    less["labels"] = [
        {**each, "attributes": [x for x in each["attributes"] if x["type"] != "span"]}
        for each in less["labels"]
    ]
    schemes.add_version(by=manager, slug=project.slug, definition=less)
    browser = visit(manager)
    given = {"kind": "split", "what": "CLAIM", "into": "QUOTE", "do": "look"}
    looked = browser.post(address(project), given)
    assert "3 sets are of versions" in looked.text
    page = browser.post(
        address(project), {"do": "apply", "what": looked.context["what"]}, follow=True
    )
    assert "1 set stays at its version" in page.text
    assert f"/annotation-sets/{sets[0].uuid}/review/" in page.text
    assert "3 spans have the old label." in page.text


@pytest.mark.parametrize("who", ["ana", "rita"])
def test_only_managers_come_here(
    request: pytest.FixtureRequest, project: Project, visit: Visit, who: str
) -> None:
    browser = visit(request.getfixturevalue(who))
    assert browser.get(address(project)).status_code == 403
    assert browser.post(address(project), RENAME | {"do": "look"}).status_code == 403


def test_the_page_costs_the_same_with_one_change_and_with_three(
    project: Project,
    manager: Actor,
    visit: Visit,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = visit(manager)

    def retire(label: str) -> None:
        migration.begin(by=manager, slug=project.slug, what={"kind": "retire", "label": label})

    retire("CUE")
    with django_assert_num_queries(7):
        browser.get(address(project))
    retire("SOURCE")
    retire("ENTITY")
    with django_assert_num_queries(7):
        assert len(browser.get(address(project)).context["made"]) == 3
