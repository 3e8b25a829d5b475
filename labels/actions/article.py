"""Articles: taking them in, changing their metadata, putting them away and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from .. import records
from ..errors import Conflict, Invalid, Refusal
from ..models import Article, Import, Project
from ..models.identifier import uuid7
from ..queries.access import Actor
from ..queries.among import Among
from ..rules import article as rules
from ..rules.permissions import Act
from ..rules.wording import known
from ..text.metadata import FIELDS
from ..text.resemblance import resemblance, sketched
from ..vocabulary import Subject
from ..words import say
from . import access, bulk, revision
from .chain import Chains, Link

MOST = 1000
"""Articles in one request; more come as an import."""

COLUMNS = (
    "id",
    "uuid",
    "project",
    "external_id",
    "version",
    "supersedes",
    "title",
    "publisher",
    "byline",
    "language",
    "url",
    "published_at",
    "extra",
    "text_sha256",
    "original_sha256",
    "length",
    "batch",
    "created_at",
    "created_by",
    "deleted_at",
    "text",
)


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one article: its keys, and whether the project had its text already."""

    key: int
    id: UUID
    duplicate: bool
    version: int
    article: records.Article
    newer: bool = False
    """Whether it follows a text that the project had before, and is not said to be restored with it."""
    older: str = ""
    """Where it is newer, the title of the article that it follows."""
    unlike: bool = False
    """Where it is newer, whether it has nothing in common with that article's text."""


def add(*, by: Actor, slug: str, items: Sequence[Any], now: datetime | None = None) -> list[Stored]:
    """Store articles given as JSON objects, all or nothing. A text the project knows is not doubled.

    Another text of an external id that it knows follows the one before it.
    """
    if len(items) > MOST:
        raise Invalid(say("Send {most} articles at a time at most, or import a file.", most=MOST))
    at = now or timezone.now()
    read = [_read(number, each) for number, each in enumerate(items)]
    with transaction.atomic():
        project = access.project(Act.IMPORT, by=by, slug=slug)
        stored = store(by=by, project=project, articles=read, at=at)
        new = [each for each in stored if not each.duplicate]
        publish(project, len(new))
        revision.record(
            by=by.person,
            at=at,
            project=project,
            subject=Subject.ARTICLE,
            subject_id=project.uuid,
            action="add",
            payload={"articles": [str(each.id) for each in new]},
        )
    return stored


def _read(number: int, raw: Any) -> records.Article:
    try:
        return rules.read(raw)
    except Refusal as refusal:
        for each in refusal.errors:
            each["item"] = number
        raise


def store(
    *,
    by: Actor,
    project: Project,
    articles: Sequence[records.Article],
    at: datetime,
    batch: Import | None = None,
    insert: bulk.Insert = bulk.insert_columns,
) -> list[Stored]:
    """Write the articles that the project does not have, inside the caller's transaction."""
    known_texts = _known_texts(project, articles, batch)
    chains = Chains.known(project, articles, batch)
    keys = iter(bulk.keys(Article, len(articles)))
    free = _free_ids(articles)
    stored: list[Stored] = []
    followed: dict[UUID, int] = {}
    rows: list[bulk.Row] = []
    for each in articles:
        if each.text_sha256 in known_texts:
            key, there, number = known_texts[each.text_sha256]
            stored.append(Stored(key, there, duplicate=True, version=number, article=each))
            continue
        uuid = each.id if each.id in free else uuid7()
        free.discard(uuid)
        past = chains.past(each)
        # What is restored keeps its number: those before it may not have come along.
        version = max(past.version + 1 if past else 1, each.version if each.id else 1)
        key = next(keys)
        known_texts[each.text_sha256] = key, uuid, version
        named = (
            each if each.external_id or not past else replace(each, external_id=past.external_id)
        )
        link = Link(key, uuid, named.external_id, version, is_new=True)
        chains.take(link, past)
        newer = past is not None and not (past.is_new and each.is_restored)
        if past and newer:
            followed[uuid] = past.key
        stored.append(
            Stored(key, uuid, duplicate=False, version=version, article=named, newer=newer)
        )
        rows.append(_row(by, project, named, link, past, batch, at))
    insert(Article, COLUMNS, list(zip(*rows, strict=True)))
    return _compared(stored, followed) if followed else stored


