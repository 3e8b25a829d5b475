"""Lists: pages that stay in place, and the same number of queries however much there is."""

from __future__ import annotations

import io
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from labels.actions import annotation, comment, imports, review, token
from labels.actions.access import Actor
from labels.models import AnnotationSet, Article, Project, Span
from labels.vocabulary import Role, Task

from ..factories import (
    add_span,
    apply,
    assign,
    fragment,
    make_article,
    make_member,
    make_project,
    make_set,
)
from .caller import Caller, answered, problem

pytestmark = pytest.mark.django_db

WORDS = ("Taxes", "jobs", "Mayor", "Monday", "Lima")
TEXT = "“Taxes fell 5%,” Ruiz said, “and jobs rose.” Mayor Ruiz spoke on Monday in Lima."


class Filled:
    """A project that grows by one of everything at each step."""

    def __init__(self, max_: Actor) -> None:
        self.max = max_
        self.project: Project = make_project(max_)
        self.article: Article = make_article(self.project, TEXT)
        self.row: AnnotationSet = make_set(self.article, max_)
        self.rita = make_member(self.project, Role.REVIEWER)
        assign(self.article, self.rita, Task.REVIEW)
        self.size = 0
        self.batch: Any = None

    def grow(self) -> None:
        """Add one of each."""
        number, slug = self.size, self.project.slug
        entity = {"entity_type": "GPE"}
        apply(self.row, self.max, add_span(TEXT, "ENTITY", WORDS[number], attributes=entity))
        member = make_member(self.project, Role.ANNOTATOR)
        make_set(self.article, member)
        assign(make_article(self.project, f"Story {number}."), member, Task.ANNOTATE)
        file = ("a.txt", io.BytesIO(f"File {number}.".encode()))
        self.batch = imports.run(by=self.max, slug=slug, files=[file])
        comment.add(by=self.rita, uuid=self.row.uuid, said="Well.")
        comment.add_on_article(by=self.rita, uuid=self.article.uuid, said="Well, @max.")
        self._judge()
        make_project(self.max)
        token.create(by=self.max.person, scopes=["read"])
        self.size += 1

    def _judge(self) -> None:
        uuid = self.row.uuid
        version = AnnotationSet.objects.get(uuid=uuid).version
        annotation.submit(by=self.max, uuid=uuid, if_match=version)
        span = Span.objects.filter(annotation_set=self.row).latest("pk").uuid
        proposal = {"fragments": [fragment(TEXT, "Ruiz")]}
        review.judge(by=self.rita, uuid=uuid, verdict="fix", span=span, proposal=proposal)
        annotation.give_back(by=self.rita, uuid=uuid, if_match=version + 1)


@pytest.fixture
def filled(max_: Actor) -> Filled:
    return Filled(max_)


Address = Callable[[Filled], str]


def of_project(tail: str) -> Address:
    return lambda filled: f"projects/{filled.project.slug}/{tail}"


def of_article(tail: str) -> Address:
    return lambda filled: f"articles/{filled.article.uuid}/{tail}"


def of_set(tail: str) -> Address:
    return lambda filled: f"annotation-sets/{filled.row.uuid}/{tail}"


LISTS: dict[str, tuple[Address, int]] = {
    "projects": (lambda _filled: "projects/", 2),
    "tokens": (lambda _filled: "tokens/", 2),
    "articles": (of_project("articles/"), 3),
    "articles, filtered": (of_project("articles/?q=a&state=returned"), 3),
    "imports": (of_project("imports/"), 3),
    "members": (of_project("members/"), 3),
    "assignments": (of_project("assignments/"), 3),
    "changes": (of_project("changes/"), 4),
    "article_sets": (of_article("annotation-sets/"), 3),
    "revisions": (of_set("revisions/"), 3),
    "reviews": (of_set("reviews/"), 4),
    "comments": (of_set("comments/"), 4),
    "article_comments": (of_article("comments/"), 5),
}
"""Each list with its queries: the token, the thing it belongs to with the rights, the page."""

THINGS: dict[str, tuple[Address, int]] = {
    "me": (lambda _filled: "me/", 3),  # one's language is read for it alone
    "schema": (lambda _filled: "schema/", 0),
    "project": (of_project(""), 2),
    "scheme": (of_project("scheme/"), 3),
    "import": (lambda f: f"projects/{f.project.slug}/imports/{f.batch.uuid}/", 3),
    "progress": (of_project("progress/"), 4),
    "export": (of_project("export/"), 9),
    "article": (of_article(""), 2),
    "annotation_set": (of_set(""), 4),
}


