"""Access tokens: made, shown once, used, revoked."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ..errors import Invalid, NotFound
from ..models import Project, Token, User
from ..queries.access import Actor
from ..rules.wording import choice, text
from ..vocabulary import Scope, Subject
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
    within: frozenset[Scope] | None = None,
    now: datetime | None = None,
) -> tuple[Token, str]:
    """Make a token and return it with its secret, which is stored nowhere.

    `within` are the scopes of the token that asks, if one does: it makes none wider than itself.
    """
    at = now or timezone.now()
    wanted = sorted({choice("scopes", each, Scope) for each in scopes})
    if not wanted:
        raise Invalid("Choose at least one scope.", errors=[{"field": "scopes", "code": "invalid"}])
    if within is not None and not within.issuperset(wanted):
        raise Invalid("A token makes no other with scopes it has not.")
    if expires_at is not None and expires_at <= at:
        raise Invalid(
            "The expiry is in the past.", errors=[{"field": "expires_at", "code": "invalid"}]
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


def revoke(*, by: User, uuid: UUID, now: datetime | None = None) -> Token:
    """End one of one's own tokens."""
    at = now or timezone.now()
    with transaction.atomic():
        found = Token.objects.filter(uuid=uuid, person=by, revoked_at=None).first()
        if found is None:
            raise NotFound("You have no such token.")
        found.revoked_at = at
        found.save(update_fields=["revoked_at"])
        _log(by, at, found, "revoke")
    return found


def actor(secret: str, *, now: datetime | None = None) -> Actor | None:
    """Return who a token speaks for, or None for one that is unknown, revoked or expired."""
    at = now or timezone.now()
    found = (
        Token.objects.select_related("person")
        .filter(Q(expires_at=None) | Q(expires_at__gt=at))
        .filter(digest=_digest(secret), revoked_at=None, person__is_active=True)
        .first()
    )
    if found is None:
        return None
    if found.last_used_on != at.date():
        Token.objects.filter(pk=found.pk).update(last_used_on=at.date())
    return Actor(
        person=found.person,
        scopes=frozenset(Scope(each) for each in found.scopes),
        project_id=found.project_id,
    )


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
