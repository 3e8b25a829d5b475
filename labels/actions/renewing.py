"""What was written down before a migration and never changes, read in the names of now: verdicts and decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from .. import records
from ..models import Decision, Migration, Review, Revision, Scheme
from ..queries import adjudication
from ..queries.migration import MIGRATE
from ..rules import migration as rules
from ..rules import renewal
from ..rules.renewal import Past


def past(scheme: int) -> list[rules.Migration]:
    """Return the migrations that led up to a version of a scheme, given by its key, oldest first."""
    version = Scheme.objects.defer("definition").get(pk=scheme)
    found = Migration.objects.filter(
        project=version.project_id, after__version__lte=version.version
    )
    return [rules.stored(each) for each in found.order_by("pk").values_list("what", flat=True)]


Moments = Sequence[tuple[datetime, rules.Migration]]


def pasts(articles: Iterable[int]) -> dict[UUID, Moments]:
    """Return when the sets of articles were carried along by which migrations, oldest first, by the set's id.

    One query where the projects had none, two otherwise.
    """
    keys = list(articles)
    known = Migration.objects.filter(project__articles__in=keys).distinct()
    made = {str(uuid): rules.stored(what) for uuid, what in known.values_list("uuid", "what")}
    found: dict[UUID, list[tuple[datetime, rules.Migration]]] = defaultdict(list)
    if made:
        lines = Revision.objects.filter(annotation_set__article__in=keys, action=MIGRATE)
        rows = lines.order_by("annotation_set", "version")
        for uuid, at, told in rows.values_list("annotation_set__uuid", "at", "payload"):
            found[uuid].append((at, made[told["operation"]["migration"]]))
    return dict(found)


def since(moments: Moments, at: datetime) -> Past:
    """Return the migrations that came after a moment, without merges that were taken back again."""
    found: list[rules.Migration] = []
    for made in (made for when, made in moments if when > at):
        if made.kind == rules.UNMERGE and rules.reverse(made) in found:
            found.remove(rules.reverse(made))
        else:
            found.append(made)
    return found


def reviews(rows: Iterable[Review]) -> list[Review]:
    """Return verdicts with what they propose in the names of now."""
    found = list(rows)
    proposing = [each for each in found if each.proposal]
    articles = {each.annotation_set.article_id for each in proposing}
    known = pasts(articles) if articles else {}
    for each in proposing if known else ():
        past = since(known.get(each.annotation_set.uuid, ()), each.created_at)
        if past and each.proposal:
            each.proposal = renewal.proposal(each.proposal, past)
    return found


def decisions(sets: Iterable[int]) -> dict[int, list[records.Decision]]:
    """Return the decisions of gold sets, by the set's key, each in the names that its sets have by now."""
    found: dict[int, list[records.Decision]] = defaultdict(list)
    rows = list(adjudication.rows(sets).select_related("annotation_set"))
    known = pasts({row.annotation_set.article_id for row in rows}) if rows else {}
    for row in rows:
        made = adjudication.record(row)
        found[row.annotation_set_id].append(_decision(row, made, known) if known else made)
    return found


def _decision(
    row: Decision, made: records.Decision, known: Mapping[UUID, Moments]
) -> records.Decision:
    def past(owner: UUID) -> Past:
        return since(known.get(owner, ()), row.created_at)

    def said(each: records.Said) -> records.Said:
        spans = renewal.spans(each.spans, past(each.set))
        return replace(each, spans=spans, links=renewal.links(each.links, past(each.set)))

    own = past(row.annotation_set.uuid)
    return replace(
        made,
        about=tuple(map(said, made.about)),
        spans=renewal.spans(made.spans, own),
        links=renewal.links(made.links, own),
    )
