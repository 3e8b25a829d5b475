"""Second looks: asked for, kept from what was marked first, and held against it once they are handed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from labels.actions import adjudication, annotation, comment, look, membership
from labels.actions.access import Actor
from labels.api import urls as api
from labels.errors import Forbidden, WrongState
from labels.models import AnnotationSet, Article, Project, Review
from labels.pages import urls as pages
from labels.queries import assignment, comparison, conversation
from labels.queries import look as looks
from labels.queries import scheme as schemes
from labels.vocabulary import Role, State, Task

from ..factories import (
    TEXT,
    add_span,
    apply,
    assign,
    make_article,
    make_member,
    make_person,
    make_project,
    make_set,
)
from .caller import answered, problem, with_token
from .test_blind import OF_INSTANCE, body, names

pytestmark = pytest.mark.django_db

SPAN = uuid4()
"""The span of Ana's first look: nothing that she is shown may hold its id."""
SECRET = "What I thought of it first"


@pytest.fixture
def chief() -> Actor:
    return make_person("max")


@pytest.fixture
def project(chief: Actor) -> Project:
    return make_project(chief, open_after_submit=True)


@pytest.fixture
def ana(project: Project) -> Actor:
    return make_member(project, Role.ANNOTATOR, "ana")


@pytest.fixture
def first(project: Project, ana: Actor) -> AnnotationSet:
    return handed_in(make_article(project), ana, SPAN)


def handed_in(
    article: Article, whom: Actor, uuid: Any = None, quote: str = "said"
) -> AnnotationSet:
    row = make_set(article, whom)
    apply(row, whom, add_span(article.text, "CUE", quote, uuid=uuid))
    comment.add(by=whom, uuid=row.uuid, said=SECRET)
    version = AnnotationSet.objects.get(pk=row.pk).version
    return annotation.submit(by=whom, uuid=row.uuid, if_match=version)


def asked(chief: Actor, project: Project, count: int = 1) -> list[Any]:
    return look.ask(by=chief, slug=project.slug, person="ana", count=count, days=0)


def again(article: Article, whom: Actor, quote: str = "said") -> AnnotationSet:
    row, _made = annotation.start(by=whom, article=article.uuid)
    apply(row, whom, add_span(article.text, "CUE", quote))
    version = AnnotationSet.objects.get(pk=row.pk).version
    return annotation.submit(by=whom, uuid=row.uuid, if_match=version)


def addresses(first: AnnotationSet, room: Any) -> Iterator[str]:
    """Yield every address of pages or API that is about the project, the article or one of its sets."""
    slug, article = first.article.project.slug, first.article.uuid
    given: list[tuple[Any, ...]] = [(), (slug,), (article,), (first.uuid,)]
    for name, arguments in product(names(room.urlpatterns), given):
        try:
            yield reverse(f"{room.app_name}:{name}", args=arguments)
        except NoReverseMatch:
            continue


def told(client: Any, first: AnnotationSet, room: Any) -> set[str]:
    """Return the addresses that show something of the first look."""
    hidden = (str(SPAN).encode(), SECRET.encode())
    read = {each: body(client.get(each)) for each in dict.fromkeys(addresses(first, room))}
    assert len(read) > len(set(names(room.urlpatterns)) - OF_INSTANCE) / 2
    return {each for each, text in read.items() if any(word in text for word in hidden)}


@pytest.mark.parametrize("role", Role)
def test_nothing_shows_the_first_look_while_the_second_is_due(
    project: Project, chief: Actor, ana: Actor, first: AnnotationSet, role: Role
) -> None:
    membership.add(by=chief, slug=project.slug, username="ana", role=role)
    client = Client()
    client.force_login(ana.person)
    rooms = ((client, pages), (with_token(ana, scopes=SCOPES), api))
    assert all(told(caller, first, room) for caller, room in rooms)
    asked(chief, project)
    for _begun in (False, True):
        # The second visit finds the second look begun: the label page begins it.
        assert [told(caller, first, room) for caller, room in rooms] == [set(), set()]
    assert conversation.threads(ana) == []
    row = AnnotationSet.objects.get(round=2)
    assert row.state == State.OPEN
    annotation.submit(by=ana, uuid=row.uuid, if_match=row.version)
    assert all(told(caller, first, room) for caller, room in rooms)


SCOPES = ["read", "annotate", "review"]


def test_it_comes_as_new_and_goes_to_a_set_of_its_own(
    project: Project, chief: Actor, ana: Actor, first: AnnotationSet
) -> None:
    assert asked(chief, project) == [first.article.uuid]
    (item,) = assignment.to_label(ana)
    assert (item.article, item.state, item.set) == (first.article.uuid, None, None)
    row = again(first.article, ana)
    assert (row.round, row.state) == (2, State.SUBMITTED)
    # Handed in, it is what one has of the article; the first can be read again.
    assert annotation.own(by=ana, article=first.article) == row
    first.refresh_from_db()
    assert first.concealed_at is None
    assert asked(chief, project) == []


