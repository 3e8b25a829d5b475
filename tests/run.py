"""Everything that `make test` runs: the canvas, all of Python with the browser, and Python on the other database.

Each part runs whatever became of the others; one that fails fails the whole. Arguments go to pytest.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable

from . import machine

IN_PARALLEL = ("--numprocesses=auto", "--dist=loadfile")
"""A file stays together: the browser tests of one share a server."""
TESTS = machine.ROOT / "tests"
BROWSER = TESTS / "browser"
JOBS = ("story", "adjudication", "thread", "nothing_lost")
"""What the browser does on the other database, too: whole jobs. The canvas itself knows no database."""


def main() -> int:
    """Run the parts, print the verdicts, return how many parts failed or could not run."""
    verdicts, missing = list[tuple[bool, str]](), list[str]()
    node = _installed("canvas", machine.node, missing)
    if node is not None:
        verdicts.append(_part("canvas", ["npm", "test", "--silent"], node))
    browser = _installed("browser", machine.browser, missing)
    without = ["--ignore=tests/browser"] if browser is None else []
    if _installed("manual", machine.curl, missing) is None:
        without.append("--ignore=tests/api/test_manual.py")
    jobs = [] if browser is None else [str(BROWSER / f"test_{job}.py") for job in JOBS]
    chosen = {"sqlite": [], "postgresql": [*_without_browser(), *jobs]}
    for database, paths in chosen.items():
        command = [sys.executable, "-m", "pytest", *IN_PARALLEL, *without, *(sys.argv[1:] or paths)]
        verdicts.append(_part(database, command, (browser or {}) | {"TEST_DATABASE": database}))
    print(*(line for _failed, line in verdicts), *missing, sep="\n")
    return sum(failed for failed, _line in verdicts) + len(missing)


def _without_browser() -> list[str]:
    """Return all that holds tests of Python, but what a browser is needed for."""
    folders = {path.parent for path in TESTS.rglob("test_*.py")} - {TESTS, BROWSER}
    return sorted(map(str, [*folders, *TESTS.glob("test_*.py")]))


def _installed(
    part: str, install: Callable[[], dict[str, str]], missing: list[str]
) -> dict[str, str] | None:
    try:
        return install()
    except SystemExit as sentence:
        missing.append(f"{part}: did not run. {sentence}")
        return None


def _part(name: str, command: list[str], variables: dict[str, str]) -> tuple[bool, str]:
    print(f"\n— {name} —", flush=True)
    begun = time.monotonic()
    code = subprocess.call(command, cwd=machine.ROOT, env=os.environ | variables)
    verdict = "failed" if code else "passed"
    return bool(code), f"{name}: {verdict} in {time.monotonic() - begun:.0f} s"


if __name__ == "__main__":
    sys.exit(main())
