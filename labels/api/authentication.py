"""Who asks: a bearer token, or the session of somebody signed in on the pages (with CSRF).

Both end in `request.auth`, the `Actor` that actions are given.
"""

from __future__ import annotations

from typing import Any

from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from ..actions import token
from ..actions.person import speak_to
from ..errors import NotSignedIn
from ..queries.access import Actor

SCHEME = "Bearer"
PERSON = "HTTP_GALLEY_PERSON"


class TokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer <token>`; a token in the address is never read."""

    def authenticate(self, request: Request) -> tuple[Any, Actor] | None:
        """Return whose token it is, or None when there is none."""
        kind, _, secret = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if kind.lower() != SCHEME.lower():
            return None
        actor = token.actor(secret.strip())
        if actor is None:
            raise AuthenticationFailed("This token is unknown, revoked or expired. Make a new one.")
        return actor.person, actor

    def authenticate_header(self, request: Request) -> str:
        """Return what a 401 asks for."""
        return SCHEME


class SessionAuthentication(authentication.SessionAuthentication):
    """The session of the pages."""

    def authenticate(self, request: Request) -> tuple[Any, Actor] | None:
        """Return who is signed in, or None.

        A page that was opened by somebody else says so: what they did must not count as this person's.
        """
        found = super().authenticate(request)
        if found is None:
            return None
        meant = request.META.get(PERSON, "")
        if meant and meant != str(found[0].uuid):
            raise NotSignedIn("Somebody else is signed in in this browser now.")
        # What refuses a save stands on their screen. A program's answers are in the language it asks for.
        speak_to(found[0])
        return found[0], Actor(found[0])
