"""Everything that `make test` runs: the canvas, then all of Python and the browser on each database.

Each part runs whatever became of the others; one that fails fails the whole. Arguments go to pytest.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable

from . import machine

IN_PARALLEL = ("--numprocesses=auto", "--dist=loadfile", "--no-loadscope-reorder")
"""A file stays together: the browser tests of one share a server. The order of files is `conftest.py`'s."""


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
    for database in ("sqlite", "postgresql"):
        command = [sys.executable, "-m", "pytest", *IN_PARALLEL, *without, *sys.argv[1:]]
        verdicts.append(_part(database, command, (browser or {}) | {"TEST_DATABASE": database}))
    print(*(line for _failed, line in verdicts), *missing, sep="\n")
    return sum(failed for failed, _line in verdicts) + len(missing)


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
