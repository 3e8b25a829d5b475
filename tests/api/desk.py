"""A whole desk for the tests of rights: everybody there is, and every object that an address can name."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from labels.actions import adjudication, annotation, imports, making, migration, release
from labels.models import AnnotationSet, Article, Project, Span
from labels.vocabulary import Role, Task

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

PEOPLE = ("anonymous", "stranger", "ana", "carl", "bob", "rita", "rob", "max")
"""Ana and Carl are annotators with the articles in hand, Bob is one without; Rita and Rob are reviewers with
and without; Max manages. The stranger manages another project. Ana, Rita and Max have sets of their own."""


@dataclass(slots=True)
class Desk:
    """One project with its people, articles and sets."""

    project: Project
    people: dict[str, Any] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    sets: dict[str, AnnotationSet] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)
    imported: Any = None
    migrated: Any = None
    making: Any = None

    def version(self, name: str) -> int:
        """Return the version that a set is at."""
        return AnnotationSet.objects.values_list("version", flat=True).get(pk=self.sets[name].pk)


def make_desk(suffix: str = "") -> Desk:
    """Make the desk. `open` sets are of the first article, `submitted` ones of the second, the third is fresh.

    People of a second desk have other names, by the suffix, and are in no other project.
    """
    chief = make_person(f"max{suffix}")
    project = make_project(chief)
    stranger = make_person(f"stranger{suffix}")
    desk = Desk(project, {"anonymous": None, "stranger": stranger, "max": chief})
    make_project(stranger)
    rename = {"kind": "rename", "label": "CLAIM", "attribute": "harm", "to": "damage"}
    desk.migrated = migration.begin(by=chief, slug=project.slug, what=rename)
    for name, role in (
        ("ana", Role.ANNOTATOR),
        ("carl", Role.ANNOTATOR),
        ("bob", Role.ANNOTATOR),
        ("rita", Role.REVIEWER),
        ("rob", Role.REVIEWER),
    ):
        desk.people[name] = make_member(project, role, f"{name}{suffix}")
    for name, text in (("open", TEXT), ("submitted", f"{TEXT} Twice."), ("fresh", f"{TEXT} Anew.")):
        desk.articles[name] = made = make_article(project, text)
        for person in ("ana", "carl"):
            assign(made, desk.people[person], Task.ANNOTATE)
        assign(made, desk.people["rita"], Task.REVIEW)
    for person in ("ana", "rita", "max"):
        for state in ("open", "submitted"):
            _make_set(desk, person, state)
    for name in ("settled", "finished"):
        _settle(desk, name)
    older = str(desk.articles["open"].uuid)
    newer = make_article(project, f"{TEXT} And more.", supersedes=older)
    desk.articles["newer"] = newer
    assign(newer, desk.people["ana"], Task.ANNOTATE)
    desk.imported = imports.run(
        by=chief, slug=project.slug, files=[("a.txt", io.BytesIO(b"An imported story."))]
    )
    release.make(by=chief, slug=project.slug)
    asked = making.take(by=chief, slug=project.slug)
    desk.making = making.cancel(by=chief, slug=project.slug, uuid=asked.uuid)
    return desk


def _settle(desk: Desk, name: str) -> None:
    """Have Ana and Carl agree on one cue of an article, and Rob take it into gold."""
    article = desk.articles[name] = make_article(desk.project, f"{TEXT} It is {name}.")
    for person in ("ana", "carl"):
        whom = desk.people[person]
        row = make_set(article, whom)
        apply(row, whom, add_span(TEXT, "CUE", "said"))
        annotation.submit(by=whom, uuid=row.uuid, if_match=2)
    assign(article, desk.people["rita"], Task.REVIEW)
    rob: Any = {"by": desk.people["rob"], "article": article.uuid}
    adjudication.start(**rob)
    adjudication.agree(**rob, if_match=1, key=uuid4())
    if name == "finished":
        adjudication.finish(**rob, if_match=3)


def _make_set(desk: Desk, person: str, state: str) -> None:
    whom = desk.people[person]
    row = make_set(desk.articles[state], whom)
    apply(row, whom, add_span(TEXT, "CUE", "said"))
    if state == "submitted":
        row = annotation.submit(by=whom, uuid=row.uuid, if_match=2)
    name = f"{person} {state}"
    desk.sets[name], desk.spans[name] = row, Span.objects.get(annotation_set=row)
