"""Blind, and before both have handed in: whatever another does, no answer to who still labels is another one.

Every route of pages and API is read twice by somebody who has an article open, with all that an address or a query
can name: before a colleague has begun the same article, and after the colleague's marks were made, talked about,
reviewed, settled and released. The two readings have to be equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import NoReverseMatch, resolve, reverse

from labels.actions import activity, adjudication, annotation, comment, release, review
from labels.actions.access import Actor
from labels.api import contract
from labels.api import urls as api
from labels.errors import WrongState
from labels.models import AnnotationSet, Article, Project
from labels.pages import urls as pages
from labels.vocabulary import Choice, Role, Task

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
from ..people import Crowd
from .caller import Caller, answered, problem, with_token
from .test_access import methods, routes, tried
from .test_blind import body, names

pytestmark = pytest.mark.django_db

SPAN = UUID(int=4711)
SECRET = "What Benedikt thinks"
MARKS = re.compile(rb"benedikt|" + str(SPAN).encode(), re.IGNORECASE)


WHO = {
    "ana": (Role.ANNOTATOR, False),
    "anna": (Role.ANNOTATOR, True),
    "ulla": (Role.REVIEWER, False),
    "uta": (Role.REVIEWER, True),
}
"""Who still labels: their role, and whether they are to review the article as well."""


@dataclass(slots=True)
class World:
    """Four have the article open; Benedikt and Carl are to label it, too, Rita reviews it and Rob settles it."""

    project: Project
    article: Article
    people: dict[str, Actor] = field(default_factory=dict)
    own: dict[str, list[AnnotationSet]] = field(default_factory=dict)

    def theirs(self, name: str) -> AnnotationSet:
        return AnnotationSet.objects.get(annotator=self.people[name].person)

    def visit(self, name: str) -> Visit:
        """Return somebody's way in, who has been there before."""
        client, caller = Client(), with_token(self.people[name])
        client.force_login(self.people[name].person)
        caller.get("me/")
        for row in self.own[name]:
            client.get(reverse("pages:label", args=[row.article.uuid]))
        return Visit(name, self, client, caller)


def make_world() -> World:
    """Make the world before the colleagues begin; all is as open to those four as a project allows."""
    chief = make_person("max")
    project = make_project(chief, open_after_submit=True, blind=True, peer_review=True)
    world = World(project, make_article(project), {"max": chief})
    others = {"benedikt": Role.ANNOTATOR, "carl": Role.ANNOTATOR, "rob": Role.REVIEWER}
    for name, role in others.items():
        world.people[name] = make_member(project, role, name)
        if role == Role.ANNOTATOR:
            assign(world.article, world.people[name], Task.ANNOTATE)
    world.people["rita"] = make_member(project, Role.REVIEWER, "rita")
    assign(world.article, world.people["rita"], Task.REVIEW)
    for name, (role, reviews) in WHO.items():
        whom = world.people[name] = make_member(project, role, name)
        if reviews:
            assign(world.article, whom, Task.REVIEW)
        done = make_article(project, f"{TEXT} Done by {name}.")
        world.own[name] = [_begun(each, whom) for each in (world.article, done)]
        last = world.own[name][1]
        annotation.submit(by=whom, uuid=last.uuid, if_match=version(last))
    return world


def _begun(article: Article, whom: Actor) -> AnnotationSet:
    row = make_set(article, whom)
    apply(row, whom, add_span(TEXT, "CUE", "said"))
    comment.add(by=whom, uuid=row.uuid, said="Mine.")
    return row


def version(row: AnnotationSet) -> int:
    return AnnotationSet.objects.values_list("version", flat=True).get(pk=row.pk)


def label(world: World, name: str) -> None:
    """Have a colleague do all that can be done with an article, up to the gold set and a release."""
    whom = world.people[name]
    row, _made = annotation.start(by=whom, article=world.article.uuid)
    span = add_span(TEXT, "CUE", "spoke", uuid=SPAN if name == "benedikt" else uuid4())
    apply(row, whom, span, add_span(TEXT, "ENTITY", "Lima", attributes={"entity_type": "GPE"}))
    activity.report(by=whom, uuid=row.uuid, seconds=77)
    comment.add(by=whom, uuid=row.uuid, said=f"{SECRET}, @ana.")
    comment.add_on_article(by=whom, uuid=world.article.uuid, said=f"{SECRET}, @ana.")
    annotation.submit(by=whom, uuid=row.uuid, if_match=version(row))


