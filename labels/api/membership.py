"""Who is in a project."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from rest_framework.request import Request
from rest_framework.response import Response

from .. import errors
from ..actions import access, membership
from ..actions.access import Act
from ..queries import project as projects
from .contract import PAGED, Parameter, promises
from .shapes import project as shapes
from .view import View

WHO = Parameter("username", "Who is meant.")


class Members(View):
    """`projects/{slug}/members/`"""

    @promises(shapes.Member, many=True, parameters=PAGED)
    def get(self, request: Request, slug: str) -> Response:
        """List who is in the project."""
        found = access.project(Act.READ_MEMBERS, by=self.actor, slug=slug)
        return self.paged(projects.members(found), projects.member_payload)

    @promises(
        shapes.AddedMember,
        201,
        takes=shapes.NewMember,
        refuses=(errors.Invalid, errors.LastManager, errors.AlreadyExists),
    )
    def post(self, request: Request, slug: str) -> Response:
        """Add somebody, or change their role.

        A name that nobody has yet gets an account, and the answer a sign-in link to hand over.
        """
        body = self.body("username", "display_name", "role", "can_export")
        added, made = membership.add(
            by=self.actor,
            slug=slug,
            username=_name(body),
            role=body.get("role", ""),
            display_name=body.get("display_name", ""),
            can_export=_granted(body),
        )
        payload = projects.member_payload(added)
        if made:
            token = membership.sign_in_link(by=self.actor, slug=slug, username=_name(body))
            payload["sign_in_link"] = request.build_absolute_uri(f"/sign-in/{quote(token)}/")
        return Response(payload, status=201)

    @promises(status=204, parameters=(WHO,), refuses=(errors.Invalid, errors.LastManager))
    def delete(self, request: Request, slug: str) -> Response:
        """Take somebody out of the project; their work stays.

        Name them as a parameter, or in a body.
        """
        username = self.parameter("username") or _name(self.body("username"))
        membership.remove(by=self.actor, slug=slug, username=username)
        return Response(status=204)


def _name(body: dict[str, Any]) -> str:
    username = body.get("username")
    if not isinstance(username, str) or not username:
        raise errors.Invalid(
            "username: say who is meant.", errors=[{"field": "username", "code": "invalid"}]
        )
    return username


def _granted(body: dict[str, Any]) -> bool:
    given = body.get("can_export", False)
    if not isinstance(given, bool):
        raise errors.Invalid(
            "can_export: true or false is expected.",
            errors=[{"field": "can_export", "code": "invalid"}],
        )
    return given