def test_only_what_is_old_enough_is_asked_for_and_no_more_than_wanted(
    project: Project, chief: Actor, ana: Actor
) -> None:
    rows = [handed_in(make_article(project, f"{TEXT} {each}"), ana) for each in range(4)]
    old = datetime.now(UTC) - timedelta(days=40)
    AnnotationSet.objects.filter(pk__in=[each.pk for each in rows[:3]]).update(submitted_at=old)
    drawn = look.ask(by=chief, slug=project.slug, person="ana", count=2, days=30)
    rest = look.ask(by=chief, slug=project.slug, person="ana", count=9, days=30)
    assert sorted([*drawn, *rest]) == sorted(each.article.uuid for each in rows[:3])
    assert (len(drawn), len(rest)) == (2, 1)


def test_what_is_taken_back_is_as_before(
    project: Project, chief: Actor, ana: Actor, first: AnnotationSet
) -> None:
    asked(chief, project)
    assert look.withdraw(by=chief, slug=project.slug, person="ana") == [first.article.uuid]
    assert annotation.own(by=ana, article=first.article) == first
    asked(chief, project)
    annotation.start(by=ana, article=first.article.uuid)
    assert look.withdraw(by=chief, slug=project.slug, person="ana") == []


def test_neither_look_is_opened_again(
    project: Project, chief: Actor, ana: Actor, first: AnnotationSet
) -> None:
    asked(chief, project)
    with pytest.raises(Forbidden, match="look at this article again"):
        annotation.reopen(by=ana, uuid=first.uuid, if_match=first.version)
    with pytest.raises(WrongState, match="second look"):
        annotation.give_back(by=chief, uuid=first.uuid, if_match=first.version)
    second = again(first.article, ana)
    for row in (first, second):
        with pytest.raises(WrongState, match="second look"):
            annotation.reopen(by=ana, uuid=row.uuid, if_match=row.version)
        with pytest.raises(WrongState, match="second look"):
            annotation.give_back(by=chief, uuid=row.uuid, if_match=row.version)


def test_it_counts_neither_between_people_nor_in_adjudication_nor_in_the_queue_of_reviews(
    project: Project, chief: Actor, ana: Actor, first: AnnotationSet
) -> None:
    asked(chief, project)
    again(first.article, ana, "spoke")
    assert list(comparison.of_project(project, chief)) == []
    handed_in(first.article, make_member(project, Role.ANNOTATOR, "ben"))
    side = comparison.sides([first.article_id])[first.article_id]
    assert sorted((each.annotator, each.round) for each in side.sets) == [("ana", 1), ("ben", 1)]
    path = f"projects/{project.slug}/agreement/?measure=span_f1_exact&label=CUE"
    (figure,) = answered(with_token(chief).get(path))["results"]
    assert (figure["value"], figure["units"]) == (1.0, {"ana": 1, "ben": 1})
    rita = make_member(project, Role.REVIEWER, "rita")
    assign(first.article, rita, Task.REVIEW)
    assert {each.annotator for each in assignment.to_review(rita)} == {"ana", "ben"}
    assert len(assignment.to_review(rita)) == 2


def test_a_second_look_is_judged_by_nobody_and_not_taken_into_gold(
    project: Project, chief: Actor, ana: Actor, first: AnnotationSet
) -> None:
    asked(chief, project)
    second = again(first.article, ana, "spoke")
    handed_in(first.article, make_member(project, Role.ANNOTATOR, "ben"))
    rita = make_member(project, Role.REVIEWER, "rita")
    assign(first.article, rita, Task.REVIEW)
    judged_by_nobody(second, (rita, chief), "second look")
    gold, _made = adjudication.start(by=chief, article=first.article.uuid)
    taken_by_nobody(second, chief, gold.items[0].key)


def test_one_is_held_against_oneself(
    project: Project, chief: Actor, ana: Actor, first: AnnotationSet
) -> None:
    other = handed_in(make_article(project, f"{TEXT} More."), ana)
    asked(chief, project, 2)
    again(first.article, ana)
    again(other.article, ana, "spoke")
    path = f"projects/{project.slug}/agreement/self/"
    for whom in (ana, chief):
        found = answered(with_token(whom).get(path))["results"]
        figures = {(each["measure"], each["label"]): each for each in found}
        exact = figures["span_f1_exact", None]
        assert (exact["annotators"], exact["value"], exact["articles"]) == (["ana"], 0.5, 2)
        assert exact["units"] == {"1": 2, "2": 2}
        assert figures["span_f1_overlap", "CUE"]["value"] == 0.5
        assert figures["u_alpha", None]["value"] is not None
    ben = make_member(project, Role.ANNOTATOR, "ben")
    assert answered(with_token(ben).get(path))["results"] == []


def test_the_figures_cost_the_same_for_one_person_and_for_three(
    project: Project, chief: Actor, first: AnnotationSet, django_assert_num_queries: Any
) -> None:
    scheme = schemes.current(project)
    for count in (1, 3):
        while AnnotationSet.objects.filter(round=2).count() < count:
            number = AnnotationSet.objects.filter(round=2).count()
            whom = make_member(project, Role.ANNOTATOR, f"anna{number}")
            row = handed_in(first.article, whom)
            look.ask(by=chief, slug=project.slug, person=whom.person.username, count=1, days=0)
            again(row.article, whom)
        with django_assert_num_queries(5):
            found = looks.selves(chief, project, Role.MANAGER, scheme)
        assert len(found.figures) == count


