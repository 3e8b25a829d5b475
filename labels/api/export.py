"""The data set, streamed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from .. import errors, exporters
from ..actions import access
from ..actions.access import Act
from ..queries import export, release
from ..vocabulary import Kind, Split, State
from .contract import Parameter, promises
from .shapes import export as shapes
from .view import View, read_moment

if TYPE_CHECKING:
    from ..models import Project

ALL = "all"
KINDS = [ALL, *Kind.values]
PARAMETERS = (
    Parameter("format", "The name of a format.", {"type": "string", "default": "jsonl"}),
    Parameter("set", "Sets of one kind.", {"type": "string", "enum": KINDS, "default": ALL}),
    Parameter("state", "Sets in one state.", {"type": "string", "enum": State.values}),
    Parameter(
        "round",
        "Sets of one round: 1 for first looks alone, 2 for second ones.",
        {"type": "integer", "minimum": 1},
    ),
    Parameter("label", "Spans with one label."),
    Parameter(
        "updated_since",
        "Sets that changed at or after this moment.",
        {"type": "string", "format": "date-time"},
    ),
    Parameter(
        "split",
        "Articles of one split, as the newest release has it that divides them.",
        {"type": "string", "enum": Split.values},
    ),
    Parameter("release", "The version of the release whose split is meant."),
    Parameter(
        "with_text",
        "False: offsets, hashes and at most short quotes stand for the texts, in a zip with the program that puts"
        " one's own copies in and checks each (formats that are made of the texts refuse).",
        {"type": "boolean", "default": True},
    ),
    Parameter(
        "report",
        "Instead of the data set, what of it the format cannot hold: a line of JSON for each, counts last.",
        {"type": "boolean"},
    ),
    Parameter(
        "pseudonyms", "Names made unrecognisable, each the same throughout.", {"type": "boolean"}
    ),
)


class Export(View):
    """`projects/{slug}/export/`"""

    @promises(
        shapes.ExportLine,
        media_type="application/jsonl",
        parameters=PARAMETERS,
        refuses=(errors.Invalid, errors.UnknownFormat, errors.LibraryMissing, errors.NotFound),
    )
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """Export articles with their annotation sets, one article a line.

        Without a filter on sets, articles that nobody has labelled come along. The answer streams. Where names are
        hidden from who settles disagreements, only managers get them: everybody else gets pseudonyms. With
        `report` the answer is not the data set but what the format cannot hold of it.
        """
        project, named = access.exporting(Act.EXPORT, by=self.actor, slug=slug)
        name = self.parameter("format", "jsonl")
        writer = exporters.chosen(name, with_text=self.flag("with_text", otherwise=True))
        wanted = self._wanted(project, named=named)
        report = exporters.Report(writer) if self.flag("report") else None
        made = report or writer
        answer: HttpResponseBase
        if request.method == "HEAD":
            answer = HttpResponse(content_type=made.MEDIA_TYPE)
        else:
            pieces = _buffered(made.write(export.articles(project, wanted)))
            # The first is made before the answer begins, so that what goes wrong can still be said.
            first = next(pieces, b"")
            answer = StreamingHttpResponse(chain([first], pieces), content_type=made.MEDIA_TYPE)
        end = f"-{name}-losses.jsonl" if report else writer.SUFFIX
        answer.headers["Content-Disposition"] = f'attachment; filename="{project.slug}{end}"'
        return answer

    def _wanted(self, project: Project, *, named: bool) -> export.Wanted:
        kind = self.chosen("set", KINDS, ALL)
        state = self.chosen("state", State.values)
        return export.Wanted(
            kind=None if kind in ("", ALL) else Kind(kind),
            state=State(state) if state else None,
            round=self._round(),
            label=self.parameter("label"),
            updated_since=self._since(),
            articles=self._split(project, named=named),
            pseudonyms=self.flag("pseudonyms") or not named,
        )

    def _split(self, project: Project, *, named: bool) -> frozenset[UUID] | None:
        split, version = self.chosen("split", Split.values), self.parameter("release")
        if split:
            return release.split(project, Split(split), version, named=named)
        if version:
            raise errors.Invalid(
                "release: say with `split` which of its splits is meant.",
                errors=[{"field": "split", "code": "required"}],
            )
        return None

    def _round(self) -> int | None:
        sent = self.parameter("round")
        if sent and not re.fullmatch("[1-9][0-9]{0,3}", sent):
            raise errors.Invalid(
                "round: a whole number from 1 is expected.",
                errors=[{"field": "round", "code": "invalid"}],
            )
        return int(sent) if sent else None

    def _since(self) -> datetime | None:
        """Read the moment; a “+” that was not written as %2B arrives as a blank."""
        sent = self.parameter("updated_since")
        return read_moment(sent.replace(" ", "+") if "T" in sent else sent, "updated_since")


def _buffered(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Join lines to pieces of about `BUFFER` bytes; the first goes out at once."""
    held: list[bytes] = []
    size, least = 0, 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= least:
            yield b"".join(held)
            held, size, least = [], 0, exporters.BUFFER
    if held:
        yield b"".join(held)
