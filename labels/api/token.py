"""Who am I, and my tokens."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from .. import errors
from ..actions import access, person, token
from ..actions.access import check_scope
from ..queries import project as projects
from ..queries import token as tokens
from ..vocabulary import Scope
from .contract import PAGED, Parameter, promises
from .paging import NEWEST_FIRST
from .shapes import token as shapes
from .view import View, read_moment, read_uuid

WHICH = Parameter("id", "The token's id.", {"type": "string", "format": "uuid"})


class Me(View):
    """`me/`"""

    @promises(shapes.Me)
    def get(self, request: Request) -> Response:
        """Tell who asks, with which scopes, in which projects.

        Any token may ask, whatever its scopes.
        """
        who, scopes = self.actor.person, self.actor.scopes
        return Response(
            {
                "id": str(who.uuid),
                "username": who.username,
                "display_name": who.display_name,
                "language": who.language,
                "keys": who.keys,
                "scopes": sorted(Scope.values if scopes is None else scopes),
                "projects": [
                    {"slug": each.project.slug, "role": each.role}
                    for each in projects.memberships(self.actor)
                ],
            }
        )

    @promises(shapes.Me, takes=shapes.MyChanges, refuses=(errors.Invalid,))
    def patch(self, request: Request) -> Response:
        """Change how one is called on the screens, their language, or which keys do what on one's label page."""
        check_scope(self.actor, Scope.MANAGE)
        body, who = self.body("display_name", "language", "keys"), self.actor.person
        if "keys" in body:
            person.set_keys(by=who, keys=body["keys"])
        if "language" in body:
            person.set_language(by=who, language=body["language"])
        if "display_name" in body:
            person.rename(by=who, display_name=body["display_name"])
        return self.get(request)


class Tokens(View):
    """`tokens/`"""

    @promises(shapes.Token, many=True, parameters=PAGED)
    def get(self, request: Request) -> Response:
        """List one's own tokens, newest first."""
        check_scope(self.actor, Scope.READ)
        found = tokens.own(self.actor.person, self.actor.project_id)
        return self.paged(found, tokens.payload, NEWEST_FIRST)

    @promises(
        shapes.MadeToken, 201, takes=shapes.NewToken, refuses=(errors.Invalid, errors.NotFound)
    )
    def post(self, request: Request) -> Response:
        """Make a token; `token` in the answer is shown this once.

        One that is made by a token can do no more, and lives no longer, than that one.
        """
        check_scope(self.actor, Scope.MANAGE)
        body = self.body("name", "scopes", "project", "expires_at")
        made, secret = token.create(
            by=self.actor.person,
            scopes=_scopes(body.get("scopes")),
            name=body.get("name", ""),
            project=self._project(body.get("project")),
            expires_at=read_moment(body.get("expires_at"), "expires_at"),
            within=self.actor,
        )
        return Response(tokens.payload(made) | {"token": secret}, status=201)

    @promises(status=204, parameters=(WHICH,), refuses=(errors.Invalid, errors.NotFound))
    def delete(self, request: Request) -> Response:
        """End a token.

        Name it as a parameter, or in a body.
        """
        check_scope(self.actor, Scope.MANAGE)
        wanted = self.parameter("id") or self.body("id").get("id")
        token.revoke(by=self.actor.person, uuid=read_uuid(wanted, "id"), within=self.actor)
        return Response(status=204)

    def _project(self, slug: Any) -> Any:
        if slug in (None, ""):
            return None
        if not isinstance(slug, str):
            raise errors.Invalid(
                "project: a slug is expected.", errors=[{"field": "project", "code": "invalid"}]
            )
        found, _standing = access.project_standing(by=self.actor, slug=slug, scope=Scope.MANAGE)
        return found


def _scopes(raw: Any) -> list[str]:
    """Read scopes as a list or as `read,annotate`."""
    found = raw.split(",") if isinstance(raw, str) else raw
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise errors.Invalid(
            f"scopes: some of {', '.join(Scope.values)}.",
            errors=[{"field": "scopes", "code": "invalid"}],
        )
    return [each.strip() for each in found if each.strip()]
