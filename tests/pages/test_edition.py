"""The texts of an article, and carrying one's marks over, without script."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from labels.actions import comment
from labels.actions.access import Actor
from labels.models import AnnotationSet, Article, Assignment, Project, Span
from labels.pages.edition import pieces
from labels.text.diff import diff
from labels.vocabulary import Task

from ..factories import TEXT, add_span, apply, assign, make_article, make_set
from .conftest import Visit, texts

pytestmark = pytest.mark.django_db

NEWER = TEXT.replace("in Lima", "in old Lima").replace("Monday", "Friday")


@pytest.fixture
def row(project: Project, ana: Actor) -> AnnotationSet:
    made = make_set(make_article(project, publisher="Kyodo"), ana)
    spans = [add_span(TEXT, "SOURCE", "Ruiz"), add_span(TEXT, "CLAIM", "spoke on Monday in Lima")]
    apply(made, ana, *spans)
    return made


@pytest.fixture
def newer(row: AnnotationSet) -> Article:
    return make_article(row.article.project, NEWER, supersedes=str(row.article.uuid))


def address(of: Article) -> str:
    return f"/articles/{of.uuid}/versions/"


def test_a_manager_adds_a_newer_text_and_hands_it_out(
    row: AnnotationSet, manager: Actor, visit: Visit
) -> None:
    browser = visit(manager)
    here = address(row.article)
    assert "There is a newer text" not in browser.get(f"/articles/{row.article.uuid}/").text
    made = browser.post(here, {"do": "add", "text": NEWER}, follow=True)
    new = Article.objects.get(supersedes=row.article)
    assert made.redirect_chain[-1][0] == address(new)
    assert (new.version, new.publisher, new.title) == (2, "Kyodo", row.article.title)
    assert "There is a newer text" in browser.get(f"/articles/{row.article.uuid}/").text
    browser.post(address(new), {"do": "offer"})
    assert [each.person.username for each in Assignment.objects.filter(article=new)] == ["ana"]
    again = browser.post(here, {"do": "add", "text": "Yet another."})
    assert again.status_code == 409
    assert "newer one already" in again.text


def test_what_has_gone_and_come_is_told_apart_without_colour(
    newer: Article, manager: Actor, visit: Visit
) -> None:
    shown = visit(manager).get(address(newer))
    assert texts(shown, "del") == ["gone: Monday in"]
    assert texts(shown, "ins") == ["come: Friday in old"]


@pytest.mark.parametrize(
    ("words", "last"),
    [
        (" ".join(f"word{number}" for number in range(100)), " word22 word23"),
        ("首相は東京で会見した。" * 50, "首相は東京で"),
    ],
)
def test_what_is_the_same_is_cut_between_words_and_shown_without_blanks_too(
    words: str, last: str
) -> None:
    gone, same, cut = pieces(diff(f"Ago {words}", words))
    assert (gone.kind, same.kind, cut.kind) == ("gone", "same", "cut")
    assert words.startswith(same.text)
    assert same.text.endswith(last)


def test_marks_are_carried_over_and_settled(
    row: AnnotationSet, newer: Article, ana: Actor, visit: Visit
) -> None:
    assign(newer, ana, Task.ANNOTATE)
    browser, here = visit(ana), address(newer)
    assert "1 span comes along. 1 is for you to settle." in browser.get(here).text
    given = {"set": str(row.uuid)}
    shown = browser.post(here, given | {"do": "carry"}, follow=True)
    assert "1 span was carried over." in shown.text
    claim = Span.objects.get(annotation_set=row, label="CLAIM")
    settle = given | {"span": str(claim.uuid)}
    refused = browser.post(here, settle | {"do": "settle:dropped"})
    assert (refused.status_code, "Say why" in refused.text) == (422, True)
    dropped = settle | {"do": "settle:dropped", "reason": "It says so no longer."}
    assert "It says so no longer." in browser.post(here, dropped, follow=True).text
    browser.post(here, settle | {"do": "settle:open"})
    (line,) = browser.get(here).context["carrying"].unsettled
    place = line.places[0].value
    browser.post(here, settle | {"do": "settle:carried", "place": place})
    made = Span.objects.filter(annotation_set__article=newer).live()
    assert sorted(made.values_list("label", flat=True)) == ["CLAIM", "SOURCE"]
    browser.post(here, given | {"do": "undo"})
    assert made.count() == 0
    for odd in ({"do": "settle:carried"}, settle | {"do": "burn"}):
        assert browser.post(here, odd).status_code == 404
    for place in ("{", "3", "[[]]"):
        answer = browser.post(here, settle | {"do": "settle:carried", "place": place})
        assert answer.status_code == 422


def test_it_costs_the_same_for_one_text_and_three(
    newer: Article,
    manager: Actor,
    visit: Visit,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = visit(manager)
    last = newer
    for number in range(2):
        with django_assert_num_queries(14):
            browser.get(address(last))
        last = make_article(last.project, f"{NEWER} {number}", supersedes=str(last.uuid))


def test_what_stays_with_the_older_text_is_told_to_managers(
    row: AnnotationSet, newer: Article, manager: Actor, ana: Actor, visit: Visit
) -> None:
    assign(newer, ana, Task.ANNOTATE)
    for said in ("Is this so?", "It is."):
        comment.add(by=ana, uuid=row.uuid, said=said)
    page = visit(manager).get(address(newer)).content.decode()
    assert "What stays with the older text" in page
    assert "<span>2 comments</span>" in page
    assert "gold set" not in page
    own = visit(ana).get(address(newer)).content.decode()
    assert "What stays with the older text" in own
    assert "2 comments" not in own
    assert "What stays" not in visit(manager).get(address(row.article)).content.decode()
