"""How tests visit pages: as a browser without script does."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from labels.actions.access import Actor
from labels.models import Project
from labels.vocabulary import Role

from ..factories import make_member, make_person, make_project

Visit = Callable[[Actor | None], Client]


@pytest.fixture
def visit() -> Visit:
    """Return a browser in which somebody is signed in."""

    def browser(who: Actor | None) -> Client:
        client = Client()
        if who is not None:
            client.force_login(who.person)
        return client

    return browser


@pytest.fixture
def manager() -> Actor:
    return make_person("max")


@pytest.fixture
def project(manager: Actor) -> Project:
    return make_project(manager)


@pytest.fixture
def ana(project: Project) -> Actor:
    return make_member(project, Role.ANNOTATOR, "ana")


@pytest.fixture
def rita(project: Project) -> Actor:
    return make_member(project, Role.REVIEWER, "rita")


@pytest.fixture
def stranger() -> Actor:
    """Somebody who manages a project of their own, so that there is something to leak."""
    whom = make_person("stranger")
    make_project(whom)
    return whom


class _Reader(HTMLParser):
    """Collects the text of elements that have a class or a tag."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self.wanted = wanted
        self.found: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("input", "br", "link", "meta", "rect", "hr", "img"):
            return
        if self.depth:
            self.depth += 1
        elif tag == self.wanted or self.wanted in (dict(attrs).get("class") or "").split():
            self.found.append("")
            self.depth = 1

    def handle_endtag(self, tag: str) -> None:
        if self.depth and tag not in ("rect", "br"):
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.found[-1] += data


def texts(response: HttpResponse | Any, wanted: str) -> list[str]:
    """Return the text of every element with a tag or class, blanks put together."""
    reader = _Reader(wanted)
    reader.feed(response.content.decode())
    return [" ".join(each.split()) for each in reader.found]
