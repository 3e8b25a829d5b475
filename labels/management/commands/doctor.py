"""Examine the whole instance."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError

from ...actions import doctor
from .. import command


class Command(command.Command):
    """`manage.py doctor`"""

    help = "Check triggers, texts, histories and counts; exit with 1 if anything is wrong."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print each finding."""
        count = 0
        for line in doctor.findings():
            count += 1
            self.stdout.write(line)
        if count:
            raise CommandError(f"{count} things are wrong.")
        self.stdout.write("All is well: triggers, texts, histories and counts.")
