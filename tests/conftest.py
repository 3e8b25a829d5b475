"""What every test runs under: no network, warnings are errors, the triggers in place.

The database is chosen by `TEST_DATABASE` (see settings.py).
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as examples

from . import settings

# Browser tests leave a loop running in the tests' own thread. Nothing in the product is asynchronous, but
# Django would take every query after them for one inside the loop: refuse it, or open a second connection
# for it that nobody closes, and then the database cannot be dropped.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
connections._connections = threading.local()  # type: ignore[attr-defined] # no setting

# The same examples on every machine, however busy it is: `make fuzz` is what goes looking for others.
examples.register_profile(
    "suite", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
examples.load_profile("suite")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take minutes: one of them at the end would leave the other processes idle."""
    items.sort(key=lambda each: "browser" not in each.path.parts)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish() -> None:
    """Leave nothing behind. Once a process that tests were shared out to says it is done, it is ended."""
    shutil.rmtree(settings.FOLDER, ignore_errors=True)


LOOPBACK = ("127.", "localhost", "::1")
_connect = socket.socket.connect


def _connect_near(self: socket.socket, address: Any) -> None:
    if self.family != socket.AF_UNIX and not str(address[0]).startswith(LOOPBACK):
        raise RuntimeError(f"A test tried to reach {address[0]}: tests stay on this machine.")
    _connect(self, address)


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Refuse connections to anything but this machine."""
    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", _connect_near)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def the_same_language() -> Iterator[None]:
    """Start each test in English: a request leaves its thread in the language it was answered in."""
    translation.activate("en")
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def lifted_triggers(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let the flush after a test that commits delete what triggers guard; migrating puts them back."""
    marker = request.node.get_closest_marker("django_db")
    commits = (marker and marker.kwargs.get("transaction")) or (
        {"transactional_db", "live_server"} & set(request.fixturenames)
    )
    if not commits:
        yield
        return
    # Asked for here, so that its flush comes after what follows the yield.
    request.getfixturevalue("transactional_db")
    yield
    from labels.models import triggers  # noqa: PLC0415 - models load after the settings

    triggers.remove(connection)
