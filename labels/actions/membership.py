"""Who is in a project: adding, changing, leaving. Nobody takes the last manager away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ..errors import Forbidden, LastManager, NotFound
from ..models import Membership, Project, User
from ..queries.access import Actor
from ..rules.permissions import Act
from ..rules.wording import choice
from ..vocabulary import Role, Subject
from ..words import say
from . import access, person, qualification, revision


def add(
    *,
    by: Actor,
    slug: str,
    username: str,
    role: str,
    display_name: str = "",
    can_export: bool = False,
    now: datetime | None = None,
) -> tuple[Membership, bool]:
    """Put somebody into a project or change their role; say whether an account was made for them."""
    at = now or timezone.now()
    wanted = choice("role", role, Role)
    with transaction.atomic():
        project = _locked(by, slug)
        whom = User.objects.filter(username=username).first()
        made = whom is None
        if whom is None:
            whom = person.create(by=by.person, name=username, display_name=display_name, now=at)
        if not whom.is_active:
            raise Forbidden(say("The account “{username}” is not in use.", username=username))
        before = Membership.objects.filter(project=project, person=whom).first()
        if before and before.left_at is None and before.role == Role.MANAGER != wanted:
            _check_not_last(project, whom)
        membership, _made = Membership.objects.update_or_create(
            project=project,
            person=whom,
            defaults={"role": wanted, "can_export": can_export, "left_at": None},
        )
        if before is None:
            qualification.enter(by=by, membership=membership, at=at)
        elif wanted != Role.ANNOTATOR and membership.on_trial:
            # Who reviews or manages has nothing to pass.
            membership.trial_at = None
            membership.save(update_fields=["trial_at"])
        _log(by, at, project, "add", membership)
    return membership, made


def remove(*, by: Actor, slug: str, username: str, now: datetime | None = None) -> Membership:
    """Take somebody out of a project. Their work stays, under their name."""
    at = now or timezone.now()
    with transaction.atomic():
        project = _locked(by, slug)
        membership = (
            Membership.objects.filter(project=project, person__username=username, left_at=None)
            .select_related("person")
            .first()
        )
        if membership is None:
            raise NotFound(say("“{username}” is not in this project.", username=username))
        if membership.role == Role.MANAGER:
            _check_not_last(project, membership.person)
        membership.left_at = at
        membership.save(update_fields=["left_at"])
        _log(by, at, project, "remove", membership)
    return membership


def sign_in_link(*, by: Actor, slug: str, username: str) -> str:
    """Return a sign-in token to hand over to somebody who was added and has no password yet.

    A link is a way into the account, so it is not for people who have set a password, who run the instance
    or who are in a project that the manager does not manage: their work there is not the manager's to reach.
    """
    project = access.project(Act.CHANGE_MEMBERS, by=by, slug=slug)
    membership = (
        Membership.objects.filter(project=project, person__username=username, left_at=None)
        .select_related("person")
        .first()
    )
    if membership is None:
        raise NotFound(say("“{username}” is not in this project.", username=username))
    whom = membership.person
    if whom.has_usable_password() and whom.pk != by.person.pk:
        raise Forbidden(
            say("{username} has set a password and signs in with it.", username=username)
        )
    if whom.pk != by.person.pk and _reaches_further(whom, by.person):
        raise Forbidden(
            say(
                "{username} works elsewhere too. Who runs the instance makes the link: manage.py "
                "sign_in_link {username}",
                username=username,
            )
        )
    return person.sign_in_token(whom)


def _reaches_further(whom: User, manager: User) -> bool:
    """Tell whether somebody's account opens what the manager's does not."""
    managed = Membership.objects.filter(person=manager, role=Role.MANAGER, left_at=None)
    own = Membership.objects.filter(person=whom, left_at=None)
    return whom.is_superuser or own.exclude(project__in=managed.values("project")).exists()


def _locked(by: Actor, slug: str) -> Project:
    """Hold the project, so that two managers cannot take each other out at once."""
    project = access.project(Act.CHANGE_MEMBERS, by=by, slug=slug)
    return Project.objects.select_for_update().get(pk=project.pk)


def _check_not_last(project: Project, whom: User) -> None:
    others = Membership.objects.filter(project=project, role=Role.MANAGER, left_at=None)
    if not others.exclude(person=whom).exists():
        raise LastManager(
            say(
                "{username} is the only manager. Make somebody else one first.",
                username=whom.username,
            )
        )


def _log(by: Actor, at: datetime, project: Project, action: str, membership: Membership) -> None:
    revision.record(
        by=by.person,
        at=at,
        project=project,
        subject=Subject.MEMBER,
        subject_id=membership.person.uuid,
        action=action,
        payload={
            "username": membership.person.username,
            "role": membership.role,
            "can_export": membership.can_export,
        },
    )
