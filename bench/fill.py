"""Fills an instance with what the figures are taken of: a project, its spans, people at work.

People and articles come by the product's own actions. The spans are written as an import of sets would write
them, past the operations, with what `manage.py doctor` looks at: one revision for each set, and the counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from bench import corpus
from bench.corpus import Place
from labels.actions import (
    annotation,
    article,
    assignment,
    bulk,
    membership,
    person,
    revision,
    token,
)
from labels.actions import project as projects
from labels.models import AnnotationSet, Article, Fragment, Project, Revision, Span, User
from labels.models.identifier import uuid7
from labels.queries import scheme
from labels.queries.access import Actor
from labels.vocabulary import Kind, Origin, Role, Scope, State, Task

MANAGER, ANNOTATOR = "max", "ana"
ANNOTATORS = [ANNOTATOR, *(f"annotator{number}" for number in range(2, 11))]
"""Who have labelled the articles: a thousand each is a lot of work for one person."""
CHUNK = 500
FIRST_DESK = 20_000
"""Numbers of articles from here on lie on the desks of those who save."""
SPAN = (
    "annotation_set",
    "uuid",
    "label",
    "attributes",
    "origin",
    "derived_from",
    "confidence",
    "flag",
    "rev",
    "deleted_rev",
)


def manager() -> Actor:
    """Return the manager of the project."""
    return Actor(person.by_name(MANAGER))


def project(slug: str) -> None:
    """Make the project with its scheme and its annotators."""
    by = manager()
    projects.create(by=by, name="News", definition=corpus.scheme(), slug_wanted=slug)
    for name in ANNOTATORS:
        membership.add(by=by, slug=slug, username=name, role=Role.ANNOTATOR)


def agreement(slug: str, definition: dict[str, Any]) -> None:
    """Make the project of `bench.agreeing`."""
    projects.create(by=manager(), name="Agreement", definition=definition, slug_wanted=slug)


def spans(slug: str, count: int) -> int:
    """Hand the articles out to the annotators and give each its `count` spans; return how many there are."""
    made = Project.objects.get(slug=slug)
    found = list(Article.objects.filter(project=made).defer("text").order_by("pk"))
    written = 0
    with transaction.atomic():
        for turn, name in enumerate(ANNOTATORS):
            whom, held = person.by_name(name), found[turn :: len(ANNOTATORS)]
            _assign(slug, name, held)
            places = [_places(each, count) for each in held]
            written += annotate(made, whom, held, places, State.SUBMITTED)
    _settle()
    return written


def _settle() -> None:
    """Do at once what autovacuum does within a minute: a database that has been lived in knows its rows."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _places(article: Article, count: int) -> list[Place]:
    """Return the corpus' spans of one of its articles."""
    number = int(article.external_id)
    return corpus.spans(corpus.article(number), count, number)


def samples(slug: str) -> dict[str, dict[str, str]]:
    """Add the single articles with the annotator's open sets; return the ids of both by the sample's name."""
    made = Project.objects.get(slug=slug)
    whom = person.by_name(ANNOTATOR)
    found: dict[str, dict[str, str]] = {}
    for sample in (corpus.SMALL, corpus.DENSE, corpus.LARGE, corpus.CROWDED):
        # Two and two are of the same text, which a project has once only.
        text = f"{sample.text}\n{sample.name}"
        row = _article(slug, text)
        _assign(slug, ANNOTATOR, [row])
        with transaction.atomic():
            annotate(made, whom, [row], [sample.spans], State.OPEN)
        own = AnnotationSet.objects.get(article=row)
        found[sample.name] = {"article": str(row.uuid), "set": str(own.uuid)}
    return found


def desks(slug: str, count: int) -> list[dict[str, Any]]:
    """Seat people, each at an article of their own; return their token, their set and the words to mark."""
    found = []
    for number in range(FIRST_DESK, FIRST_DESK + count):
        name = f"desk{number}"
        membership.add(by=manager(), slug=slug, username=name, role=Role.ANNOTATOR)
        text = corpus.article(number)
        row = _article(slug, text)
        _assign(slug, name, [row])
        whom = person.by_name(name)
        own, _made = annotation.start(by=Actor(whom), article=row.uuid)
        _token, secret = token.create(by=whom, scopes=[Scope.READ, Scope.ANNOTATE])
        words = [(each.start(), each.end(), each.group()) for each in re.finditer(r"[^ \n]+", text)]
        found.append({"token": secret, "set": str(own.uuid), "words": words})
    return found


def annotate(
    project: Project,
    whom: User,
    articles: list[Article],
    places: list[list[Place]],
    state: State,
) -> int:
    """Write one set with its spans for each article, inside the caller's transaction."""
    at = timezone.now()
    rows, revisions = _sets(project, whom, articles, places, state, at)
    AnnotationSet.objects.bulk_create(rows, batch_size=CHUNK)
    Revision.objects.bulk_create(revisions, batch_size=CHUNK)
    flat = [(row.pk, place) for row, each in zip(rows, places, strict=True) for place in each]
    nothing = (Origin.HAND, None, None, False, 1, None)
    bulk.insert(Span, SPAN, ((key, uuid7(), label, {}, *nothing) for key, (_s, _e, label) in flat))
    # Keys ascend in the order of writing.
    keys = Span.objects.filter(annotation_set__in=rows).order_by("pk").values_list("pk", flat=True)
    stretches = (
        (key, start, end) for key, (_set, (start, end, _l)) in zip(keys, flat, strict=True)
    )
    bulk.insert(Fragment, ("span", "start", "end"), stretches)
    counted = f"{state}_count"
    Project.objects.filter(pk=project.pk).update(**{counted: F(counted) + len(rows)})
    return len(flat)


def _sets(
    project: Project,
    whom: User,
    articles: list[Article],
    places: list[list[Place]],
    state: State,
    at: datetime,
) -> tuple[list[AnnotationSet], list[Revision]]:
    current = scheme.current(project)
    rows, revisions = [], []
    for each, marked in zip(articles, places, strict=True):
        row = AnnotationSet(
            article=each,
            annotator=whom,
            kind=Kind.OWN,
            scheme=current,
            state=state,
            created_at=at,
            submitted_at=None if state == State.OPEN else at,
        )
        payload = {"spans": len(marked)}
        revisions.append(
            revision.next_of_set(row, by=whom, at=at, action="import", payload=payload)
        )
        rows.append(row)
    return rows, revisions


def _article(slug: str, text: str) -> Article:
    stored = article.add(by=manager(), slug=slug, items=[{"text": text}])
    return Article.objects.get(uuid=stored[0].id)


def _assign(slug: str, name: str, articles: Iterable[Article]) -> None:
    uuids = [each.uuid for each in articles]
    assignment.assign(by=manager(), slug=slug, person=name, role=Task.ANNOTATE, articles=uuids)
