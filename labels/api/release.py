"""Releases: numbered versions of a data set, and their files."""

from __future__ import annotations

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response

from .. import errors
from ..actions import access, release
from ..actions.access import Act
from ..queries import release as releases
from .contract import PAGED, promises
from .paging import Order
from .shapes import release as shapes
from .view import View

BYTES = "application/octet-stream"
"""Files are kept as they are by whoever fetches them, and shown by no browser."""
NEWEST = Order("number", newest_first=True)


class Releases(View):
    """`projects/{slug}/releases/`"""

    @promises(shapes.Release, many=True, parameters=PAGED)
    def get(self, request: Request, slug: str) -> Response:
        """List the releases, newest first.

        Where names are hidden from who settles disagreements, those by name are there for managers alone.
        """
        project, named = access.exporting(Act.READ_RELEASES, by=self.actor, slug=slug)
        return self.paged(releases.releases(project, named=named), releases.payload, NEWEST)

    @promises(
        shapes.Release,
        201,
        takes=shapes.NewRelease,
        refuses=(errors.Malformed, errors.Invalid, errors.AlreadyExists),
    )
    def post(self, request: Request, slug: str) -> Response:
        """Make a release of all that is submitted or approved. It never changes.

        Without `version` it gets the number that follows from what changed: major where something was changed,
        taken away or reshuffled, minor where something was added, patch otherwise.
        """
        access.project(Act.MAKE_RELEASE, by=self.actor, slug=slug)
        terms = dict(self.body(*release.MEMBERS))
        made = release.make(
            by=self.actor, slug=slug, version=terms.pop("version", None), terms=terms
        )
        return Response(releases.payload(made), status=201)


class Release(View):
    """`projects/{slug}/releases/{version}/`"""

    @promises(shapes.Release)
    def get(self, request: Request, slug: str, version: str) -> Response:
        """Get a release with the list of its files."""
        project, named = access.exporting(Act.READ_RELEASES, by=self.actor, slug=slug)
        return Response(releases.payload(releases.release(project, version, named=named)))


class ReleaseFile(View):
    """`projects/{slug}/releases/{version}/{file}`"""

    @promises(OpenApiTypes.BINARY, media_type=BYTES)
    def get(self, request: Request, slug: str, version: str, file: str) -> HttpResponseBase:
        """Get a file of a release, streamed; its hash is the entity tag."""
        project, named = access.exporting(Act.EXPORT, by=self.actor, slug=slug)
        found = releases.one_file(releases.release(project, version, named=named), file)
        answer: HttpResponseBase
        if request.method == "HEAD":
            answer = HttpResponse(content_type=BYTES)
        else:
            answer = StreamingHttpResponse(releases.content(found.sha256), content_type=BYTES)
        answer.headers["Content-Length"] = str(found.size)
        answer.headers["ETag"] = f'"{found.sha256}"'
        answer.headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
        return answer
