"""A project's articles with their annotation sets as records, in chunks that bound the memory.

Each chunk is read as of one moment (`snapshot`), so that no set is seen half-way through a change, and is let
go before the next is read.
"""

from __future__ import annotations

import hmac
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from .. import records
from ..models import AnnotationSet, Article, Project, Review
from ..vocabulary import Choice, Kind, State, Verdict
from . import adjudication
from .among import Among
from .beforehand import beforehand
from .prepared import Place, Written, prepared
from .snapshot import snapshot
from .units import units_of

FIRST_ARTICLES = 20
"""Articles of the first chunk: whoever waits for the data set sees it begin."""
CHUNK_ARTICLES = 400
CHUNK_LENGTH = 1_000_000
"""Code points of text in one chunk; a single article may be longer."""

ARTICLE_COLUMNS = (
    "pk",
    "uuid",
    "text",
    "text_sha256",
    "original_sha256",
    "title",
    "external_id",
    "language",
    "publisher",
    "byline",
    "url",
    "published_at",
    "extra",
    "version",
    "supersedes__uuid",
)
SET_COLUMNS = (
    "pk",
    "article_id",
    "uuid",
    "annotator__username",
    "annotator_name",
    # What a file called an imported set, so that exporting it again gives that file.
    Coalesce(NullIf("file_kind", Value("")), "kind"),
    "round",
    "state",
    "version",
    Coalesce("file_scheme_version", "scheme__version"),
    "active_seconds",
    "file_provenance",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an export holds. Without a filter on sets, articles that nobody has labelled come along."""

    kind: Kind | None = None
    state: State | None = None
    label: str = ""
    updated_since: datetime | None = None
    round: int | None = None
    """1 for first looks alone, 2 for second ones."""
    articles: Collection[UUID] | None = None
    """Only these, such as those of a split."""
    pseudonyms: bool = False

    @property
    def filters_sets(self) -> bool:
        """Whether only articles with a matching set are wanted."""
        return bool(self.kind or self.state or self.updated_since or self.round)


def articles(project: Project, wanted: Wanted) -> Iterator[records.Article]:
    """Yield a project's live articles with the wanted sets, in order of arrival."""
    return chain.from_iterable(beforehand(_chunks(_Asked(project, wanted))))


def count(project: Project, states: Collection[State]) -> int:
    """Count a project's live articles that have a set in one of these states."""
    finished = AnnotationSet.objects.filter(article=OuterRef("pk"), state__in=states)
    return Article.objects.live().filter(Exists(finished), project=project).count()


def texts(project: Project, states: Collection[State]) -> Iterator[records.Article]:
    """Yield a project's live articles that have a set in one of these states, without the sets."""
    finished = AnnotationSet.objects.filter(article=OuterRef("pk"), state__in=states)
    found = Article.objects.live().filter(Exists(finished), project=project)
    rows = found.order_by("pk").values_list(*ARTICLE_COLUMNS)
    for row in rows.iterator(chunk_size=CHUNK_ARTICLES):
        yield _article(row, [])


class _Asked:
    """What an export asks for chunk after chunk."""

    def __init__(self, project: Project, wanted: Wanted) -> None:
        self.project, self.wanted = project, wanted
        later = Article.objects.live().filter(project=project, pk__gt=Place("last")).order_by("pk")
        if wanted.filters_sets:
            later = later.filter(Exists(_matching(wanted).filter(article=OuterRef("pk"))))
        columns = ("pk", "length") if wanted.articles is None else ("pk", "length", "uuid")
        self.lengths = Written(later.values_list(*columns)[:CHUNK_ARTICLES])
        sets = _matching(wanted).filter(Among("article", "articles")).order_by("pk")
        self.sets = Written(sets.values_list(*SET_COLUMNS))


def _chunks(asked: _Asked) -> Iterator[list[records.Article]]:
    last = 0
    while True:
        with snapshot():
            chunk, last = _chunk(asked, last)
        if not chunk:
            return
        yield chunk


def _chunk(asked: _Asked, last: int) -> tuple[list[records.Article], int]:
    keys = _keys(asked, last)
    if not keys:
        return [], last
    sets = _sets(asked, keys)
    return [_article(row, sets[row[0]]) for row in _texts_of(articles=keys)], keys[-1]


@prepared
def _texts_of() -> QuerySet[Article, tuple[Any, ...]]:
    found = Article.objects.filter(Among("pk", "articles"))
    return found.order_by("pk").values_list(*ARTICLE_COLUMNS)


def _keys(asked: _Asked, last: int) -> list[int]:
    """Return the next articles' keys, as many as fit into a chunk."""
    only = asked.wanted.articles
    keys: list[int] = []
    length = 0
    most = CHUNK_ARTICLES if last else FIRST_ARTICLES
    for key, size, *uuid in _ahead(asked, last):
        if only is not None and uuid[0] not in only:
            continue
        length += size
        if keys and length > CHUNK_LENGTH:
            break
        keys.append(key)
        if len(keys) == most:
            break
    return keys


def _ahead(asked: _Asked, last: int) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of one article after the other, which begin with the key."""
    while rows := asked.lengths(last=last):
        yield from rows
        if len(rows) < CHUNK_ARTICLES:
            return
        last = rows[-1][0]


def _matching(wanted: Wanted) -> QuerySet[AnnotationSet]:
    found = AnnotationSet.objects.all()
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.round:
        found = found.filter(round=wanted.round)
    if wanted.updated_since:
        found = found.filter(updated_at__gte=wanted.updated_since)
    return found


def _article(row: tuple[Any, ...], sets: list[records.AnnotationSet]) -> records.Article:
    _pk, uuid, text, text_sha256, original_sha256, title, external_id, *rest = row
    language, publisher, byline, url, published_at, extra, version, supersedes = rest
    return records.Article(
        id=uuid,
        text=text,
        text_sha256=text_sha256,
        original_sha256=original_sha256,
        title=title,
        external_id=external_id,
        language=language,
        publisher=publisher,
        byline=byline,
        url=url,
        published_at=published_at,
        extra=extra,
        version=version,
        supersedes=supersedes,
        annotation_sets=sets,
    )


def _sets(asked: _Asked, keys: list[int]) -> dict[int, list[records.AnnotationSet]]:
    project, wanted = asked.project, asked.wanted
    rows = asked.sets(articles=keys)
    if not rows:
        return defaultdict(list)
    set_keys = [row[0] for row in rows]
    spans, relations = units_of(set_keys, wanted.label)
    reviews = _reviews(project, wanted, set_keys)
    origins = _origins(project, wanted, rows, spans, relations)
    found: dict[int, list[records.AnnotationSet]] = defaultdict(list)
    for (
        pk,
        article,
        uuid,
        username,
        name,
        kind,
        number,
        state,
        version,
        scheme,
        active,
        _told,
    ) in rows:
        annotator = username or name
        found[article].append(
            records.AnnotationSet(
                id=uuid,
                annotator=pseudonym(project, annotator) if wanted.pseudonyms else annotator,
                kind=Kind(kind),
                round=number,
                state=State(state),
                version=version,
                scheme_version=scheme,
                spans=spans[pk],
                relations=relations[pk],
                reviews=reviews[pk],
                provenance=origins.get(pk, {}),
                active_seconds=active,
            )
        )
    return found


def _origins(
    project: Project,
    wanted: Wanted,
    rows: Sequence[tuple[Any, ...]],
    spans: dict[int, Sequence[records.Span]],
    relations: dict[int, list[records.Relation]],
) -> dict[int, dict[UUID, records.Provenance]]:
    """Return where the units of the gold sets come from, by the set's key."""
    gold = [row[0] for row in rows if row[5] == Kind.GOLD]
    if not gold:
        return {}
    made = adjudication.decisions(gold)
    taken = {each.taken for decisions in made.values() for each in decisions if each.taken}
    found = AnnotationSet.objects.filter(uuid__in=taken)
    names = found.values_list("uuid", "annotator__username", "annotator_name")
    annotators = {uuid: username or name for uuid, username, name in names}
    origins = {
        pk: adjudication.provenance(made[pk], spans[pk], relations[pk], annotators) for pk in gold
    }
    told = ((row[0], row[-1]) for row in rows if row[-1])
    origins |= {pk: {UUID(unit): _told(each) for unit, each in all_.items()} for pk, all_ in told}
    if wanted.pseudonyms:
        return {pk: _hidden(project, each) for pk, each in origins.items()}
    return origins


def _told(raw: dict[str, Any]) -> records.Provenance:
    """Return what a file told of a unit of a gold set."""
    ids = {name: UUID(raw[name]) if raw[name] else None for name in ("derived_from", "set")}
    return records.Provenance(**raw | ids | {"choice": Choice(raw["choice"])})


def _hidden(
    project: Project, origins: dict[UUID, records.Provenance]
) -> dict[UUID, records.Provenance]:
    return {
        unit: replace(
            each,
            annotator=pseudonym(project, each.annotator) if each.annotator else "",
            adjudicator=pseudonym(project, each.adjudicator),
        )
        for unit, each in origins.items()
    }


def _reviews(project: Project, wanted: Wanted, sets: list[int]) -> dict[int, list[records.Review]]:
    found: dict[int, list[records.Review]] = defaultdict(list)
    for owner, uuid, verdict, reviewer, rev, at, *rest in _verdicts(sets=sets):
        span, relation, reason, comment, proposal = rest
        name = pseudonym(project, reviewer) if wanted.pseudonyms else reviewer
        found[owner].append(
            records.Review(
                uuid,
                Verdict(verdict),
                name,
                rev,
                at.isoformat(),
                span,
                relation,
                reason,
                comment,
                proposal,
            )
        )
    return found


@prepared
def _verdicts() -> QuerySet[Review, tuple[Any, ...]]:
    found = Review.objects.filter(Among("annotation_set", "sets")).order_by("pk")
    return found.values_list(
        "annotation_set_id",
        "uuid",
        "verdict",
        Coalesce("reviewer__username", "reviewer_name"),
        "rev",
        "created_at",
        "span__uuid",
        "relation__uuid",
        "reason",
        "comment",
        "proposal",
    )


def pseudonym(project: Project, name: str) -> str:
    """Return a name that is the same for one person throughout a project and tells nothing of them."""
    digest = hmac.new(project.pseudonym_key.encode(), name.encode(), "sha256").hexdigest()
    return f"person-{digest[:12]}"
