"""Projects and what is in them, for lists and cards."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from ..models import Membership, Project, User
from ..vocabulary import Role, State
from .access import Actor


def memberships(by: Actor) -> QuerySet[Membership]:
    """Return the actor's memberships with their projects, oldest first."""
    found = Membership.objects.filter(
        person=by.person, left_at=None, project__archived_at=None
    ).select_related("project")
    if by.project_id:
        found = found.filter(project=by.project_id)
    return found.order_by("project")


def payload(project: Project, role: str) -> dict[str, Any]:
    """Return a project as clients see it, with one's own role in it."""
    # Who labels is not told that there is hidden gold.
    hidden = {"gold_share": project.gold_share} if role == Role.MANAGER else {}
    return hidden | {
        "id": str(project.uuid),
        "slug": project.slug,
        "name": project.name,
        "description": project.description,
        "peer_review": project.peer_review,
        "open_after_submit": project.open_after_submit,
        "blind": project.blind,
        "review_which": project.review_which,
        "review_share": project.review_share,
        "review_below": project.review_below,
        "role": role,
        "created_at": project.created_at.isoformat(),
    }


def counts(project: Project) -> dict[str, int]:
    """Return how many articles there are, and sets by state; kept by the actions, so nothing is counted here."""
    return {"articles": project.article_count} | {
        state: getattr(project, f"{state}_count") for state in State.values
    }


def members(project: Project) -> QuerySet[Membership]:
    """Return who is in a project, in order of joining."""
    return (
        Membership.objects.filter(project=project, left_at=None)
        .select_related("person")
        .order_by("pk")
    )


def reviewers(project: Project) -> int:
    """Return how many reviewers a project has."""
    return members(project).filter(role=Role.REVIEWER).count()


def assignees(of: Iterable[Membership]) -> list[tuple[str, str]]:
    """Return whom articles are handed to, by user name and name: those who label come first."""
    rank = list(Role)
    found = sorted(of, key=lambda each: rank.index(Role(each.role)))
    return [(each.person.username, each.person.name) for each in found]


def member_payload(membership: Membership) -> dict[str, Any]:
    """Return a member as clients see them."""
    return {
        "username": membership.person.username,
        "display_name": membership.person.display_name,
        "role": membership.role,
        "can_export": membership.can_export,
        "created_at": membership.created_at.isoformat(),
    }


def by_slug(slug: str) -> Project | None:
    """Return a project for the command line, where the operator of the instance asks."""
    return Project.objects.filter(slug=slug).first()


def first_manager(slug: str) -> User | None:
    """Return who has managed a project longest."""
    found = Membership.objects.filter(project__slug=slug, role=Role.MANAGER, left_at=None)
    longest = found.select_related("person").order_by("pk").first()
    return longest.person if longest else None
