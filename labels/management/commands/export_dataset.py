"""Write a project's data set to a file."""

from __future__ import annotations

import os
from datetime import datetime
from glob import escape
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, BinaryIO
from uuid import UUID

from django.core.management.base import CommandError, CommandParser
from django.utils.dateparse import parse_datetime

from ... import catalogue, exporters
from ...errors import Refusal
from ...queries import export, release
from ...queries import project as projects
from ...vocabulary import Kind, Split, State
from .. import command

if TYPE_CHECKING:
    from ...models import Project


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
        parser.add_argument(
            "--split", choices=Split.values, help="articles of one split of a release"
        )
        parser.add_argument(
            "--release",
            default="",
            metavar="VERSION",
            help="whose split; if left out, the newest that divides the articles",
        )
        parser.add_argument(
            "--without-text",
            action="store_true",
            help="a zip of offsets, hashes and at most short quotes, and the program that puts copies of texts in",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write beside the file first, so that nobody ever finds half of it."""
        project = projects.by_slug(options["project"])
        if project is None:
            raise CommandError(f"There is no project “{options['project']}”.")
        try:
            writer = exporters.chosen(options["format"], with_text=not options["without_text"])
            wanted = _wanted(project, options)
        except Refusal as refusal:
            raise CommandError(refusal.detail) from refusal
        output: Path = options["output"]
        _sweep(output)
        draft = output.with_name(f"{output.name}.{os.getpid()}.part")
        report = exporters.Report(writer)
        with TemporaryFile() as lost:
            try:
                with draft.open("wb", buffering=exporters.BUFFER) as target:
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


def _wanted(project: Project, options: dict[str, Any]) -> export.Wanted:
    """Return the filters, which are those of the API."""
    return export.Wanted(
        kind=Kind(options["set"]) if options["set"] else None,
        state=State(options["state"]) if options["state"] else None,
        label=options["label"],
        updated_since=_moment(options["updated_since"]),
        round=options["round"],
        articles=_split(project, options["split"], options["release"]),
        pseudonyms=options["pseudonyms"],
    )


def _split(project: Project, name: str | None, version: str) -> frozenset[UUID] | None:
    if version and not name:
        raise CommandError("--release: say with --split which of its splits is meant.")
    return release.split(project, Split(name), version) if name else None


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
