"""Imports: a file in, a report out."""

from __future__ import annotations

from uuid import UUID

from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from ..actions import access, imports
from ..actions.access import Act
from ..errors import Malformed
from ..queries import imports as batches
from .view import NewestFirst, View


class Imports(View):
    """`projects/{slug}/imports/`"""

    parser_classes = [MultiPartParser]

    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - DRF's signature
        """List imports, newest first."""
        project = access.project(Act.IMPORT, by=self.actor, slug=slug)
        return self.paged(batches.of_project(project), batches.payload, NewestFirst)

    def post(self, request: Request, slug: str) -> Response:
        """Import one or more files sent as `file`; with `dry_run` nothing is stored but the report."""
        access.project(Act.IMPORT, by=self.actor, slug=slug)
        uploads = request.FILES.getlist("file")
        if not uploads:
            raise Malformed("Send at least one file as the form field “file”.")
        files = [(each.name or "upload", each.file) for each in uploads]
        chosen = str(request.data.get("format") or imports.AUTO)
        dry = str(request.data.get("dry_run", "")).lower() in ("1", "true", "yes", "on")
        act = imports.look if dry else imports.run
        made = act(by=self.actor, slug=slug, files=files, format_name=chosen)
        return Response(batches.payload(made), status=200 if dry else 201)


class Import(View):
    """`projects/{slug}/imports/{id}/`"""

    def get(self, request: Request, slug: str, uuid: UUID) -> Response:  # noqa: ARG002 - DRF's signature
        """Return one import with its report."""
        project = access.project(Act.IMPORT, by=self.actor, slug=slug)
        return Response(batches.payload(batches.one(project, uuid)))
