"""Projects: making one, and its settings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from ..errors import AlreadyExists, Invalid
from ..models import Membership, Project
from ..queries.access import Actor
from ..rules import sampling
from ..rules.permissions import Act
from ..rules.wording import boolean, choice, known, slug, text, whole
from ..vocabulary import Role, Sampling, Scope, Subject
from ..words import say
from . import access, revision
from . import scheme as schemes

SWITCHES = {"peer_review", "open_after_submit", "blind"}
SHARES = {"review_share": (1, 100), "review_below": (1, 100), "gold_share": (0, 50)}
SETTINGS = {"name", "description", "review_which"} | SWITCHES | SHARES.keys()


def create(
    *,
    by: Actor,
    name: str,
    definition: Any,
    slug_wanted: str = "",
    description: str = "",
    now: datetime | None = None,
) -> Project:
    """Make a project with a scheme; who makes it manages it."""
    access.check_scope(by, Scope.MANAGE)
    if by.project_id:
        raise Invalid(say("A token for one project makes no other."))
    at = now or timezone.now()
    called = text("name", name, longest=150, needed=True).strip()
    address = slug(
        "slug", slug_wanted or slugify(called).replace("_", "-")[:80].strip("-") or "project"
    )
    schemes.check(definition)
    try:
        with transaction.atomic():
            project = Project.objects.create(
                slug=address if slug_wanted else _free(address),
                name=called,
                description=text("description", description, longest=5000),
                created_by=by.person,
            )
            Membership.objects.create(project=project, person=by.person, role=Role.MANAGER)
            schemes.store(by=by, project=project, definition=definition, at=at)
            _log(by, at, project, "create", {"name": called, "slug": project.slug})
    except IntegrityError:
        raise AlreadyExists(
            say("There is a project “{address}” already: choose another slug.", address=address)
        ) from None
    return project


def change(*, by: Actor, address: str, settings: Any, now: datetime | None = None) -> Project:
    """Change a project's name, description or settings."""
    given = known(settings, SETTINGS)
    with transaction.atomic():
        project = access.project(Act.CHANGE_PROJECT, by=by, slug=address)
        before = {name: getattr(project, name) for name in given}
        for name, value in given.items():
            setattr(project, name, _checked(name, value))
        project.review_upto = sampling.upto(project.review_share)
        project.save(update_fields=[*given, "review_upto"])
        _log(by, now or timezone.now(), project, "change", {"before": before, "after": given})
    return project


def _checked(name: str, value: Any) -> Any:
    if name in SWITCHES:
        return boolean(name, value)
    if name in SHARES:
        least, most = SHARES[name]
        return whole(name, value, least=least, most=most)
    if name == "review_which":
        return choice(name, value, Sampling)
    longest = 150 if name == "name" else 5000
    return text(name, value, longest=longest, needed=name == "name")


def _free(address: str) -> str:
    """Return the slug, or the slug with the first number that is free."""
    taken = set(Project.objects.filter(slug__startswith=address).values_list("slug", flat=True))
    if address not in taken:
        return address
    return next(
        candidate
        for number in range(2, len(taken) + 3)
        if (candidate := f"{address[:75]}-{number}") not in taken
    )


def _log(by: Actor, at: datetime, project: Project, action: str, payload: dict[str, Any]) -> None:
    revision.record(
        by=by.person,
        at=at,
        project=project,
        subject=Subject.PROJECT,
        subject_id=project.uuid,
        action=action,
        payload=payload,
    )
