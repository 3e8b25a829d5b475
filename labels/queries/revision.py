"""The log, as a set's history and as a project's feed of changes."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from ..models import AnnotationSet, Project, Revision, User
from ..vocabulary import OffsetUnit
from .access import for_review


def of_set(row: AnnotationSet) -> QuerySet[Revision]:
    """Return a set's history, oldest first."""
    return Revision.objects.filter(annotation_set=row).select_related("by").order_by("version")


def of_project(project: Project, since: int = 0) -> QuerySet[Revision]:
    """Return what happened in a project after a place in the feed, oldest first."""
    return (
        Revision.objects.filter(project=project, pk__gt=since).select_related("by").order_by("pk")
    )


def reviewed_by(lines: QuerySet[Revision], person: User) -> QuerySet[Revision]:
    """Keep the lines of sets that a person owns or is to review."""
    held = for_review().filter(person=person)
    seen = Q(annotation_set__annotator=person) | Q(
        annotation_set__article__in=held.values("article")
    )
    return lines.filter(seen)


def shown(lines: QuerySet[Revision], person: User) -> QuerySet[Revision]:
    """Leave out the lines of sets that a person is not to see before they have looked again."""
    hidden = AnnotationSet.objects.filter(annotator=person, concealed_at__isnull=False)
    keys = dict(hidden.values_list("pk", "uuid"))
    if not keys:
        return lines
    # What is said of a set, and verdicts on it, name it in what they tell.
    told = Q(payload__annotation_set__in=[str(each) for each in keys.values()])
    return lines.exclude(Q(annotation_set__in=keys) | told)


def payload(revision: Revision) -> dict[str, Any]:
    """Return a line of the log as clients see it; `id` is its place in the feed."""
    return {
        "id": revision.pk,
        "subject": revision.subject,
        "subject_id": revision.subject_id,
        "action": revision.action,
        "by": revision.by.username,
        "at": revision.at.isoformat(),
        "version": revision.version,
        "payload": revision.payload,
        "offset_unit": OffsetUnit.CODEPOINT,
        "digest": revision.digest,
        "previous": revision.previous,
        "chain": revision.chain,
    }
