"""Who and what the tests of the API begin with: a small desk with one of each."""

from __future__ import annotations

from typing import Any

import pytest

from labels.actions.access import Actor
from labels.models import AnnotationSet, Article, Project
from labels.vocabulary import Role, Task

from ..factories import (
    TEXT,
    add_relation,
    add_span,
    apply,
    assign,
    make_article,
    make_member,
    make_person,
    make_project,
    make_set,
)
from .caller import Caller, with_token


@pytest.fixture
def max_() -> Actor:
    return make_person("max")


@pytest.fixture
def project(max_: Actor) -> Project:
    return make_project(max_)


@pytest.fixture
def article(project: Project) -> Article:
    return make_article(project)


@pytest.fixture
def ana(project: Project) -> Actor:
    return make_member(project, Role.ANNOTATOR, "ana")


@pytest.fixture
def rita(project: Project, article: Article) -> Actor:
    whom = make_member(project, Role.REVIEWER, "rita")
    assign(article, whom, Task.REVIEW)
    return whom


@pytest.fixture
def row(article: Article, ana: Actor) -> AnnotationSet:
    """Ana's own set, at version 1."""
    return make_set(article, ana)


@pytest.fixture
def marked(row: AnnotationSet, ana: Actor) -> dict[str, Any]:
    """Ana's set with a source, a claim and the link between them, at version 4."""
    source = add_span(TEXT, "SOURCE", "Ruiz", attributes={"source_type": "named_individual"})
    claim = add_span(TEXT, "CLAIM", "“Taxes fell 5%,”", "“and jobs rose.”")
    link = add_relation("ATTRIBUTED_TO", claim["id"], source["id"])
    apply(row, ana, source, claim, link)
    return {"source": source, "claim": claim, "link": link}


@pytest.fixture
def manager(max_: Actor) -> Caller:
    return with_token(max_)


@pytest.fixture
def annotator(ana: Actor) -> Caller:
    return with_token(ana)


@pytest.fixture
def reviewer(rita: Actor) -> Caller:
    return with_token(rita)


@pytest.fixture
def stranger() -> Caller:
    """Somebody with a project of their own, so that there is something to leak."""
    whom = make_person("stranger")
    make_article(make_project(whom), "Nobody else may read this.")
    return with_token(whom)
