"""Which article a text that comes in follows: the one that it names, or the last one of its external id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self
from uuid import UUID

from .. import records
from ..errors import Conflict
from ..models import Article, Import, Project
from ..queries.among import Among
from ..words import say


@dataclass(frozen=True, slots=True)
class Link:
    """An article in its chain; `is_new` is one that came with the same import."""

    key: int
    uuid: UUID
    external_id: str
    version: int
    is_new: bool


@dataclass(slots=True)
class Chains:
    """The ends of chains by external id, and all articles that a text names as the one before it."""

    ends: dict[str, Link] = field(default_factory=dict)
    named: dict[UUID, Link] = field(default_factory=dict)
    followed: set[UUID] = field(default_factory=set)

    @classmethod
    def known(
        cls, project: Project, articles: Sequence[records.Article], batch: Import | None
    ) -> Self:
        """Look up what the articles may follow."""
        made = cls()
        live = Article.objects.filter(project=project, deleted_at=None).order_by("version", "pk")
        own = {each.external_id for each in articles if each.external_id}
        uuids = {each.supersedes for each in articles if each.supersedes}
        columns = ("pk", "uuid", "external_id", "version", "batch_id")
        asked = [Among("external_id", own, "text")] if own else []
        asked += [Among("uuid", uuids, "uuid")] if uuids else []
        for wanted in asked:
            found = live.filter(wanted).values_list(*columns)
            for pk, uuid, external_id, version, brought in found:
                is_new = batch is not None and brought == batch.pk
                made._add(Link(pk, uuid, external_id, version, is_new))
        if uuids:
            later = live.filter(supersedes__uuid__in=uuids)
            made.followed = set(later.values_list("supersedes__uuid", flat=True))
        return made

    def _add(self, link: Link) -> None:
        self.named[link.uuid] = link
        end = self.ends.get(link.external_id)
        if link.external_id and (end is None or end.version < link.version):
            self.ends[link.external_id] = link

    def past(self, article: records.Article) -> Link | None:
        """Return what an article follows. Raises `Conflict` where that has a newer text already."""
        end = self.ends.get(article.external_id) if article.external_id else None
        named = self.named.get(article.supersedes) if article.supersedes else None
        if article.id is not None:
            free = named is not None and named.uuid not in self.followed
            return named if free else end
        if article.supersedes is None:
            return end
        if named is None:
            raise Conflict(say("The article that this text is to follow is not in the project."))
        if named.uuid in self.followed or (end and end != named):
            raise Conflict(say("The article that this text is to follow has a newer one already."))
        if article.external_id and article.external_id != named.external_id:
            raise Conflict(say("The article that this text is to follow has another external id."))
        return named

    def take(self, link: Link, past: Link | None) -> None:
        """Note an article that has come in."""
        self._add(link)
        if past:
            self.followed.add(past.uuid)
