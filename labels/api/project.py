"""Projects and their schemes."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from .. import errors
from ..actions import access, project, scheme
from ..actions.access import Act, check_scope
from ..queries import project as projects
from ..queries import scheme as schemes
from ..vocabulary import Role, Scope
from .contract import PAGED, Parameter, promises
from .shapes import project as shapes
from .view import View

VERSION = Parameter(
    "version", "One version; the current one if left out.", {"type": "integer", "minimum": 1}
)
LARGEST_VERSION = 2**31 - 1


class Projects(View):
    """`projects/`"""

    @promises(shapes.Project, many=True, parameters=PAGED)
    def get(self, request: Request) -> Response:
        """List the projects one is in."""
        check_scope(self.actor, Scope.READ)
        return self.paged(
            projects.memberships(self.actor), lambda each: projects.payload(each.project, each.role)
        )

    @promises(
        shapes.Project,
        201,
        takes=shapes.NewProject,
        refuses=(errors.Invalid, errors.BadScheme, errors.AlreadyExists, errors.NotFound),
    )
    def post(self, request: Request) -> Response:
        """Make a project, and manage it.

        `scheme` is a definition, or the slug of a project of one's own to copy it from; else the default.
        """
        body = self.body("name", "slug", "description", "scheme")
        made = project.create(
            by=self.actor,
            name=body.get("name", ""),
            definition=self._scheme(body.get("scheme")),
            slug_wanted=body.get("slug", ""),
            description=body.get("description", ""),
        )
        return Response(projects.payload(made, Role.MANAGER), status=201)

    def _scheme(self, wanted: Any) -> Any:
        if wanted is None:
            return scheme.default()
        if not isinstance(wanted, str):
            return wanted
        check_scope(self.actor, Scope.MANAGE)
        source, _standing = access.project_standing(by=self.actor, slug=wanted, scope=Scope.MANAGE)
        return schemes.current(source).definition


class Project(View):
    """`projects/{slug}/`"""

    @promises(shapes.Project)
    def get(self, request: Request, slug: str) -> Response:
        """Get a project."""
        found, standing = access.project_standing(by=self.actor, slug=slug)
        return Response(projects.payload(found, standing.role))

    @promises(shapes.Project, takes=shapes.ProjectChanges, refuses=(errors.Invalid,))
    def patch(self, request: Request, slug: str) -> Response:
        """Change a project's name, description or settings."""
        changed = project.change(by=self.actor, address=slug, settings=request.data)
        return Response(projects.payload(changed, Role.MANAGER))


class Scheme(View):
    """`projects/{slug}/scheme/`"""

    @promises(shapes.Scheme, parameters=(VERSION,))
    def get(self, request: Request, slug: str) -> Response:
        """Get the current scheme, or one version of it."""
        found = access.project(Act.READ_PROJECT, by=self.actor, slug=slug)
        wanted = self.parameter("version")
        if not wanted:
            return Response(schemes.current(found).definition)
        row = schemes.version(found, int(wanted)) if _is_version(wanted) else None
        if row is None:
            raise errors.NotFound(f"There is no scheme version {wanted[:40]}.")
        return Response(row.definition)

    @promises(shapes.Scheme, takes=shapes.Scheme, refuses=(errors.BadScheme,))
    def put(self, request: Request, slug: str) -> Response:
        """Make a new version of the scheme; existing sets keep theirs.

        An equal definition makes no new version. `version` is ours to count.
        """
        made = scheme.add_version(by=self.actor, slug=slug, definition=request.data)
        return Response(made.definition)


def _is_version(sent: str) -> bool:
    digits = sent.isascii() and sent.isdecimal() and len(sent) <= len(str(LARGEST_VERSION))
    return digits and int(sent) <= LARGEST_VERSION
