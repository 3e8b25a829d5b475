"""Change a project's scheme together with what is labelled by it, to the end, however much there is."""

from __future__ import annotations

from typing import Any

import orjson
from django.core.management.base import CommandError, CommandParser

from ...actions import migration, person
from ...actions.access import Actor
from ...errors import Refusal
from ...queries import migration as migrations
from ...queries import project as projects
from .. import command


class Command(command.Command):
    """`manage.py migrate_scheme SLUG --by USER --what '{"kind": "retire", "label": "CUE"}'`"""

    help = "Change a scheme with all that is labelled by it; without --what, go on with what was begun."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the project, in whose name, and what."""
        parser.add_argument("project", metavar="SLUG")
        parser.add_argument("--by", required=True, metavar="USER", help="a manager of the project")
        parser.add_argument("--what", help="as the API takes it, such as {“kind”: “retire”, …}")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Carry all sets along."""
        try:
            self._carry(Actor(person.by_name(options["by"])), options["project"], options["what"])
        except Refusal as refusal:
            raise CommandError(refusal.detail) from None

    def _carry(self, by: Actor, slug: str, what: str | None) -> None:
        if what is None:
            project = projects.by_slug(slug)
            row = migrations.running(project) if project else None
            if row is None:
                raise CommandError("Nothing was begun there that is not finished.")
        else:
            try:
                row = migration.begin(by=by, slug=slug, what=orjson.loads(what))
            except orjson.JSONDecodeError as fault:
                raise CommandError(f"--what is not JSON: {fault}.") from None
        while not row.finished_at:
            row = migration.go_on(by=by, slug=slug, uuid=row.uuid)
        self.stdout.write(
            f"{migration.said(row)} {row.spans} spans, {row.relations} links, {row.done} sets;"
            f" {row.left_count} sets stay as they were."
        )
