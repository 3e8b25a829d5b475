"""What two releases do not have alike, counted, and row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response

from .. import errors
from ..actions import diff
from .contract import Parameter, promises
from .shapes import diff as shapes
from .view import View

LINES = "application/jsonl"
AGAINST = Parameter(
    "against", "The version of the other release; if left out, the one made before this one."
)
CHANGES = ("added", "changed", "removed")
WHICH = (
    AGAINST,
    Parameter(
        "of", "Rows of which kind.", {"type": "string", "enum": list(diff.FILES)}, required=True
    ),
    Parameter("change", "Only those.", {"type": "string", "enum": list(CHANGES)}),
    Parameter(
        "name",
        "Only those with this label, type of link or kind of set, in either of the releases.",
    ),
)


class ReleaseDiff(View):
    """`projects/{slug}/releases/{version}/diff/`"""

    @promises(shapes.Diff, parameters=(AGAINST,), refuses=(errors.Invalid,))
    def get(self, request: Request, slug: str, version: str) -> Response:
        """Count what this release has added, changed and removed against another, and how scheme and terms differ.

        What was only packed in another way, with or without text, by name or by pseudonym, is no difference.
        """
        against = self.parameter("against")
        pair = diff.pair(by=self.actor, slug=slug, version=version, against=against)
        return Response(diff.diff(pair).payload())


class ReleaseDiffRows(View):
    """`projects/{slug}/releases/{version}/diff/rows/`"""

    @promises(shapes.DiffRow, media_type=LINES, parameters=WHICH, refuses=(errors.Invalid,))
    def get(self, request: Request, slug: str, version: str) -> HttpResponseBase:
        """Stream the rows that were added, changed or removed, one a line, each as both releases have it."""
        against, of = self.parameter("against"), self.parameter("of")
        how = self.chosen("change", CHANGES)
        name = self.parameter("name") if "name" in request.query_params else None
        pair = diff.pair(by=self.actor, slug=slug, version=version, against=against, rows=True)
        found = diff.changes(pair, of, how, name)
        if request.method == "HEAD":
            return HttpResponse(content_type=LINES)
        rows = (diff.row(each, of) for each in found)
        return StreamingHttpResponse(_lines(rows), content_type=LINES)


def _lines(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    for each in rows:
        yield orjson.dumps(each, option=orjson.OPT_APPEND_NEWLINE)
