"""How much each person of a project has in hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Count

from ..models import Assignment, Project
from ..vocabulary import Task


def workload(project: Project) -> Mapping[int, Mapping[Task, int]]:
    """Return, by a person's key, how many articles they are to label and to review."""
    held = Assignment.objects.filter(
        article__project=project, article__deleted_at=None, withdrawn_at=None
    )
    found: dict[int, dict[Task, int]] = defaultdict(lambda: dict.fromkeys(Task, 0))
    for person, role, count in held.values_list("person", "role").annotate(Count("pk")):
        found[person][Task(role)] = count
    return found
