"""Fill an empty database with the seed article, the default scheme and four people."""

from __future__ import annotations

from typing import Any

from ...actions import seed
from .. import command


class Command(command.Command):
    """`manage.py seed`"""

    help = "Fill an empty database with the seed project; one that holds anything is left alone."

    def handle(self, *_args: Any, **options: Any) -> None:
        """Seed, and say what was done."""
        made = seed.fill()
        if options["verbosity"]:
            self.stdout.write(
                f"Made the project {made.slug}."
                if made
                else "There is work here: nothing was changed."
            )
