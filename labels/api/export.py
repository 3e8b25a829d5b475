"""The data set, streamed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import StreamingHttpResponse
from rest_framework.request import Request

from .. import catalogue, exporters
from ..actions import access
from ..actions.access import Act
from ..errors import Invalid, UnknownFormat
from ..queries import export
from ..vocabulary import Kind, State
from .view import View, read_moment

BUFFER = 64 * 1024
"""Bytes that are sent at once: fewer, larger writes."""


class Export(View):
    """`projects/{slug}/export/`"""

    def get(self, request: Request, slug: str) -> StreamingHttpResponse:  # noqa: ARG002 - DRF's signature
        """Stream a project's articles with their sets in a format; constant memory."""
        project = access.project(Act.EXPORT, by=self.actor, slug=slug)
        formats = catalogue.catalogue(exporters)
        name = self.parameter("format", "jsonl")
        if name not in formats:
            raise UnknownFormat(f"There is no format “{name}”. There is: {', '.join(formats)}.")
        writer = formats[name].module
        lines = writer.write(export.articles(project, self._wanted()))
        answer = StreamingHttpResponse(_buffered(lines), content_type=writer.MEDIA_TYPE)
        answer["Content-Disposition"] = f'attachment; filename="{project.slug}{writer.SUFFIX}"'
        return answer

    def _wanted(self) -> export.Wanted:
        chosen = self.parameter("set", "all")
        if chosen != "all" and chosen not in Kind.values:
            raise Invalid(f"set is all, {', '.join(Kind.values)}.", errors=[{"field": "set"}])
        state = self.parameter("state")
        if state and state not in State.values:
            raise Invalid(
                f"state is one of {', '.join(State.values)}.", errors=[{"field": "state"}]
            )
        return export.Wanted(
            kind=None if chosen == "all" else Kind(chosen),
            state=State(state) if state else None,
            label=self.parameter("label"),
            updated_since=read_moment(self.parameter("updated_since"), "updated_since"),
            pseudonyms=self.flag("pseudonyms"),
        )


def _buffered(lines: Any) -> Iterator[bytes]:
    """Join lines to pieces of about `BUFFER` bytes; the first goes out at once."""
    held: list[bytes] = []
    size, least = 0, 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= least:
            yield b"".join(held)
            held, size, least = [], 0, BUFFER
    if held:
        yield b"".join(held)
