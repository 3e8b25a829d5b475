"""What the tests need of the machine: Node, its packages, a browser and curl. What is missing is installed.

`python -m tests.machine` prints the line under which Node works in a shell. What cannot be installed is said in
one sentence.
"""

from __future__ import annotations

import ctypes
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_NODE = 20
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NPM_LOG = Path(sys.prefix) / "npm.log"
NO_PACKAGES = f"npm cannot fetch the packages for JavaScript's tools: {NPM_LOG} says why."
NO_BROWSER = (
    "There is no Chromium, and it cannot be installed from here: install it"
    " (Debian: sudo apt install chromium libatomic1), or set CHROMIUM to the program."
)
NO_CURL = (
    "There is no curl, with which the lines of docs/api.md are typed, and it cannot be installed from here:"
    " install it (Debian: sudo apt install curl)."
)


def node() -> dict[str, str]:
    """Return the variables for Node, with the packages of the lock in place. Raises `SystemExit`."""
    variables = {"PATH": os.pathsep.join([str(_node_folder()), os.environ["PATH"]])}
    lock, installed = ROOT / "package-lock.json", ROOT / "node_modules" / ".package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        _say("Installing the packages for JavaScript's tools …")
        fetched = _run(["npm", "ci", "--no-audit", "--no-fund"], variables)
        NPM_LOG.write_text(fetched.stdout + fetched.stderr)
        if fetched.returncode:
            raise SystemExit(NO_PACKAGES)
        installed.touch()
    return variables


def browser() -> dict[str, str]:
    """Return the variables for the browser. Raises `SystemExit` where there is none to be had."""
    found = _browser() or _from_packages()
    variables = {"CHROMIUM": found} if found else _playwrights_own()
    if sys.platform == "linux" and not _has_library("libatomic.so.1"):
        # Playwright's own Node does not start without this library; any other does.
        variables["PLAYWRIGHT_NODEJS_PATH"] = str(_node_folder() / "node")
    return variables


def curl() -> dict[str, str]:
    """Return no variables: curl is found by its name. Raises `SystemExit` where there is none to be had."""
    if not shutil.which("curl"):
        _install("curl")
    if not shutil.which("curl"):
        raise SystemExit(NO_CURL)
    return {}


def _node_folder() -> Path:
    program = shutil.which("node")
    if program and shutil.which("npm"):
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
        major = said.stdout.strip().removeprefix("v").partition(".")[0]
        if major.isdigit() and int(major) >= OLDEST_NODE:
            return Path(program).parent
    # The developers' requirements bring one.
    return Path(sys.executable).parent


def _browser() -> str:
    given = os.environ.get("CHROMIUM", "")
    return given or next(filter(None, map(shutil.which, BROWSERS)), "") or ""


def _from_packages() -> str:
    """Install the system's Chromium (about 200 MB), where we may."""
    _install("chromium", "libatomic1")
    found = _browser()
    # On Ubuntu the package of this name is a hull for something that may not run here.
    return found if found and _run([found, "--version"]).returncode == 0 else ""


def _install(*packages: str) -> None:
    """Install packages of the system, where we may; whoever asks looks whether they came."""
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (root and not _may_become_root()):
        return
    _say(f"Installing {' and '.join(packages)} …")
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    _run([*apt, "update"])
    _run([*apt, "install", "-y", "--no-install-recommends", *packages])


def _playwrights_own() -> dict[str, str]:
    _say("Fetching a browser …")
    if _run([sys.executable, "-m", "playwright", "install", "chromium"]).returncode:
        raise SystemExit(NO_BROWSER)
    return {}


def _may_become_root() -> bool:
    return bool(shutil.which("sudo")) and _run(["sudo", "-n", "true"]).returncode == 0


def _has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _run(
    command: list[str], variables: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | (variables or {}),
        capture_output=True,
        text=True,
        check=False,
    )


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


if __name__ == "__main__":
    node()
    sys.stdout.write(f'export PATH={shlex.quote(str(_node_folder()))}:"$PATH"\n')
