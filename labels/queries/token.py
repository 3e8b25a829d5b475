"""One's own tokens."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from ..models import Token, User


def own(person: User, project_id: int | None = None) -> QuerySet[Token]:
    """Return a person's tokens that were not revoked, newest first, or those for one project."""
    found = Token.objects.filter(person=person, revoked_at=None).select_related("project")
    return (found.filter(project=project_id) if project_id else found).order_by("-pk")


def payload(token: Token) -> dict[str, Any]:
    """Return a token as its owner sees it: without the secret, which is stored nowhere."""
    return {
        "id": str(token.uuid),
        "name": token.name,
        "start": token.start,
        "scopes": token.scopes,
        "project": token.project.slug if token.project else None,
        "created_at": token.created_at.isoformat(),
        "expires_at": token.expires_at.isoformat() if token.expires_at else None,
        "last_used_on": token.last_used_on.isoformat() if token.last_used_on else None,
    }
