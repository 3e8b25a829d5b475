"""The client in front of the real server, on the database that `TEST_DATABASE` names."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from galley_client import Galley, Project

from .. import server, settings
from ..server import Instance

SCOPES = "read,annotate,import,export"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    made = server.make(tmp_path_factory.mktemp("instance") / "data", settings.DATABASE)
    with server.serve(made):
        yield made
    server.drop(made)


@pytest.fixture(scope="module")
def token(running: Instance) -> str:
    return running.manage("create_token", "max", "--scopes", SCOPES).strip()


@pytest.fixture(scope="module")
def galley(running: Instance, token: str) -> Iterator[Galley]:
    with Galley(running.url, token) as made:
        yield made


@pytest.fixture(scope="module")
def project(galley: Galley) -> Project:
    (found,) = galley.projects()
    return found
