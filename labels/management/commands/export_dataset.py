"""Write a project's data set to a file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ... import catalogue, exporters
from ...queries import export
from ...queries import project as projects


class Command(BaseCommand):
    """`manage.py export_dataset SLUG --format jsonl --output FILE`"""

    help = "Write all articles of a project with their annotation sets to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the project, the format and the file."""
        parser.add_argument("project", metavar="SLUG")
        parser.add_argument(
            "--format", default="jsonl", choices=sorted(catalogue.catalogue(exporters))
        )
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")
        parser.add_argument("--pseudonyms", action="store_true", help="hide who labelled")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write beside the file first, so that nobody ever finds half of it."""
        project = projects.by_slug(options["project"])
        if project is None:
            raise CommandError(f"There is no project “{options['project']}”.")
        writer = catalogue.catalogue(exporters)[options["format"]].module
        wanted = export.Wanted(pseudonyms=options["pseudonyms"])
        output: Path = options["output"]
        draft = output.with_name(f"{output.name}.{os.getpid()}.part")
        try:
            with draft.open("wb") as target:
                for line in writer.write(export.articles(project, wanted)):
                    target.write(line)
            draft.replace(output)
        finally:
            draft.unlink(missing_ok=True)
        self.stdout.write(f"Wrote {output} ({output.stat().st_size} bytes).")
