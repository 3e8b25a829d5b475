"""The connection, and what does not belong to one project."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self
from uuid import uuid4

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from .problems import checked
from .project import Project
from .sets import AnnotationSet
from .shapes import Article

TRIES = 4
BUSY = (502, 503)
PAGE = 200


class Galley:
    """A Galley, spoken to with somebody's token."""

    def __init__(self, url: str, token: str, *, timeout: float = 60) -> None:
        self._base, self._timeout = f"{url.rstrip('/')}/api/v1/", timeout
        # What a key makes safe to repeat has a session of its own, so that nothing else is ever sent twice.
        self._plain = _session(token, {"GET", "HEAD"})
        self._keyed = _session(token, {"POST"})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the connections go."""
        self._plain.close()
        self._keyed.close()

    def me(self) -> dict[str, Any]:
        """Return who the token speaks for."""
        found: dict[str, Any] = self.call("GET", "me/").json()
        return found

    def projects(self) -> Iterator[Project]:
        """Yield the projects that one is a member of."""
        for each in self.pages("projects/"):
            yield Project(self, each["slug"])

    def project(self, slug: str) -> Project:
        """Return a project by the name in its address, without asking for it."""
        return Project(self, slug)

    def article(self, uuid: str) -> Article:
        """Return an article with its text."""
        found: Article = self.call("GET", f"articles/{uuid}/").json()
        return found

    def start(self, article: str) -> AnnotationSet:
        """Return one's own set of an article; it is made if it is not there yet."""
        answer = self.call("POST", f"articles/{article}/annotation-sets/").json()
        return AnnotationSet(self, answer)

    def annotation_set(self, uuid: str) -> AnnotationSet:
        """Return a set with its spans and relations."""
        return AnnotationSet(self, self.call("GET", f"annotation-sets/{uuid}/").json())

    def call(
        self, method: str, path: str, *, version: int | None = None, **more: Any
    ) -> requests.Response:
        """Send a request to an address of the API, `more` as `requests` takes it. Raises what was refused."""
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        return self._sent(self._plain, method, path, headers, more)

    def change(self, path: str, body: Any, *, version: int) -> requests.Response:
        """Send a change that is done once, however often it has to be sent. Raises what was refused."""
        headers = {"If-Match": f'"{version}"', "Idempotency-Key": str(uuid4())}
        return self._sent(self._keyed, "POST", path, headers, {"json": body})

    def pages(self, path: str, **parameters: Any) -> Iterator[Any]:
        """Yield what is in a list, fetched page by page."""
        answer = self.call("GET", path, params={"page_size": PAGE, **parameters}).json()
        yield from answer["results"]
        while answer["next"]:
            address: str = answer["next"]
            answer = self.call("GET", address.partition("/api/v1/")[2]).json()
            yield from answer["results"]

    def _sent(
        self,
        session: requests.Session,
        method: str,
        path: str,
        headers: dict[str, str],
        more: dict[str, Any],
    ) -> requests.Response:
        more = {"timeout": self._timeout, **more}
        return checked(session.request(method, self._base + path, headers=headers, **more))


def _session(token: str, repeatable: set[str]) -> requests.Session:
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {token}"
    # A token in ~/.netrc for the same host must not take the place of this one.
    session.trust_env = False
    again = Retry(
        TRIES,
        backoff_factor=0.3,
        status_forcelist=BUSY,
        allowed_methods=repeatable,
        raise_on_status=False,
    )
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=again))
    return session
