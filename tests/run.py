"""Everything that `make test` runs: the canvas, then all of Python and the browser on each database.

Each part runs whatever became of the others; one that fails fails the whole. Arguments go to pytest.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

from . import machine

IN_PARALLEL = ("--numprocesses=auto", "--dist=loadfile")
"""A file stays together: the browser tests of one share a server."""


def main() -> int:
    """Run the parts, print the verdicts, return how many parts failed."""
    verdicts = [_part("canvas", ["npm", "test", "--silent"], machine.node())]
    missing, variables = "", dict[str, str]()
    try:
        variables = machine.browser()
    except SystemExit as sentence:
        missing = str(sentence)
    without = ["--ignore=tests/browser"] if missing else []
    for database in ("sqlite", "postgresql"):
        command = [sys.executable, "-m", "pytest", *IN_PARALLEL, *without, *sys.argv[1:]]
        verdicts.append(_part(database, command, variables | {"TEST_DATABASE": database}))
    print("\n".join(line for _failed, line in verdicts))
    if missing:
        print(f"browser: did not run. {missing}")
    return sum(failed for failed, _line in verdicts) + bool(missing)


def _part(name: str, command: list[str], variables: dict[str, str]) -> tuple[bool, str]:
    print(f"\n— {name} —", flush=True)
    begun = time.monotonic()
    code = subprocess.call(command, cwd=machine.ROOT, env=os.environ | variables)
    verdict = "failed" if code else "passed"
    return bool(code), f"{name}: {verdict} in {time.monotonic() - begun:.0f} s"


if __name__ == "__main__":
    sys.exit(main())
