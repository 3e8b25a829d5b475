"""Who am I, and my tokens."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from ..actions import access, token
from ..errors import Forbidden, Invalid
from ..queries import project as projects
from ..queries import token as tokens
from ..vocabulary import Scope
from .view import NewestFirst, View, read_moment, read_uuid


class Me(View):
    """`me/`"""

    def get(self, request: Request) -> Response:  # noqa: ARG002 - DRF's signature
        """Return who asks, with which scopes, in which projects."""
        person, scopes = self.actor.person, self.actor.scopes
        return Response(
            {
                "id": str(person.uuid),
                "username": person.username,
                "display_name": person.display_name,
                "scopes": sorted(Scope.values if scopes is None else scopes),
                "projects": [
                    {"slug": each.project.slug, "role": each.role}
                    for each in projects.memberships(self.actor)
                ],
            }
        )


class Tokens(View):
    """`tokens/`"""

    def get(self, request: Request) -> Response:  # noqa: ARG002 - DRF's signature
        """List one's own tokens, newest first."""
        return self.paged(tokens.own(self.actor.person), tokens.payload, NewestFirst)

    def post(self, request: Request) -> Response:  # noqa: ARG002 - DRF's signature
        """Make a token; `token` in the answer is shown this once."""
        body = self.body("name", "scopes", "project", "expires_at")
        if self.actor.project_id and not body.get("project"):
            raise Forbidden("A token for one project makes none for all. Name the project.")
        made, secret = token.create(
            by=self.actor.person,
            scopes=_scopes(body.get("scopes")),
            name=body.get("name", ""),
            project=self._project(body.get("project")),
            expires_at=read_moment(body.get("expires_at"), "expires_at"),
            within=self.actor.scopes,
        )
        return Response(tokens.payload(made) | {"token": secret}, status=201)

    def delete(self, request: Request) -> Response:  # noqa: ARG002 - DRF's signature
        """Revoke the token that `id` names, in the body or as a parameter."""
        wanted = self.parameter("id") or self.body("id").get("id")
        token.revoke(by=self.actor.person, uuid=read_uuid(wanted, "id"))
        return Response(status=204)

    def _project(self, slug: Any) -> Any:
        if slug in (None, ""):
            return None
        return access.project_standing(by=self.actor, slug=str(slug))[0]


def _scopes(raw: Any) -> list[str]:
    """Read scopes as a list or as `read,annotate`."""
    found = raw.split(",") if isinstance(raw, str) else raw
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise Invalid(
            f"scopes: some of {', '.join(Scope.values)}.",
            errors=[{"field": "scopes", "code": "invalid"}],
        )
    return [each.strip() for each in found if each.strip()]
