"""Access tokens: made, shown once, used, revoked."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from ..errors import Forbidden, Invalid, NotFound
from ..models import Project, Token, User
from ..queries import token as tokens
from ..queries.access import Actor
from ..queries.prepared import Place, prepared
from ..rules.wording import choice, text
from ..vocabulary import Scope, Subject
from ..words import say
from . import revision

PREFIX = "galley_"
SECRET_BYTES = 32
SHOWN = 12
"""Characters of a token that its owner sees again."""


def create(
    *,
    by: User,
    scopes: Sequence[str],
    name: str = "",
    project: Project | None = None,
    expires_at: datetime | None = None,
    within: Actor | None = None,
    now: datetime | None = None,
) -> tuple[Token, str]:
    """Make a token and return it with its secret, which is stored nowhere.

    `within` is who asks by a token, if one does: it makes none that can do more, elsewhere, or for longer.
    """
    at = now or timezone.now()
    wanted = sorted({choice("scopes", each, Scope) for each in scopes})
    if not wanted:
        raise Invalid(
            say("Choose at least one scope."), errors=[{"field": "scopes", "code": "invalid"}]
        )
    if within is not None:
        expires_at = _narrowed(within, wanted, project, expires_at)
    if expires_at is not None and expires_at <= at:
        raise Invalid(
            say("The expiry is in the past."), errors=[{"field": "expires_at", "code": "invalid"}]
        )
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    with transaction.atomic():
        made = Token.objects.create(
            person=by,
            name=text("name", name, longest=100).strip(),
            start=secret[:SHOWN],
            digest=_digest(secret),
            scopes=wanted,
            project=project,
            created_at=at,
            expires_at=expires_at,
        )
        _log(by, at, made, "create")
    return made, secret


def _narrowed(
    within: Actor, scopes: Sequence[Scope], project: Project | None, expires_at: datetime | None
) -> datetime | None:
    """Return when the new token ends, or refuse one that reaches further than the token that asks."""
    if within.scopes is not None and not within.scopes.issuperset(scopes):
        raise Forbidden(say("A token makes no other with scopes it has not."))
    if within.project_id and (project is None or project.pk != within.project_id):
        raise Forbidden(say("A token for one project makes none for others. Name the project."))
    if within.until and expires_at and expires_at > within.until:
        raise Forbidden(say("A token makes no other that outlives it."))
    return expires_at or within.until


def revoke(
    *, by: User, uuid: UUID, within: Actor | None = None, now: datetime | None = None
) -> Token:
    """End one of one's own tokens; a token for one project (`within`) ends none for others."""
    at = now or timezone.now()
    with transaction.atomic():
        own = tokens.own(by, within.project_id if within else None)
        found = own.filter(uuid=uuid).first()
        if found is None:
            raise NotFound(say("You have no such token."))
        found.revoked_at = at
        found.save(update_fields=["revoked_at"])
        _log(by, at, found, "revoke")
    return found


@prepared
def _of_secret() -> QuerySet[Token]:
    """Ask whose token it is: for every request of a program, so for no more than it needs."""
    found = Token.objects.filter(digest=Place("digest")).select_related("person")
    return found.only(
        "scopes",
        "project",
        "expires_at",
        "last_used_on",
        "revoked_at",
        "person__uuid",
        "person__username",
        "person__display_name",
        "person__keys",
        "person__is_active",
    )


def actor(secret: str, *, now: datetime | None = None) -> Actor | None:
    """Return who a token speaks for, or None for one that is unknown, revoked or expired."""
    at = now or timezone.now()
    found = next(iter(_of_secret(digest=_digest(secret))), None)
    if found is None or not _is_good(found, at):
        return None
    if found.last_used_on != at.date():
        Token.objects.filter(pk=found.pk).update(last_used_on=at.date())
    return Actor(
        person=found.person,
        scopes=frozenset(Scope(each) for each in found.scopes),
        project_id=found.project_id,
        until=found.expires_at,
    )


def _is_good(token: Token, at: datetime) -> bool:
    expired = token.expires_at is not None and token.expires_at <= at
    return token.revoked_at is None and not expired and token.person.is_active


def _digest(secret: str) -> str:
    """SHA-256 suffices: the secret has 256 random bits, so there is nothing to guess at."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _log(by: User, at: datetime, token: Token, action: str) -> None:
    revision.record(
        by=by,
        at=at,
        project=token.project,
        subject=Subject.TOKEN,
        subject_id=token.uuid,
        action=action,
        payload={"name": token.name, "scopes": token.scopes},
    )
