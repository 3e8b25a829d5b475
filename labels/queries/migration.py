"""Migrations of a scheme: which there were, and what sets said before them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import F, Max, QuerySet, RowRange, Window

from .. import records
from ..errors import NotFound
from ..models import AnnotationSet, Fragment, Migration, Project, Revision, Span
from ..words import say

MIGRATE = "migrate_scheme"
"""The action of the revision that a migration leaves in a set's chain."""


def migrations(project: Project) -> QuerySet[Migration]:
    """Return a project's migrations, newest first."""
    found = Migration.objects.filter(project=project).order_by("-pk")
    return found.select_related("before", "after", "created_by", "undoes", "undone_by").defer(
        "before__definition", "after__definition"
    )


def migration(project: Project, uuid: UUID) -> Migration:
    """Return one of a project's migrations. Raises `NotFound`."""
    found = migrations(project).filter(uuid=uuid).first()
    if found is None:
        raise NotFound(say("There is no such change of the scheme."))
    return found


def running(project: Project) -> Migration | None:
    """Return the migration that is not finished, if there is one."""
    return migrations(project).filter(finished_at=None).first()


def undone_by(row: Migration) -> Migration | None:
    """Return the migration that took one back."""
    return Migration.objects.filter(undoes=row).first()


def left(row: Migration) -> QuerySet[AnnotationSet]:
    """Return the first sets that a migration left at their version."""
    found = AnnotationSet.objects.filter(uuid__in=row.left).order_by("pk")
    return found.select_related("article", "annotator").defer("article__text")


def sets(project: Project) -> QuerySet[AnnotationSet]:
    """Return all sets that a migration carries along, those of articles that were put away, too."""
    return AnnotationSet.objects.filter(article__project=project)


def overlapping(keys: Any, labels: Sequence[str]) -> list[int]:
    """Return the sets among these (keys, or a query) in which fragments of spans of the labels overlap.

    Each fragment is held against the furthest end of those before it, so that a set of ten thousand spans is
    read once, and not once for each of them.
    """
    found = Fragment.objects.filter(
        span__annotation_set__in=keys, span__label__in=labels, span__deleted_rev=None
    )
    reach = Window(
        Max("end"),
        partition_by="span__annotation_set",
        order_by=["start", "pk"],
        frame=RowRange(end=-1),
    )
    shared = found.annotate(reach=reach).filter(reach__gt=F("start"))
    return sorted(set(shared.values_list("span__annotation_set", flat=True)))


def spans_of(keys: Iterable[int], labels: Sequence[str]) -> dict[int, list[records.Span]]:
    """Return the living spans of some labels with their places, by their sets: what could clash."""
    living = Span.objects.filter(annotation_set__in=keys, label__in=labels, deleted_rev=None)
    places: dict[int, list[records.Fragment]] = defaultdict(list)
    fragments = Fragment.objects.filter(span__in=living.values("pk")).order_by("start")
    for span, start, end in fragments.values_list("span_id", "start", "end"):
        places[span].append(records.Fragment(start, end))
    found: dict[int, list[records.Span]] = defaultdict(list)
    for pk, owner, uuid, label in living.values_list("pk", "annotation_set_id", "uuid", "label"):
        found[owner].append(records.Span(uuid, label, tuple(places[pk])))
    return found


# What sets said before


def labels_before(row: Migration, keys: Iterable[int] | None = None) -> dict[int, dict[str, str]]:
    """Return, by set and span, the labels that spans had before a merge, as the sets' chains tell."""
    lines = Revision.objects.filter(action=MIGRATE)
    # Not both: with the project, SQLite would walk all of its log to find a few sets.
    whose = {"project": row.project_id} if keys is None else {"annotation_set__in": keys}
    found: dict[int, dict[str, str]] = {}
    for owner, told in lines.filter(**whose).values_list("annotation_set_id", "payload"):
        if owner and told.get("operation", {}).get("migration") == str(row.uuid):
            spans = told.get("spans", {})
            found[owner] = {span: label for label, ids in spans.items() for span in ids}
    return found
