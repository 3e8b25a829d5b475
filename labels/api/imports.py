"""Imports: a file in, a report out."""

from __future__ import annotations

from uuid import UUID

from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from .. import errors
from ..actions import access, imports
from ..actions.access import Act
from ..queries import imports as batches
from .contract import PAGED, promises
from .paging import NEWEST_FIRST
from .shapes import imports as shapes
from .view import View

YES, NO = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")


class Imports(View):
    """`projects/{slug}/imports/`"""

    parser_classes = [MultiPartParser]

    @promises(shapes.Import, many=True, parameters=PAGED)
    def get(self, request: Request, slug: str) -> Response:
        """List imports, newest first."""
        project = access.project(Act.READ_IMPORTS, by=self.actor, slug=slug)
        return self.paged(batches.of_project(project), batches.payload, NEWEST_FIRST)

    @promises(
        shapes.Import,
        (201, 200),
        takes=shapes.NewImport,
        form=True,
        refuses=(
            errors.LibraryMissing,
            errors.Malformed,
            errors.Invalid,
            errors.UnknownFormat,
            errors.BadFile,
            errors.Conflict,
        ),
    )
    def post(self, request: Request, slug: str) -> Response:
        """Import files, all or nothing: 201 with the report.

        With `dry_run` nothing is stored but the report (200), and what cannot be imported stands in it. A text
        that the project has is counted as a duplicate and not doubled.
        """
        access.project(Act.IMPORT, by=self.actor, slug=slug)
        uploads = request.FILES.getlist("file")
        if not uploads:
            raise errors.Malformed("Send at least one file as the form field “file”.")
        files = [(each.name or "upload", each.file) for each in uploads]
        chosen = request.POST.get("format") or imports.AUTO
        dry = _switch(request.POST.get("dry_run", "").lower())
        act = imports.look if dry else imports.run
        columns = request.POST.get("columns", "")
        made = act(by=self.actor, slug=slug, files=files, format_name=chosen, columns=columns)
        return Response(batches.payload(made), status=200 if dry else 201)


def _switch(sent: str) -> bool:
    if sent not in YES + NO:
        raise errors.Invalid(
            "dry_run: true or false is expected.", errors=[{"field": "dry_run", "code": "invalid"}]
        )
    return sent in YES


class Import(View):
    """`projects/{slug}/imports/{id}/`"""

    @promises(shapes.Import)
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """Get an import with its report."""
        project = access.project(Act.READ_IMPORTS, by=self.actor, slug=slug)
        return Response(batches.payload(batches.one(project, uuid)))