@pytest.mark.parametrize(
    ("address", "number"), [*LISTS.values(), *THINGS.values()], ids=[*LISTS, *THINGS]
)
def test_queries_are_as_many_with_one_row_as_with_three(
    filled: Filled, manager: Caller, address: Address, number: int
) -> None:
    filled.grow()
    manager.get("me/")  # The day's first use of a token is written down.
    counts = {}
    while filled.size < 4:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = manager.get(address(filled))
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert (answer.status_code, bool(content)) == (200, True)
        counts[filled.size] = len(queries)
        filled.grow()
    assert counts == dict.fromkeys(counts, number), queries.captured_queries


def pages(caller: Caller, address: str | None, way: str) -> Iterator[dict[str, Any]]:
    while address:
        found = answered(caller.get(address))
        yield found
        address = found[way]


@pytest.mark.parametrize("address", [each[0] for each in LISTS.values()], ids=list(LISTS))
def test_pages_lead_through_all_rows_and_back(
    filled: Filled, manager: Caller, address: Address
) -> None:
    while filled.size < 3:
        filled.grow()
    path = address(filled)
    whole = answered(manager.get(path))
    assert (whole["next"], whole["previous"]) == (None, None)
    sized = f"{path}{'&' if '?' in path else '?'}page_size=2"
    there = list(pages(manager, sized, "next"))
    assert [row for each in there for row in each["results"]] == whole["results"]
    assert {len(each["results"]) for each in there[:-1]} <= {2}
    assert there[0]["previous"] is None
    back = list(pages(manager, there[-1]["previous"], "previous"))
    ahead = [each["results"] for each in there[:-1]]
    assert [each["results"] for each in reversed(back)] == ahead
    assert back[-1]["previous"] is None if back else True


def test_a_page_stays_in_place_while_rows_come(filled: Filled, manager: Caller) -> None:
    path = of_project("articles/?page_size=2")(filled)
    while filled.size < 2:
        filled.grow()
    first = answered(manager.get(path))
    second = answered(manager.get(first["next"]))
    filled.grow()
    assert answered(manager.get(path)) == first
    again = answered(manager.get(first["next"]))
    assert again["results"][: len(second["results"])] == second["results"]
    assert answered(manager.get(again["previous"]))["results"] == first["results"]


def test_newest_first_lists_begin_with_what_came_last(filled: Filled, manager: Caller) -> None:
    filled.grow()
    filled.grow()
    found = answered(manager.get(of_project("imports/")(filled)))["results"]
    assert found[0]["id"] == str(filled.batch.uuid)


def test_filters_stay_in_the_addresses_of_the_pages(filled: Filled, manager: Caller) -> None:
    while filled.size < 3:
        filled.grow()
    path = of_project("articles/?q=Story&page_size=1")(filled)
    found = list(pages(manager, path, "next"))
    assert [each["results"][0]["title"] for each in found] == [f"Story {n}." for n in range(3)]


def cursor(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "sent",
    [
        "x",
        "1",
        "====",
        "%00",
        "é",
        cursor("c1"),
        cursor("a"),
        cursor("a-1"),
        cursor("a1 OR 1=1"),
        cursor("a٣"),
        cursor("a" + "9" * 19),
        cursor("a" + "9" * 5000),
        cursor("a\0"),
        "cD0yMDIy",
    ],
)
def test_a_cursor_that_is_none_of_ours_is_refused(
    filled: Filled, manager: Caller, sent: str
) -> None:
    for address, _number in LISTS.values():
        path = address(filled)
        answer = manager.get(f"{path}{'&' if '?' in path else '?'}cursor={sent}")
        found = problem(answer, 400, "malformed")
        assert found["errors"] == [{"field": "cursor", "code": "malformed"}]


@pytest.mark.parametrize("place", ["a999999999999999999", "b0", "b999999999999999999"])
def test_a_cursor_beyond_the_list_is_an_empty_page_or_the_list(
    filled: Filled, manager: Caller, place: str
) -> None:
    filled.grow()
    for address, _number in LISTS.values():
        path = address(filled)
        answered(manager.get(f"{path}{'&' if '?' in path else '?'}cursor={cursor(place)}"))


@pytest.mark.parametrize("size", ["0", "000", "-1", "x", "1.5", "٣", "%00", "1e3"])
def test_a_page_size_that_is_none_is_refused(filled: Filled, manager: Caller, size: str) -> None:
    found = problem(manager.get(f"projects/?page_size={size}"), 422, "invalid")
    assert found["errors"] == [{"field": "page_size", "code": "invalid"}]


@pytest.mark.parametrize(
    ("size", "rows"),
    [("1", 1), ("0002", 2), ("501", 3), ("9" * 30, 3), ("9" * 5000, 3), ("0" * 5000 + "1", 1)],
)
def test_a_page_size_is_held_to_the_largest(
    filled: Filled, manager: Caller, size: str, rows: int
) -> None:
    while filled.size < 2:
        filled.grow()
    assert len(answered(manager.get(f"projects/?page_size={size}"))["results"]) == rows
