"""Projects, their schemes, members, progress, changes, and what is next."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from rest_framework.request import Request
from rest_framework.response import Response

from ..actions import access, membership, project, scheme
from ..actions.access import Act, check_scope
from ..errors import Invalid, NotFound
from ..queries import assignment as queue
from ..queries import project as projects
from ..queries import revision as log
from ..queries import scheme as schemes
from ..vocabulary import Role, Scope
from .view import View


class Projects(View):
    """`projects/`"""

    def get(self, request: Request) -> Response:  # noqa: ARG002 - DRF's signature
        """List the projects one is in."""
        check_scope(self.actor, Scope.READ)
        return self.paged(
            projects.memberships(self.actor), lambda each: projects.payload(each.project, each.role)
        )

    def post(self, request: Request) -> Response:  # noqa: ARG002 - DRF's signature
        """Make a project. `scheme` is a definition, or the slug of a project to copy it from."""
        body = self.body("name", "slug", "description", "scheme")
        definition: Any = body.get("scheme")
        if isinstance(definition, str):
            source = access.project(Act.READ_PROJECT, by=self.actor, slug=definition)
            definition = schemes.current(source).definition
        made = project.create(
            by=self.actor,
            name=body.get("name", ""),
            definition=definition if definition is not None else scheme.default(),
            slug_wanted=body.get("slug", ""),
            description=body.get("description", ""),
        )
        return Response(projects.payload(made, Role.MANAGER), status=201)


class Project(View):
    """`projects/{slug}/`"""

    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - DRF's signature
        """Return a project."""
        found, standing = access.project_standing(by=self.actor, slug=slug)
        return Response(projects.payload(found, standing.role))

    def patch(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - DRF's signature
        """Change a project's name, description or settings."""
        changed = project.change(by=self.actor, address=slug, settings=self.request.data)
        return Response(projects.payload(changed, Role.MANAGER))


class Scheme(View):
    """`projects/{slug}/scheme/`"""

    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - DRF's signature
        """Return the current scheme, or the version that `?version=` names."""
        found = access.project(Act.READ_PROJECT, by=self.actor, slug=slug)
        wanted = self.parameter("version")
        if not wanted:
            return Response(schemes.current(found).definition)
        row = schemes.version(found, int(wanted)) if wanted.isdecimal() else None
        if row is None:
            raise NotFound(f"There is no scheme version {wanted}.")
        return Response(row.definition)

    def put(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - DRF's signature
        """Make a new version of the scheme; existing sets keep theirs."""
        made = scheme.add_version(by=self.actor, slug=slug, definition=self.request.data)
        return Response(made.definition)


class Members(View):
    """`projects/{slug}/members/`"""

    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - DRF's signature
        """List who is in the project."""
        found = access.project(Act.READ_MEMBERS, by=self.actor, slug=slug)
        return self.paged(projects.members(found), projects.member_payload)

    def post(self, request: Request, slug: str) -> Response:
        """Add somebody or change their role. A new account comes with a sign-in link to hand over."""
        body = self.body("username", "display_name", "role", "can_export")
        added, made = membership.add(
            by=self.actor,
            slug=slug,
            username=_name(body),
            role=body.get("role", ""),
            display_name=body.get("display_name", ""),
            can_export=body.get("can_export", False) is True,
        )
        payload = projects.member_payload(added)
        if made:
            token = membership.sign_in_link(by=self.actor, slug=slug, username=_name(body))
            payload["sign_in_link"] = request.build_absolute_uri(f"/sign-in/{quote(token)}/")
        return Response(payload, status=201)

    def delete(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - DRF's signature
        """Take somebody out of the project, by `username` in the body or as a parameter."""
        username = self.parameter("username") or _name(self.body("username"))
        membership.remove(by=self.actor, slug=slug, username=username)
        return Response(status=204)


def _name(body: dict[str, Any]) -> str:
    username = body.get("username")
    if not isinstance(username, str) or not username:
        raise Invalid(
            "username: say who is meant.", errors=[{"field": "username", "code": "invalid"}]
        )
    return username


class Progress(View):
    """`projects/{slug}/progress/`"""

    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - DRF's signature
        """Return one's own figures; reviewers and managers see the project's, too."""
        found, standing = access.project_standing(by=self.actor, slug=slug)
        own = {"own": queue.progress(self.actor, found)}
        if standing.role == Role.ANNOTATOR:
            return Response(own)
        return Response(own | {"project": projects.counts(found)})


class Changes(View):
    """`projects/{slug}/changes/`"""

    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - DRF's signature
        """Return what happened after `?since=` (the `id` of a line), oldest first."""
        found, standing = access.project_standing(by=self.actor, slug=slug)
        since = self.parameter("since", "0")
        if not since.isdecimal() or len(since) > len(str(2**63)) - 1:
            raise Invalid("since: the id of the last line you have, or 0.")
        lines = log.of_project(found, int(since))
        if standing.role == Role.ANNOTATOR:
            lines = lines.filter(annotation_set__annotator=self.actor.person)
        elif standing.role == Role.REVIEWER:
            lines = log.reviewed_by(lines, self.actor.person)
        return self.paged(lines, log.payload)


class Next(View):
    """`projects/{slug}/next/`"""

    def post(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - DRF's signature
        """Return the next article for me: something to label, else something to review, else nothing."""
        found, _standing = access.project_standing(by=self.actor, slug=slug, scope=Scope.ANNOTATE)
        item = queue.next_for(self.actor, found)
        if item is None:
            return Response(status=204)
        return Response(queue.item_payload(item))