def test_lists_and_exports_tell_the_looks_apart(
    project: Project, chief: Actor, ana: Actor, first: AnnotationSet
) -> None:
    asked(chief, project)
    caller, slug = with_token(chief), project.slug
    (row,) = answered(caller.get(f"projects/{slug}/looks/"))["results"]
    assert (row["person"], row["first"], row["second"]) == ("ana", str(first.uuid), None)
    second = again(first.article, ana)
    (row,) = answered(caller.get(f"projects/{slug}/looks/"))["results"]
    assert (row["second"], row["state"]) == (str(second.uuid), "submitted")
    for query, rounds in (("", [1, 2]), ("?round=1", [1]), ("?round=2", [2])):
        line = body(caller.get(f"projects/{slug}/export/{query}"))
        assert [line.count(b'"round":%d' % each) for each in rounds] == [1] * len(rounds)
        assert line.count(b'"round":') == len(rounds)
    problem(caller.get(f"projects/{slug}/export/?round=0"), 422, "invalid")


@pytest.mark.parametrize(
    "wanted",
    [
        {"count": 1},
        {"person": 3, "count": 1},
        {"person": "ana"},
        {"person": "ana", "count": 0},
        {"person": "ana", "count": True},
        {"person": "ana", "count": 1, "days": -1},
    ],
)
def test_what_cannot_be_asked_is_refused(
    project: Project, chief: Actor, first: AnnotationSet, wanted: dict[str, Any]
) -> None:
    problem(with_token(chief).post(f"projects/{project.slug}/looks/", wanted), 422, "invalid")
    assert not AnnotationSet.objects.filter(concealed_at__isnull=False).exists()


def test_a_stranger_is_not_asked(project: Project, chief: Actor) -> None:
    sent = {"person": "nobody", "count": 1}
    problem(with_token(chief).post(f"projects/{project.slug}/looks/", sent), 404, "not_found")


def test_the_pages_ask_and_tell(
    project: Project, chief: Actor, ana: Actor, first: AnnotationSet
) -> None:
    client = Client()
    client.force_login(chief.person)
    people = f"/projects/{project.slug}/people/"
    sent = {"do": "again", "again-person": "ana", "again-count": 1, "again-days": 0}
    assert b"1 article to look at again" in client.post(people, sent, follow=True).content
    assert b"nothing so long ago" in client.post(people, sent, follow=True).content
    assert client.post(people, sent | {"again-count": 0}).status_code == 422
    again(first.article, ana)
    assert "with themselves: 100 % over 1 article" in client.get(people).content.decode()
    for whom, page in ((chief, "agreement"), (ana, "agreement"), (ana, "feedback")):
        client.force_login(whom.person)
        shown = client.get(f"/projects/{project.slug}/{page}/")
        assert [(each.name, each.lines[0][1]) for each in shown.context["selves"]] == [
            ("ana", ["1.00"] * 3)
        ]
    # What one has looked at again is read on a page of its own.
    read = client.get(f"/annotation-sets/{first.uuid}/review/")
    assert (read.status_code, read.context["boot"]["writable"]) == (200, False)


def judged_by_nobody(row: AnnotationSet, people: Sequence[Actor], why: str) -> None:
    """Hold every call and the page to refuse to judge a set, and to say why."""
    path, span = f"annotation-sets/{row.uuid}/", str(row.spans.get().uuid)
    calls = [
        ("reviews/", {"span": span, "verdict": "accept"}),
        ("reviews/", {"span": span, "verdict": "reject", "reason": "label"}),
        ("reviews/", {"verdict": "missing", "proposal": {"label": "CUE"}}),
        ("reviews/accept-rest/", None),
        ("approve/", {"note": "Well."}),
        ("return/", {}),
    ]
    for whom, (tail, sent) in product(people, calls):
        answer = with_token(whom).post(path + tail, sent, if_match=f'"{row.version}"')
        assert why in problem(answer, 409, "wrong_state")["detail"]
        client = Client()
        client.force_login(whom.person)
        page = client.get(f"/annotation-sets/{row.uuid}/review/")
        assert page.context["boot"]["writable"] is False
        assert why in page.content.decode()
    row.refresh_from_db()
    assert (row.state, Review.objects.filter(annotation_set=row).count()) == (State.SUBMITTED, 0)


def taken_by_nobody(row: AnnotationSet, whom: Actor, unit: str) -> None:
    """Hold adjudication to know nothing of a set."""
    path = f"articles/{row.article.uuid}/adjudication/"
    lies = answered(with_token(whom).get(path))
    assert str(row.uuid) not in str(lies)
    sent = {"unit": unit, "choice": "take", "set": str(row.uuid)}
    headers = {"if_match": '"1"', "idempotency_key": str(uuid4())}
    answer = with_token(whom).post(f"{path}decisions/", sent, **headers)
    problem(answer, 422, "bad_decision")