def judge(world: World) -> None:
    rita, row = world.people["rita"], world.theirs("benedikt")
    review.judge(by=rita, uuid=row.uuid, verdict="reject", span=SPAN, reason="label")
    review.accept_rest(by=rita, uuid=row.uuid)
    annotation.approve(by=rita, uuid=row.uuid, if_match=version(row), note=SECRET)


def settle(world: World) -> None:
    crowd = Crowd(world.project, world.article, world.people["rob"])
    adjudication.start(by=crowd.rita, article=world.article.uuid)
    crowd.do(adjudication.agree, key=uuid4())
    for item in crowd.bench.items:
        if not item.decided:
            crowd.decide(item.key, Choice.NONE, note=SECRET)
    crowd.do(adjudication.finish)
    release.make(by=world.people["max"], slug=world.project.slug, terms={"pseudonyms": False})


# What is asked

ASKED = {
    "project": ["q=benedikt", "q=Taxes", "person=benedikt", "state=submitted", "state=untouched"],
    "agreement": ["measure=span_f1_exact&label=CUE"],
    "agreement_spans": ["one=ana&two=benedikt", "one=benedikt&two=carl", "one=ana&two=gold"],
    "agreement_units": ["show=all", "label=CUE&show=all", "attribute=label&show=all"],
    "agreement_marks": ["who=benedikt&label=CUE", "who=carl&label=ENTITY"],
    "pace_sets": ["who=benedikt", "last=1", "who=ana"],
    "adjudication": ["unit=x"],
    "export": ["format=csv&set=gold"],
    "people": ["link=benedikt"],
}
"""What a query of a page may ask beside nothing."""
VALUES = {
    "q": ["benedikt", "taxes"],
    "type": ["missing"],
    "label": ["CUE"],
    "attribute": ["form"],
    "article": [],
    "measure": ["span_f1_exact"],
    "annotators": ["benedikt", "ana,benedikt"],
    "since": ["1"],
    "version": ["1"],
    "cursor": [],
    "page_size": ["1"],
    "updated_since": ["2000-01-01T00:00:00Z"],
    "round": ["1", "2"],
    "kind": ["boundary"],
    "format": ["csv", "jsonl"],
    "pseudonyms": ["false"],
    "report": ["true"],
}
"""What a parameter of the API may be asked with, where its values are not a list."""


def queries(room: Any, address: str) -> Iterator[str]:
    """Yield an address with each query that its route takes."""
    found = resolve(address)
    if room is pages:
        yield from (f"{address}?{each}" for each in ASKED.get(found.url_name or "", []))
        return
    view = getattr(found.func, "cls", None)
    if view is None or not hasattr(view, "get"):
        return
    for each in contract.of(view(), "GET").parameters:
        if each.place == "query":
            for value in each.schema.get("enum") or VALUES[each.name]:
                yield f"{address}?{each.name}={value}"


REFUSED = 403
Answer = tuple[int, dict[str, str], bytes]
CHANGING = re.compile(rb'((csrfmiddlewaretoken|key)" value|nonce|csrf-token" content)="[^"]*"')
"""What is another at every visit, whoever else is there."""
UNTOLD = {"Content-Security-Policy", "Set-Cookie", "Expires"}


def plain(answer: Any) -> Answer:
    headers = {name: value for name, value in answer.headers.items() if name not in UNTOLD}
    return answer.status_code, headers, CHANGING.sub(b"", body(answer))


BODIES: dict[str, Any] = {
    "operations": {"operations": [add_span(TEXT, "ENTITY", "Lima", uuid=UUID(int=7))]},
    "comments": {"text": "I ask @benedikt."},
    "article_comments": {"text": "I ask @benedikt."},
    "active_time": {"seconds": 5},
    "decisions": {"unit": "x", "choice": "none"},
    "reviews": {"verdict": "missing", "proposal": {"label": "CUE"}},
    "looks": {"person": "benedikt", "count": 1, "days": 0},
    "passes": {"person": "benedikt"},
    "assignments": {"person": "benedikt", "role": "annotate", "articles": []},
    "feedback": {"correction": str(SPAN), "text": "Why?"},
}
MADE = re.compile(
    rb'"(id|uuid|created_at|at|submitted_at|updated_at|ETag)":"[^"]*"|"active_seconds":[0-9]+'
)
"""What is made anew by each write, and the time since one's own set was begun."""


