"""The real server on a folder that is thrown away: for browser tests, benches and pictures."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen
from uuid import uuid4

import psycopg

from . import postgres

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 30.0
OURS = ("ALLOWED_HOSTS", "DEBUG", "DJANGO_SETTINGS_MODULE", "HOST", "HTTPS", "SECRET_KEY")


@dataclass(frozen=True, slots=True)
class Instance:
    """A data folder and a database, with the port that a server on them takes."""

    folder: Path
    database: str
    port: int

    @property
    def url(self) -> str:
        """Return where its pages are."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """Return the file that holds what the server said."""
        return self.folder / "server.log"

    @property
    def environment(self) -> dict[str, str]:
        """Return the variables that make a command work on it."""
        kept = {name: value for name, value in os.environ.items() if name not in OURS}
        return kept | {
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": self.database,
            "PORT": str(self.port),
        }

    def manage(self, *arguments: str) -> str:
        """Run a management command and return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"manage.py {' '.join(arguments)} failed:\n{done.stderr}")
        return done.stdout

    def link(self, username: str) -> str:
        """Return a sign-in link."""
        return self.manage("sign_in_link", username).strip()

    def call(self, token: str, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Ask the API and return the answer; `headers` are named with underscores for hyphens."""
        request = Request(
            f"{self.url}/api/v1/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Authorization": f"Bearer {token}",
                "Content-Type": "application/json",
                **{name.replace("_", "-"): value for name, value in headers.items()},
            },
        )
        with urlopen(request) as answer:
            return json.load(answer)

    def copy(self, folder: Path) -> Instance:
        """Return an instance of its own with the same content. Nobody may be using this one."""
        shutil.copytree(self.folder, folder)
        if not self.database.startswith("sqlite"):
            return Instance(folder, new_database(like=self.database), free_port())
        name = urlsplit(self.database).path.rpartition("/")[2]
        return Instance(folder, f"sqlite:///{folder / name}", free_port())


def make(folder: Path, database: str) -> Instance:
    """Prepare an instance with the seed in it; `database` is `sqlite` or `postgresql`."""
    folder.mkdir(parents=True, exist_ok=True)
    url = f"sqlite:///{folder / 'galley.sqlite3'}" if database == "sqlite" else new_database()
    made = Instance(folder, url, free_port())
    made.manage("prepare")
    return made


@contextmanager
def serve(instance: Instance) -> Iterator[Instance]:
    """Run the server; afterwards it must have stopped in good order and without a fault in its log."""
    with instance.log.open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "annotator/gunicorn.py"],
            cwd=ROOT,
            env=instance.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(instance, process)
            yield instance
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)
    said = instance.log.read_text()
    if "Traceback" in said:
        raise RuntimeError(f"The server had a fault:\n{said}")


def new_database(*, like: str = "") -> str:
    """Make a PostgreSQL database, empty or with another's content, and return its address."""
    server = urlsplit(postgres.url())
    name = f"galley_{uuid4().hex}"
    template = urlsplit(like).path[1:] if like else "template0"
    with psycopg.connect(server.geturl(), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return server._replace(path=f"/{name}").geturl()


def drop(instance: Instance) -> None:
    """Remove an instance's database from a PostgreSQL server that goes on without it."""
    if not instance.database.startswith("sqlite"):
        name = urlsplit(instance.database).path[1:]
        with psycopg.connect(postgres.url(), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(instance: Instance, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and process.poll() is None:
        try:
            with urlopen(f"{instance.url}/health/", timeout=PATIENCE):
                return
        except HTTPError:
            break
        except URLError:
            time.sleep(0.02)
    raise RuntimeError(f"The server does not answer:\n{instance.log.read_text()}")
