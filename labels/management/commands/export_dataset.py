"""Write a project's data set to a file."""

from __future__ import annotations

import os
from datetime import datetime
from glob import escape
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from django.core.management.base import CommandError, CommandParser
from django.utils.dateparse import parse_datetime

from ... import catalogue, exporters
from ...errors import LibraryMissing
from ...queries import export
from ...queries import project as projects
from ...vocabulary import Kind, State
from .. import command


class Command(command.Command):
    """`manage.py export_dataset SLUG --format jsonl --output FILE`"""

    help = (
        "Write all articles of a project with their annotation sets to a file,"
        " and to standard error what the format cannot hold of them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the project, the format and the file."""
        parser.add_argument("project", metavar="SLUG")
        parser.add_argument(
            "--format", default="jsonl", choices=sorted(catalogue.catalogue(exporters))
        )
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")
        parser.add_argument("--pseudonyms", action="store_true", help="hide who labelled")
        parser.add_argument("--set", choices=Kind.values, help="sets of one kind")
        parser.add_argument("--state", choices=State.values, help="sets in one state")
        parser.add_argument("--round", type=int, help="sets of one round: 1 for first looks alone")
        parser.add_argument("--label", default="", help="spans with one label")
        parser.add_argument(
            "--updated-since",
            metavar="MOMENT",
            help="sets that changed since then, such as 2027-01-31T12:00:00Z",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write beside the file first, so that nobody ever finds half of it."""
        project = projects.by_slug(options["project"])
        if project is None:
            raise CommandError(f"There is no project “{options['project']}”.")
        entry = catalogue.catalogue(exporters)[options["format"]]
        if entry.missing:
            raise CommandError(LibraryMissing(entry.key, entry.missing).detail)
        writer = entry.module
        wanted = _wanted(options)
        output: Path = options["output"]
        _sweep(output)
        draft = output.with_name(f"{output.name}.{os.getpid()}.part")
        report = exporters.Report(writer)
        with TemporaryFile() as lost:
            try:
                with draft.open("wb") as target:
                    for piece in writer.write(
                        report.beside(export.articles(project, wanted), lost)
                    ):
                        target.write(piece)
                draft.replace(output)
            finally:
                draft.unlink(missing_ok=True)
            self.stdout.write(f"Wrote {output} ({output.stat().st_size} bytes).")
            self._tell(report, lost)

    def _tell(self, report: exporters.Report, lost: BinaryIO) -> None:
        """Say what the format could not hold, as lines of JSON with the counts last."""
        if report.counts:
            lost.seek(0)
            for line in lost:
                self.stderr.write(line.decode(), ending="")
            self.stderr.write(report.last().decode(), ending="")


def _wanted(options: dict[str, Any]) -> export.Wanted:
    """Return the filters, which are those of the API."""
    return export.Wanted(
        kind=Kind(options["set"]) if options["set"] else None,
        state=State(options["state"]) if options["state"] else None,
        label=options["label"],
        updated_since=_moment(options["updated_since"]),
        round=options["round"],
        pseudonyms=options["pseudonyms"],
    )


def _moment(given: str | None) -> datetime | None:
    try:
        found = parse_datetime(given) if given else None
    except ValueError:
        found = None
    if given and (found is None or found.tzinfo is None):
        raise CommandError(
            "--updated-since: a date-time with its zone is expected, such as 2027-01-31T12:00:00Z."
        )
    return found


def _sweep(output: Path) -> None:
    """Remove what exports to this file have left that were killed."""
    for left in output.parent.glob(f"{escape(output.name)}.*.part"):
        process = left.name.removeprefix(f"{output.name}.").removesuffix(".part")
        if process.isdecimal() and not _lives(int(process)):
            left.unlink(missing_ok=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # somebody else's
    return True
