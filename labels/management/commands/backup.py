"""Write the whole instance to one file, while it runs."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import connection

from .. import command


class Command(command.Command):
    """`manage.py backup FILE`"""

    help = "Copy the database to a file: SQLite as a database file, PostgreSQL as pg_dump's custom format."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write beside the file first, so that nobody ever finds half of it."""
        file: Path = options["file"]
        draft = file.with_name(f"{file.name}.{os.getpid()}.part")
        try:
            if connection.vendor == "sqlite":
                _copy_sqlite(draft)
            else:
                _dump_postgresql(draft)
            draft.chmod(0o600)
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
        self.stdout.write(f"Wrote {file} ({file.stat().st_size} bytes).")


def _copy_sqlite(target: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)


def _dump_postgresql(target: Path) -> None:
    # Another server may have been built without LZ4, and would refuse the whole table.
    run_tool("pg_dump", "--format=custom", "--no-toast-compression", f"--file={target}", database())


def database() -> str:
    """Return the connection string that PostgreSQL's own tools take."""
    given = connection.get_connection_params()
    names = ("host", "port", "user", "dbname")
    return " ".join(f"{name}={given[name]}" for name in names if given.get(name))


def run_tool(name: str, *arguments: str) -> None:
    """Run one of PostgreSQL's tools. Raises `CommandError` when it is not there or fails."""
    tool = shutil.which(name)
    if tool is None:
        raise CommandError(f"{name} is not installed: it comes with PostgreSQL's client programs.")
    password = str(connection.get_connection_params().get("password") or "")
    done = subprocess.run(  # noqa: S603 - a tool by its full path, arguments of our own
        [tool, *arguments],
        env={**os.environ, **({"PGPASSWORD": password} if password else {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CommandError(f"{name} failed: {done.stderr.strip()}")
