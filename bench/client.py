"""A client of the API that keeps its connection, as a browser does."""

from __future__ import annotations

import time
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import orjson

PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and the seconds until the first byte of the body and until the last."""

    status: int
    body: bytes
    first: float
    seconds: float

    @property
    def json(self) -> Any:
        """Return the body as a value."""
        return orjson.loads(self.body)


class Client:
    """One connection of somebody with a token."""

    def __init__(self, url: str, token: str) -> None:
        self._connection = HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)
        self._headers = {"Authorization": f"Bearer {token}"}

    def get(self, address: str) -> Answer:
        """Read an address, with or without the server's name."""
        return self._send("GET", f"/api/{address.partition('/api/')[2]}", None, {})

    def post(self, path: str, value: Any, headers: dict[str, str]) -> Answer:
        """Send a value as JSON."""
        headers = headers | {"Content-Type": "application/json"}
        return self._send("POST", path, orjson.dumps(value), headers)

    def _send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        begun = time.perf_counter()
        self._connection.request(method, path, body, self._headers | headers)
        response = self._connection.getresponse()
        start = response.read(1)
        first = time.perf_counter() - begun
        whole = start + response.read()
        return Answer(response.status, whole, first, time.perf_counter() - begun)


def expect(answer: Answer, status: int = 200) -> Answer:
    """Return an answer that is as it should be; anything else ends the run."""
    if answer.status != status:
        raise RuntimeError(f"The server answered {answer.status}: {answer.body[:500].decode()}")
    return answer
