"""The server says in a sentence why it cannot start."""

from __future__ import annotations

import ast
import socket
from pathlib import Path

from gunicorn.config import KNOWN_SETTINGS

from ..server import ROOT
from .test_settings import run

GUNICORN = ("-m", "gunicorn", "-c", "annotator/gunicorn.py")


def test_every_setting_is_one_that_gunicorn_knows() -> None:
    """Gunicorn passes over names that it does not know."""
    lines = ast.parse((ROOT / GUNICORN[-1]).read_text()).body
    named = [name.id for line in lines if isinstance(line, ast.Assign) for name in line.targets]  # type: ignore[attr-defined]
    known = {setting.name for setting in KNOWN_SETTINGS}
    assert [name for name in named if not name.startswith("_") and name not in known] == []


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run(tmp_path, *GUNICORN, PORT=str(port))
    assert done.stderr == f"Something listens on port {port} already: PORT={port + 1} make run\n"


def test_an_address_that_is_not_this_machines(tmp_path: Path) -> None:
    done = run(tmp_path, *GUNICORN, HOST="192.0.2.1", ALLOWED_HOSTS="desk.example", PORT="8199")
    assert done.stderr.startswith("Galley cannot serve on HOST=192.0.2.1, PORT=8199: ")
    assert done.stderr.count("\n") == 1