@dataclass(slots=True)
class Visit:
    """Somebody who asks all that there is to ask, in a browser and by a program."""

    name: str
    world: World
    client: Client
    caller: Caller

    def addresses(self, room: Any) -> Iterator[str]:
        """Yield every address with whatever they can name."""
        slug, own = self.world.project.slug, self.world.own[self.name]
        given: list[tuple[str, tuple[Any, ...]]] = [("/", ()), ("/projects/", (slug,))]
        given += [("/articles/", (self.world.article.uuid,))]
        given += [("/annotation-sets/", (each.uuid,)) for each in own]
        given += [("/projects/", (slug, each)) for each in (UUID(int=3), "1.0.0")]
        given += [("/projects/", (slug, "1.0.0", "gold.jsonl"))]
        for name, (place, arguments) in product(filter(None, names(room.urlpatterns)), given):
            try:
                address = reverse(f"{room.app_name}:{name}", args=arguments)
            except NoReverseMatch:
                continue
            if place in address:
                yield address

    def read(self) -> dict[str, Answer]:
        """Return the answer to each question, pages as a browser asks and API as a program does."""
        found: dict[str, Answer] = {}
        for room, get in ((pages, self.client.get), (api, self.caller.get)):
            for address in dict.fromkeys(self.addresses(room)):
                found[address] = plain(get(address))
                asked = queries(room, address) if found[address][0] != REFUSED else ()
                found |= {each: plain(get(each)) for each in asked}
        return found

    def written(self) -> dict[str, Any]:
        """Return what each write answers; nothing of it stays."""
        views = {name: view for name, view in routes(api.urlpatterns) if hasattr(view, "cls")}
        found = {}
        for address in dict.fromkeys(self.addresses(api)):
            name = resolve(address).url_name or ""
            for method in sorted(methods(views.get(name)) - {"GET"}):
                call = partial(self._write, method, address, BODIES.get(name))
                status, _headers, said = plain(tried(call, self.caller))
                found[f"{method} {address}"] = (status, MADE.sub(b"", said))
        return found

    def _write(self, method: str, address: str, sent: Any, caller: Caller) -> Any:
        own = self.world.own[self.name]
        row = next((each for each in own if str(each.uuid) in address), own[0])
        headers = {"idempotency_key": str(UUID(int=9)), "if_match": f'"{version(row)}"'}
        return caller(method, address, sent, **headers)


# The tests


def test_what_another_does_changes_no_answer() -> None:
    # Who has least rights and who has most; what lies between takes as long again.
    world = make_world()
    visits = [(visit, visit.read(), visit.written()) for visit in map(world.visit, ("ana", "uta"))]
    for name in ("benedikt", "carl"):
        label(world, name)
    judge(world)
    settle(world)
    for visit, read, written in visits:
        assert len(read) > len({*names(pages.urlpatterns), *names(api.urlpatterns)})
        assert differing(read, visit.read()) == {}, visit.name
        assert differing(written, visit.written()) == {}, visit.name


def differing(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    return {each: (before[each], after[each]) for each in before if before[each] != after[each]}


@pytest.mark.parametrize("name", WHO)
def test_what_was_handed_in_opens_the_others_and_is_not_taken_back(name: str) -> None:
    world = make_world()
    label(world, "benedikt")
    (row, _done), caller = world.own[name], with_token(world.people[name])
    theirs = f"annotation-sets/{world.theirs('benedikt').uuid}/"
    for path in (theirs, f"{theirs}comments/", f"{theirs}reviews/", f"{theirs}revisions/"):
        refused = problem(caller.get(path), 403, "forbidden")
        assert not MARKS.search(str(refused).encode())
    verdict = {"span": str(SPAN), "verdict": "accept"}
    problem(caller.post(f"{theirs}reviews/", verdict), 403, "forbidden")
    annotation.submit(by=world.people[name], uuid=row.uuid, if_match=version(row))
    listed = f"articles/{world.article.uuid}/annotation-sets/"
    seen = MARKS.search(caller.get(listed).content) is not None
    assert seen == (name != "ulla")
    refused = caller.move(row, "reopen")
    assert refused.status_code == (409 if seen else 200)


def test_gold_is_told_once_ones_own_is_handed_in_and_then_stays_as_it_is() -> None:
    world = make_world()
    for name in ("benedikt", "carl"):
        label(world, name)
    settle(world)
    (row, _done), ulla = world.own["ulla"], world.people["ulla"]
    path = f"projects/{world.project.slug}/feedback/summary/"
    assert answered(with_token(ulla).get(path))["articles"] == 0
    row = annotation.submit(by=ulla, uuid=row.uuid, if_match=version(row))
    assert answered(with_token(ulla).get(path))["articles"] == 1
    with pytest.raises(WrongState, match="gold set of this article is finished"):
        annotation.reopen(by=ulla, uuid=row.uuid, if_match=row.version)
