"""A blind project: who settles disagreements finds nowhere who has labelled, by no page and no call."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLResolver, reverse

from labels import errors
from labels.actions import adjudication, assignment, comment, membership, release
from labels.actions import project as projects
from labels.actions.access import Actor
from labels.api import urls as api
from labels.models import AnnotationSet, Release
from labels.pages import urls as pages
from labels.vocabulary import Choice, Kind, Role, Task

from ..factories import assign, make_person, make_project
from ..people import Crowd, make_crowd
from .caller import with_token

pytestmark = pytest.mark.django_db

NAMES = re.compile(rb"\b(?:ana|ben|carl)\b")
OF_INSTANCE = {"not_found", "docs", "schema", "sign_out", "sign_in", "sign_in_link"}
"""Addresses that know nothing of a project."""


@pytest.fixture
def crowd() -> Crowd:
    """Make the crowd in a blind project, half settled, with talk on each set and releases of both kinds."""
    chief = make_person("max")
    crowd = make_crowd(make_project(chief, blind=True))
    slug = crowd.project.slug
    membership.add(by=chief, slug=slug, username="rita", role=Role.REVIEWER, can_export=True)
    adjudication.start(by=crowd.rita, article=crowd.article.uuid)
    for item in crowd.bench.items[:4]:
        crowd.decide(item.key, Choice.NONE, note="No.")
    for name, row in crowd.sets.items():
        comment.add(by=crowd.people[name], uuid=row.uuid, said="Ask @rita, @ana or @ben.")
        comment.add_on_article(
            by=crowd.people[name], uuid=crowd.article.uuid, said="Ask @rita, @ana or @ben."
        )
    for pseudonyms in (False, True):
        release.make(by=chief, slug=slug, terms={"pseudonyms": pseudonyms})
    return crowd


def names(patterns: list[Any]) -> Iterator[str]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from names(each.url_patterns)
        elif each.name not in OF_INSTANCE:
            yield each.name


def addresses(crowd: Crowd, room: Any) -> Iterator[str]:
    """Yield every address of pages or API with whatever there is in the project."""
    slug = crowd.project.slug
    releases = [
        (each.version, listed["name"]) for each in Release.objects.all() for listed in each.files
    ]
    sets = AnnotationSet.objects.values_list("uuid", flat=True)
    given: list[tuple[Any, ...]] = [(), (slug,), (crowd.article.uuid,), *((each,) for each in sets)]
    given += [(slug, version) for version, _file in releases]
    given += [(slug, *each) for each in releases]
    for name, arguments in product(names(room.urlpatterns), given):
        try:
            yield reverse(f"{room.app_name}:{name}", args=arguments)
        except NoReverseMatch:
            continue


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def leaks(crowd: Crowd, client: Any, room: Any) -> dict[str, set[bytes]]:
    read = {each: body(client.get(each)) for each in dict.fromkeys(addresses(crowd, room))}
    assert len(read) > len(list(names(room.urlpatterns))) / 2
    return {each: set(NAMES.findall(text)) for each, text in read.items() if NAMES.search(text)}


def test_no_page_names_anybody(crowd: Crowd) -> None:
    client = Client()
    client.force_login(crowd.rita.person)
    assert b"A, B, C" in client.get(f"/projects/{crowd.project.slug}/adjudication/").content
    assert leaks(crowd, client, pages) == {}


def test_no_answer_of_the_api_names_anybody(crowd: Crowd) -> None:
    assert leaks(crowd, with_token(crowd.rita), api) == {}


def test_an_export_by_name_is_for_managers(crowd: Crowd) -> None:
    address = f"projects/{crowd.project.slug}/export/?pseudonyms=false"
    assert not NAMES.search(body(with_token(crowd.rita).get(address)))
    chief = Actor(crowd.project.created_by)
    assert NAMES.search(body(with_token(chief).get(address)))
    projects.change(by=chief, address=crowd.project.slug, settings={"blind": False})
    assert NAMES.search(body(with_token(crowd.rita).get(address)))


def test_who_reviews_an_article_sees_names_and_does_not_settle_it(crowd: Crowd) -> None:
    article = crowd.article.uuid
    assign(crowd.article, crowd.rita, Task.REVIEW)
    for act in (adjudication.agree, adjudication.undo):
        with pytest.raises(errors.Forbidden, match="names are hidden"):
            act(by=crowd.rita, article=article, if_match=5, key=uuid4())
    caller = with_token(crowd.rita)
    assert caller.get(f"articles/{article}/adjudication/").status_code == 403
    listed = caller.get(f"projects/{crowd.project.slug}/disagreements/").json()["results"]
    assert listed == []
    chief = Actor(crowd.project.created_by)
    assignment.withdraw(
        by=chief, slug=crowd.project.slug, person="rita", role=Task.REVIEW, articles=[article]
    )
    # What was seen stays known.
    assert caller.get(f"articles/{article}/adjudication/").status_code == 403
    projects.change(by=chief, address=crowd.project.slug, settings={"blind": False})
    assert caller.get(f"articles/{article}/adjudication/").status_code == 200


def test_a_manager_settles_whatever_they_see(crowd: Crowd) -> None:
    chief = Actor(crowd.project.created_by)
    assign(crowd.article, chief, Task.REVIEW)
    caller = with_token(chief)
    assert caller.get(f"articles/{crowd.article.uuid}/adjudication/").status_code == 200
    listed = caller.get(f"projects/{crowd.project.slug}/disagreements/").json()["results"]
    assert [UUID(each["article"]) for each in listed] == [crowd.article.uuid]
    assert AnnotationSet.objects.filter(kind=Kind.GOLD).count() == 1
