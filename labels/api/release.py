"""Releases: numbered versions of a data set, and their files."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response

from .. import errors
from ..actions import access, making, release
from ..actions.access import Act
from ..exporters._zip import gathered
from ..queries import making as makings
from ..queries import release as releases
from .contract import PAGED, promises
from .paging import Order
from .shapes import release as shapes
from .view import View

BYTES = "application/octet-stream"
"""Files are kept as they are by whoever fetches them, and shown by no browser."""
PACKAGE = "package.zip"
LOOK_AGAIN = 2
"""Seconds after which there is something new to see of a release in the making."""
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
        later=shapes.Making,
        takes=shapes.NewRelease,
        refuses=(errors.Malformed, errors.Invalid, errors.AlreadyExists, errors.Conflict),
    )
    def post(self, request: Request, slug: str) -> Response:
        """Make a release of all that is submitted or approved. It never changes.

        Without `version` it gets the number that follows from what changed: major where something was changed,
        taken away or reshuffled, minor where something was added, patch otherwise.

        A large one (of more than a thousand articles, a third of that where they are divided) is made beside the
        requests: 202, with `Location` to look at until its state is `done`, `failed` or `cancelled`.
        """
        access.project(Act.MAKE_RELEASE, by=self.actor, slug=slug)
        terms = dict(self.body(*release.MEMBERS))
        version = terms.pop("version", None)
        made = making.ask(by=self.actor, slug=slug, version=version, terms=terms)
        if isinstance(made, making.Making):
            address = reverse("api:making", args=[slug, made.uuid])
            headers = {"Location": address, "Retry-After": str(LOOK_AGAIN)}
            return Response(makings.payload(made), status=202, headers=headers)
        return Response(releases.payload(made), status=201)


class Making(View):
    """`projects/{slug}/releases/making/{id}/`"""

    @promises(shapes.Making)
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """Get a release in the making: how far it is and, once it is made, its version."""
        project = access.project(Act.MAKE_RELEASE, by=self.actor, slug=slug)
        found = makings.one(project, uuid)
        going = makings.state(found) in makings.GOING
        headers = {"Retry-After": str(LOOK_AGAIN)} if going else {}
        return Response(makings.payload(found), headers=headers)

    @promises(shapes.Making, refuses=(errors.Conflict,))
    def delete(self, request: Request, slug: str, uuid: UUID) -> Response:
        """Cancel a release that is not made yet: nothing of it remains. Repeated, it changes nothing."""
        return Response(makings.payload(making.cancel(by=self.actor, slug=slug, uuid=uuid)))


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
        """Get a file of a release, streamed; its hash is the entity tag.

        `package.zip` has them all, in a folder of the version's name.
        """
        project, named = access.exporting(Act.EXPORT, by=self.actor, slug=slug)
        of = releases.release(project, version, named=named)
        if file == PACKAGE:
            files = () if request.method == "HEAD" else releases.package(of)
            return _package(f"{slug}-{version}.zip", of.digest, files)
        found = releases.one_file(of, file)
        answer: HttpResponseBase
        if request.method == "HEAD":
            answer = HttpResponse(content_type=BYTES)
        else:
            answer = StreamingHttpResponse(releases.content(found.sha256), content_type=BYTES)
        answer.headers["Content-Length"] = str(found.size)
        answer.headers["ETag"] = f'"{found.sha256}"'
        answer.headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
        return answer


def _package(
    name: str, digest: str, files: Iterable[tuple[str, Iterable[bytes]]]
) -> HttpResponseBase:
    answer = StreamingHttpResponse(gathered(files), content_type=BYTES)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["ETag"] = f'W/"{digest}"'
    return answer
