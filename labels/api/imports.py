"""Imports: a file in, a report out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from .. import errors
from ..actions import access, imports, queue
from ..actions.access import Act
from ..queries import imports as batches
from .contract import PAGED, promises
from .paging import NEWEST_FIRST
from .shapes import imports as shapes
from .view import View

LOOK_AGAIN = 2
"""Seconds after which there is something new to see of an import."""
GOING = ("waiting", "running")
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
        (201, 200, 202),
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

        Files of more than 4 MB together are taken at once and imported beside the requests: 202, with `Location`
        to look at until its state is `done`, `looked` (a dry run), `failed` or `cancelled`.

        With `dry_run` nothing is stored but the report (200), and what cannot be imported stands in it. A text
        that the project has is counted as a duplicate and not doubled. Another text of an external id that it has
        comes in as the newer text of that article, and `report.newer` counts those; with `newer=false` it is
        refused (`newer_text`).
        """
        access.project(Act.IMPORT, by=self.actor, slug=slug)
        uploads = request.FILES.getlist("file")
        if not uploads:
            raise errors.Malformed("Send at least one file as the form field “file”.")
        files = [(each.name or "upload", each.file) for each in uploads]
        chosen = request.POST.get("format") or imports.AUTO
        dry = _switch("dry_run", request.POST.get("dry_run", ""))
        columns = request.POST.get("columns", "")
        asked: dict[str, Any] = {
            "by": self.actor,
            "slug": slug,
            "format_name": chosen,
            "columns": columns,
            "newer": _switch("newer", request.POST.get("newer", "true")),
        }
        if queue.is_large(files):
            made = queue.take(**asked, files=files, dry_run=dry)
            address = reverse("api:import", args=[slug, made.uuid])
            headers = {"Location": address, "Retry-After": str(LOOK_AGAIN)}
            return Response(batches.payload(made), status=202, headers=headers)
        made = (imports.look if dry else imports.run)(**asked, files=files)
        return Response(batches.payload(made), status=200 if dry else 201)


def _switch(name: str, sent: str) -> bool:
    if sent.lower() not in YES + NO:
        raise errors.Invalid(
            f"{name}: true or false is expected.", errors=[{"field": name, "code": "invalid"}]
        )
    return sent.lower() in YES


class Import(View):
    """`projects/{slug}/imports/{id}/`"""

    @promises(shapes.Import)
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """Get an import with its report, or how far it is."""
        project = access.project(Act.READ_IMPORTS, by=self.actor, slug=slug)
        found = batches.one(project, uuid)
        going = batches.state(found) in GOING
        headers = {"Retry-After": str(LOOK_AGAIN)} if going else {}
        return Response(batches.payload(found), headers=headers)

    @promises(shapes.Import, refuses=(errors.Conflict,))
    def delete(self, request: Request, slug: str, uuid: UUID) -> Response:
        """Cancel an import that is under way: nothing of it remains. Repeated, it changes nothing."""
        return Response(batches.payload(queue.cancel(by=self.actor, slug=slug, uuid=uuid)))
