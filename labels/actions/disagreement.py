"""Where the people of a project disagree, article by article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from ..models import Article
from ..queries import comparison
from ..queries.access import Actor
from ..rules.adjudication import Item, varying
from ..rules.permissions import Act
from ..vocabulary import OffsetUnit
from . import access, telling
from .bench import Bench, benches_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which disagreements are looked for; "" is any."""

    type: str = ""
    label: str = ""
    attribute: str = ""

    def takes(self, item: Item) -> bool:
        """Whether a unit is one of them."""
        if item.cluster is None:
            return not (self.type or self.label or self.attribute)
        return (
            (not self.type or self.type in item.kinds)
            and (not self.label or self.label in item.cluster.labels)
            and (not self.attribute or self.attribute in varying(item.cluster))
        )


def articles(*, by: Actor, slug: str, article: UUID | None = None) -> QuerySet[Article]:
    """Return the articles that at least two have submitted, or one of them; not those one has labelled."""
    project = access.project(Act.READ_DISAGREEMENTS, by=by, slug=slug)
    found = comparison.of_project(project, by).select_related("project")
    return found.filter(uuid=article) if article else found


def payloads(page: Sequence[Article], wanted: Wanted) -> list[dict[str, Any]]:
    """Return articles with their disagreements as clients see them, in as many queries as for one."""
    return [_payload(each, wanted) for each in benches_of(page)]


def _payload(bench: Bench, wanted: Wanted) -> dict[str, Any]:
    found = [each for each in bench.disagreements if wanted.takes(each)]
    return {
        "article": str(bench.article.uuid),
        "title": bench.article.title,
        "sets": telling.sets(bench),
        "progress": telling.progress(bench),
        "disagreements": [telling.item_payload(bench, each) for each in found],
        "offset_unit": OffsetUnit.CODEPOINT,
    }
