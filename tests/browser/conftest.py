"""A real browser in front of the real server, on the database that `TEST_DATABASE` names.

A module has one server and one copy of the seed for all its tests. Whatever the browser finds fault with fails the
test: an error or a warning in the console, an exception in a page, a breach of the content security policy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, WebError

from .. import chromium, server, settings
from .labeller import Labeller


class Complaints:
    """What the browser finds fault with."""

    def __init__(self) -> None:
        self._heard: list[str] = []
        self._expected: list[str] = []

    def expect(self, pattern: str) -> None:
        """Say what will be complained of: a refusal that a test provokes is a failed request."""
        self._expected.append(pattern)

    def unexpected(self) -> list[str]:
        """Return what nobody said would come."""
        return [
            each
            for each in self._heard
            if not any(re.search(pattern, each) for pattern in self._expected)
        ]

    def listen(self, context: BrowserContext) -> None:
        """Hear what goes wrong in all pages of a context."""
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._heard.append(
                f"{message.type}: {message.text} ({message.location.get('url', '')})"
            )

    def _on_error(self, error: WebError) -> None:
        self._heard.append(f"exception: {error.error}")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the browser of the system; Playwright's own where there is none."""
    return {
        **browser_type_launch_args,
        "executable_path": chromium.path(),
        "args": list(chromium.QUIET),
    }


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[server.Instance]:
    """Make the instance that all servers start from."""
    made = server.make(tmp_path_factory.mktemp("galley") / "seeded", settings.DATABASE)
    yield made
    server.drop(made)


@pytest.fixture(scope="module")
def galley(
    seeded: server.Instance, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[server.Instance]:
    """Serve a fresh copy of the seed."""
    copy = seeded.copy(tmp_path_factory.mktemp("galley") / "data")
    with server.serve(copy) as running:
        yield running
    server.drop(copy)


@pytest.fixture(scope="session")
def base_url() -> str:
    """Say nothing here: each module has a server of its own."""
    return ""


@pytest.fixture(scope="module")
def browser_context_args(
    browser_context_args: dict[str, Any], galley: server.Instance
) -> dict[str, Any]:
    """Let a test write `page.goto("/me/")`."""
    return {**browser_context_args, "base_url": galley.url, "reduced_motion": "reduce"}


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """Fail the test when the browser complained."""
    heard = Complaints()
    yield heard
    assert heard.unexpected() == []


@pytest.fixture
def new_context(
    complaints: Complaints, new_context: Callable[..., BrowserContext]
) -> Callable[..., BrowserContext]:
    """Return what makes a browser of one's own for one more person, its cookies apart from the others'."""

    def make(**options: Any) -> BrowserContext:
        context = new_context(**options)
        complaints.listen(context)
        return context

    return make


@pytest.fixture
def ana(galley: server.Instance, new_context: Callable[..., BrowserContext]) -> Labeller:
    """Somebody at the label page, with the marks of the tests before."""
    labeller = Labeller(new_context(), galley.link("ana"))
    labeller.open_work("Label|Continue")
    return labeller
