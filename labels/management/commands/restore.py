"""Put a backup in the place of the database."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import connection

from ...models import Project
from .. import command
from .backup import database, run_tool


class Command(command.Command):
    """`manage.py restore FILE`"""

    help = "Put a backup in the place of the database. Stop the server first."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and the leave to overwrite."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="overwrite the work that is there now"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Restore, unless that would overwrite work without being told to."""
        file: Path = options["file"]
        if not file.is_file():
            raise CommandError(f"{file}: there is no such file.")
        if not options["replace"] and _holds_work():
            raise CommandError(
                "This database holds work. Back it up, stop the server, then say --replace."
            )
        if connection.vendor == "sqlite":
            _restore_sqlite(file)
        else:
            run_tool(
                "pg_restore",
                "--clean",
                "--if-exists",
                "--no-owner",
                f"--dbname={database()}",
                str(file),
            )
        self.stdout.write(f"Restored {file}. Run manage.py migrate, then manage.py doctor.")


def _holds_work() -> bool:
    with_tables = Project._meta.db_table in connection.introspection.table_names()  # noqa: SLF001 - Django's documented API
    return with_tables and Project.objects.exists()


def _restore_sqlite(file: Path) -> None:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as source:
        try:
            (verdict,) = source.execute("PRAGMA integrity_check").fetchone()
        except sqlite3.DatabaseError as error:
            raise CommandError(f"{file} is no backup of Galley: {error}.") from None
        if verdict != "ok":
            raise CommandError(f"{file} is damaged: {verdict}.")
        connection.ensure_connection()
        source.backup(connection.connection)
