"""What tests work with, made through the actions as the product makes it: no dice, no surprises.

Names count up, texts are given or fixed, and whoever must be assigned says so.
"""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from labels.actions import annotation, article, assignment, membership, operation, person
from labels.actions import project as projects
from labels.actions.access import Actor
from labels.models import AnnotationSet, Article, Project
from labels.vocabulary import Role, Task

SEEDS = Path(__file__).parent.parent / "seeds"
SCHEME = json.loads((SEEDS / "scheme.json").read_text())
TEXT = "“Taxes fell 5%,” Ruiz said, “and jobs rose.” Mayor Ruiz spoke on Monday in Lima."
_number = count(1)


def make_person(name: str = "") -> Actor:
    """Make somebody who is in no project."""
    username = name or f"person{next(_number)}"
    return Actor(person.create(by=person.instance(), name=username))


def make_project(manager: Actor, *, scheme: Any = None, **settings: Any) -> Project:
    """Make a project with the default scheme."""
    made = projects.create(by=manager, name=f"Project {next(_number)}", definition=scheme or SCHEME)
    return projects.change(by=manager, address=made.slug, settings=settings) if settings else made


def make_member(project: Project, role: Role, name: str = "", **more: Any) -> Actor:
    """Make somebody and put them into a project."""
    whom = make_person(name)
    manager = Actor(project.created_by)
    membership.add(by=manager, slug=project.slug, username=whom.person.username, role=role, **more)
    return whom


def make_article(project: Project, text: str = TEXT, **metadata: Any) -> Article:
    """Make an article; a text that the project has is the same article."""
    (stored,) = article.add(
        by=Actor(project.created_by), slug=project.slug, items=[{"text": text, **metadata}]
    )
    return Article.objects.get(uuid=stored.id)


def assign(of: Article, whom: Actor, role: Task) -> None:
    """Hand an article to somebody."""
    assignment.assign(
        by=Actor(of.project.created_by),
        slug=of.project.slug,
        person=whom.person.username,
        role=role,
        articles=[of.uuid],
    )


def make_set(of: Article, whom: Actor) -> AnnotationSet:
    """Start somebody's own set, assigning them first."""
    assign(of, whom, Task.ANNOTATE)
    row, _made = annotation.start(by=whom, article=of.uuid)
    return row


def fragment(text: str, quote: str, nth: int = 0) -> dict[str, Any]:
    """Return the fragment of the nth place where a text holds a quote."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return {"start": start, "end": start + len(quote), "quote": quote}


def add_span(
    text: str,
    label: str,
    *quotes: str,
    uuid: UUID | None = None,
    **more: Any,
) -> dict[str, Any]:
    """Return an operation that marks the first place of each quote."""
    return {
        "op": "add_span",
        "id": str(uuid or uuid4()),
        "label": label,
        "fragments": [fragment(text, each) for each in quotes],
        **more,
    }


def add_relation(kind: str, source: str, target: str, **more: Any) -> dict[str, Any]:
    """Return an operation that links two spans."""
    return {
        "op": "add_relation",
        "id": str(uuid4()),
        "type": kind,
        "from": source,
        "to": target,
        **more,
    }


def apply(
    row: AnnotationSet, whom: Actor, *operations: dict[str, Any], key: UUID | None = None
) -> operation.Answer:
    """Apply operations at the set's present version."""
    now = AnnotationSet.objects.values_list("version", flat=True).get(pk=row.pk)
    return operation.apply(
        by=whom, uuid=row.uuid, if_match=now, key=key or uuid4(), operations=list(operations)
    )