def _compared(stored: Sequence[Stored], followed: Mapping[UUID, int]) -> list[Stored]:
    """Say of newer texts what they follow: an id that is the same by chance joins what has nothing in common."""
    older = {
        each.key: (each.article.title, each.article.text) for each in stored if not each.duplicate
    }
    before = Article.objects.filter(Among("pk", {*followed.values()} - {*older}))
    older |= {key: (title, text) for key, title, text in before.values_list("pk", "title", "text")}
    found = []
    for each in stored:
        if not each.duplicate and each.id in followed:
            title, text = older[followed[each.id]]
            named = each.article.supersedes is not None
            unlike = not named and not resemblance(sketched(text), sketched(each.article.text))
            found.append(replace(each, older=title, unlike=unlike))
        else:
            found.append(each)
    return found


def _row(
    by: Actor,
    project: Project,
    article: records.Article,
    link: Link,
    past: Link | None,
    batch: Import | None,
    at: datetime,
) -> bulk.Row:
    return (
        link.key,
        link.uuid,
        project.pk,
        article.external_id,
        link.version,
        past.key if past else None,
        article.title,
        article.publisher,
        article.byline,
        article.language,
        article.url,
        article.published_at,
        article.extra,
        article.text_sha256,
        article.original_sha256,
        article.length,
        batch.pk if batch else None,
        at,
        by.person.pk,
        None,
        article.text,
    )


def _known_texts(
    project: Project, articles: Sequence[records.Article], batch: Import | None
) -> dict[str, tuple[int, UUID, int]]:
    """Return keys and version of each text that the project has, or refuse while another import brings one.

    Nobody sees that one yet, and it goes away again if its import fails: it is no duplicate to speak of.
    """
    hashes = [each.text_sha256 for each in articles]
    there = Among("text_sha256", hashes, "text")
    found = Article.objects.filter(there, project=project, deleted_at=None)
    known = {}
    columns = ("text_sha256", "pk", "uuid", "version", "batch", "batch__published_at")
    for digest, key, uuid, version, brought_by, published_at in found.values_list(*columns):
        if brought_by and not published_at and (batch is None or brought_by != batch.pk):
            raise Conflict(
                say(
                    "Another import is bringing in one of these texts just now. Try again when it is "
                    "done."
                )
            )
        known[digest] = key, uuid, version
    return known


def _free_ids(articles: Sequence[records.Article]) -> set[UUID]:
    """Return those of the files' own ids that no article of any project has."""
    given = {each.id for each in articles if each.id}
    if not given:
        return set()
    taken = Article.objects.filter(Among("uuid", given, "uuid")).values_list("uuid", flat=True)
    return given - set(taken)


def unwanted(given: records.Article) -> str:
    """Say that a newer text is not taken in."""
    return say(
        "“{title}”: the project has another text of “{name}”, and newer texts are not to be taken in.",
        title=given.title,
        name=given.external_id,
    )


def publish(project: Project, count: int) -> None:
    """Count articles that have become visible."""
    Project.objects.filter(pk=project.pk).update(article_count=F("article_count") + count)


def describe(*, by: Actor, uuid: UUID, changes: Any, now: datetime | None = None) -> Article:
    """Change an article's metadata; its text never changes."""
    given = known(changes, FIELDS - {"external_id"})
    checked = rules.metadata(given)
    with transaction.atomic():
        found = access.article(Act.CHANGE_ARTICLE, by=by, uuid=uuid, text=True)
        before = {name: getattr(found, name) for name in checked}
        for name, value in checked.items():
            setattr(found, name, value)
        if not found.title.strip():
            raise Invalid(say("title: an article needs a title."), errors=[{"field": "title"}])
        found.save(update_fields=list(checked))
        revision.record(
            by=by.person,
            at=now or timezone.now(),
            project=found.project,
            subject=Subject.ARTICLE,
            subject_id=found.uuid,
            action="describe",
            payload={"before": before, "after": checked},
        )
    return found
