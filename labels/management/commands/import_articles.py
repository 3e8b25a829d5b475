"""Import files and folders into a project."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from django.core.management.base import CommandError, CommandParser

from ...actions import ahead, imports, person, writing
from ...actions.access import Actor
from ...errors import Refusal
from ...importers._folder import on_disk
from ...queries import project as projects
from .. import command

MOST_NOTES = 50
"""What importers found that is told, each once."""


class Command(command.Command):
    """`manage.py import_articles PATH… --project SLUG --format auto`"""

    help = "Import files, or all files of folders, all or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the paths, the project and the format."""
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--project", required=True, help="slug of the project")
        parser.add_argument("--format", default=imports.AUTO, help="auto, or a format's name")
        parser.add_argument(
            "--columns", default="", help="what columns of tables are: Body=text, Head=title"
        )
        parser.add_argument(
            "--no-newer",
            dest="newer",
            action="store_false",
            help="refuse another text of an external id that the project has, instead of taking it in as newer",
        )
        parser.add_argument("--by", help="user name of a manager; the project's first if left out")
        parser.add_argument("--dry-run", action="store_true", help="report only")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import and print the report."""
        bar = Bar(options["paths"], sys.stderr)
        try:
            by = self._manager(options["project"], options["by"])
            run = partial(imports.run, write=writing.beside)
            act = imports.look if options["dry_run"] else run
            reader = ahead.Ahead(bar.place)
            # Rows that live for a moment are no garbage to look for.
            gc.set_threshold(20_000)
            made = act(
                by=by,
                slug=options["project"],
                files=bar.opened(),
                format_name=options["format"],
                columns=options["columns"],
                newer=options["newer"],
                step=lambda taken: bar.step(taken, reader.far),
                read=reader.read,
            )
        except KeyboardInterrupt:
            raise CommandError("Stopped: nothing was imported.", returncode=130) from None
        except Refusal as refusal:
            for each in refusal.errors:
                self.stderr.write(f"{each.get('place', '')}: {each.get('message', '')}")
            raise CommandError(refusal.detail) from None
        finally:
            bar.end()
        self._print(made.report, dry=options["dry_run"])

    def _manager(self, slug: str, name: str | None) -> Actor:
        if name:
            return Actor(person.by_name(name))
        whom = projects.first_manager(slug)
        if whom is None:
            raise CommandError(f"There is no project “{slug}”.")
        return Actor(whom)

    def _print(self, report: dict[str, Any], *, dry: bool) -> None:
        would = "would be imported" if dry else "imported"
        self.stdout.write(
            f"{report['articles']} articles {would}, {report['duplicates']} known already, "
            f"{report['refused']} refused."
        )
        if report["newer"]:
            self.stdout.write(
                f"{report['newer']} of them are newer texts of articles that are here."
            )
        if report["unlike"]:
            self.stdout.write(
                f"{report['unlike']} of those have nothing in common with the older text: look at their ids."
            )
        if report["sets"] or report["known_sets"]:
            self.stdout.write(
                f"{report['sets']} annotation sets with {report['spans']} spans, "
                f"{report['known_sets']} known already, {report['broken']} rules broken."
            )
        for line in report["reasons"] + report["scheme"]:
            self.stdout.write(f"  {line}")
        notes = Counter(note for each in report["items"] for note in each["notes"])
        for note, count in notes.most_common(MOST_NOTES):
            self.stdout.write(f"  {note}" + (f" ({count} times)" if count > 1 else ""))
        for each in report["errors"] + report["warnings"]:
            self.stdout.write(f"  {each['place']}: {each['message']}")


class Bar:
    """A line on the terminal that says how far an import is; nothing where nobody watches."""

    WIDTH = 30

    def __init__(self, paths: Iterable[Path], out: TextIO) -> None:
        self._paths = list(paths)
        self._out = out
        self._total = sum(each.stat().st_size for each in self._paths if each.is_file())
        self._source: BinaryIO | None = None
        self._behind = 0

    def opened(self) -> Iterator[imports.File]:
        """Open one file at a time; a folder is opened as one, since its files may belong together."""
        for path in self._paths:
            if path.is_dir():
                yield path.name, on_disk(path)
            elif path.is_file():
                with path.open("rb") as source:
                    self._source = source
                    yield path.name, source
                self._behind += path.stat().st_size
            else:
                raise CommandError(f"{path}: there is no such file or folder.")

    def place(self) -> int:
        """Return how many bytes are read."""
        here = self._source.tell() if self._source and not self._source.closed else 0
        return self._behind + here

    def step(self, taken: int, read: int) -> None:
        """Draw the line anew, for as many articles and bytes."""
        if self._out.isatty():
            share = min(1.0, read / self._total) if self._total else 0.0
            bar = "#" * round(self.WIDTH * share)
            self._out.write(f"\r[{bar:<{self.WIDTH}}] {share:4.0%}  {taken:,} articles")
            self._out.flush()

    def end(self) -> None:
        """Take the line away, and close what an import that was refused has left open."""
        if self._source:
            self._source.close()
        if self._out.isatty():
            self._out.write("\r\033[K")
