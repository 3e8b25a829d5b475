"""Make everything ready to serve, in one process: a second start should take no time."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from ...actions import person, seed
from ...errors import Refusal
from .. import command

STAMP = ".sources"


class Command(command.Command):
    """`manage.py prepare`"""

    help = (
        "Bring database and static files up to date, fill an empty database, print sign-in links."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Do what is to do; what is done already costs a look."""
        # Without the pool, a database that does not answer is told at once.
        connection.settings_dict["OPTIONS"].pop("pool", None)
        try:
            with _alone():
                _migrate()
                seed.fill()
                # A file that can only be read is found now, not by the first who saves.
                transaction.atomic(lambda: None)()
                _collect_static()
            self._print_links()
        except OperationalError as error:
            reason = str(error).partition("\n")[0]
            raise CommandError(f"The database cannot be used: {reason}") from None

    def _print_links(self) -> None:
        links = [(shown, role, name) for name, shown, role in seed.PEOPLE if _is_here(name)]
        if not links:
            self.stdout.write("For a sign-in link: manage.py sign_in_link USER")
            return
        self.stdout.write("Sign in by one of these links:")
        for shown, role, name in links:
            self.stdout.write(f"  {shown + ', ' + role:<17}", ending="")
            call_command("sign_in_link", name, stdout=self.stdout)


@contextmanager
def _alone() -> Iterator[None]:
    """Wait for others that prepare the same folder; then there is nothing left to do."""
    folder = os.open(settings.DATA_DIR, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _migrate() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def _collect_static() -> None:
    sources = _sources()
    stamp = settings.STATIC_ROOT / STAMP
    if not stamp.exists() or stamp.read_text() != sources:
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(sources)


def _sources() -> str:
    """Return a digest of the static files' names, sizes and times."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = storage.path(name)
            digest.update(
                f"{state} {storage.size(name)} {storage.get_modified_time(name)}\n".encode()
            )
    return digest.hexdigest()


def _is_here(name: str) -> bool:
    try:
        return person.by_name(name).is_active
    except Refusal:
        return False
