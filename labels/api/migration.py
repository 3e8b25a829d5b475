"""Migrations of the scheme: it changes together with what is labelled by it."""

from __future__ import annotations

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from .. import errors
from ..actions import access, migration
from ..actions.access import Act
from ..queries import migration as migrations
from .contract import PAGED, promises
from .paging import NEWEST_FIRST
from .shapes import migration as shapes
from .view import View


class Migrations(View):
    """`projects/{slug}/scheme/migrations/`"""

    @promises(shapes.Migration, many=True, parameters=PAGED)
    def get(self, request: Request, slug: str) -> Response:
        """List the migrations, newest first."""
        project = access.project(Act.READ_PROJECT, by=self.actor, slug=slug)
        return self.paged(migrations.migrations(project), migration.payload, NEWEST_FIRST)

    @promises(
        shapes.Migration,
        (201, 202, 200),
        takes=shapes.NewMigration,
        refuses=(
            errors.Malformed,
            errors.Invalid,
            errors.BadScheme,
            errors.OverlapRefused,
            errors.MigrationRunning,
            errors.Conflict,
            errors.NotFound,
        ),
    )
    def post(self, request: Request, slug: str) -> Response:
        """Rename, merge, split or retire, with all that is labelled; or undo one by `undoes`.

        With `dry_run` nothing changes, and the answer (200) tells what would: units, people, samples, and spans
        that would clash. 202: sets are still to be carried along; POST to the migration's own address goes on.
        """
        what = dict(self.body(*shapes.MEMBERS, "dry_run"))
        dry_run = what.pop("dry_run", False)
        if not isinstance(dry_run, bool):
            fault = {"field": "dry_run", "code": "invalid"}
            raise errors.Invalid("dry_run: true or false is expected.", errors=[fault])
        if dry_run:
            looked = migration.look(by=self.actor, slug=slug, what=what)
            return Response(looked.payload())
        made = migration.begin(by=self.actor, slug=slug, what=what)
        return Response(migration.payload(made), status=201 if made.finished_at else 202)


class Migration(View):
    """`projects/{slug}/scheme/migrations/{id}/`"""

    @promises(shapes.Migration)
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """Get a migration: what it does, and how far it is."""
        project = access.project(Act.READ_PROJECT, by=self.actor, slug=slug)
        return Response(migration.payload(migrations.migration(project, uuid)))

    @promises(shapes.Migration, (200, 202))
    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        """Carry more sets along, for as long as a request may take: 202 until the last one is."""
        made = migration.go_on(by=self.actor, slug=slug, uuid=uuid)
        return Response(migration.payload(made), status=200 if made.finished_at else 202)
