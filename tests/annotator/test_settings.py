"""The environment is read or refused; what is unsafe does not start."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ..server import OURS, ROOT

READ = (
    "import json, sys; from annotator import settings;"
    "print(json.dumps([getattr(settings, name) for name in sys.argv[1:]], default=str))"
)
LONG_KEY = "a key of more than thirty-two characters"


def run(folder: Path, *command: str, **given: str) -> subprocess.CompletedProcess[str]:
    ours = {*OURS, "PORT", "DATABASE_URL"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=kept | {"DATA_DIR": str(folder), **given},
        capture_output=True,
        text=True,
        check=False,
    )


def read(folder: Path, *names: str, **given: str) -> list[Any]:
    done = run(folder, "-c", READ, *names, **given)
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    return found


def test_without_any_variable_it_serves_this_machine_alone(tmp_path: Path) -> None:
    found = read(tmp_path, "HOST", "PORT", "DEBUG", "ALLOWED_HOSTS", "ADDRESS")
    assert found == [
        "127.0.0.1",
        8000,
        False,
        ["127.0.0.1", "localhost", "[::1]"],
        "http://127.0.0.1:8000",
    ]


def test_a_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    first, second = read(tmp_path, "SECRET_KEY"), read(tmp_path, "SECRET_KEY")
    assert first == second
    assert len(first[0]) > 50
    file = tmp_path / "secret_key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["secret_key"]


def test_the_data_folder_is_closed_to_others(tmp_path: Path) -> None:
    read(tmp_path / "data")
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({"HOST": "::1", "PORT": "9000"}, "http://[::1]:9000"),
        ({"ALLOWED_HOSTS": "*"}, "http://127.0.0.1:8000"),
        ({"ALLOWED_HOSTS": "desk.example, other.example"}, "http://desk.example:8000"),
        ({"ALLOWED_HOSTS": ".desk.example", "HTTPS": "1"}, "https://desk.example"),
    ],
)
def test_links_begin_with_what_browsers_call_it(
    tmp_path: Path, given: dict[str, str], address: str
) -> None:
    assert read(tmp_path, "ADDRESS", **given) == [address]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"DEBUG": "maybe"}, "DEBUG is 'maybe': write 1 or 0."),
        ({"PORT": "80 80"}, "PORT is '80 80': write a number from 1 to 65535."),
        ({"PORT": "65536"}, "PORT is '65536'"),
        ({"HOST": "0.0.0.0"}, "set ALLOWED_HOSTS"),
        ({"HOST": "0.0.0.0", "ALLOWED_HOSTS": "desk.example,*"}, "set ALLOWED_HOSTS"),
        ({"HOST": "::", "ALLOWED_HOSTS": "desk.example", "DEBUG": "1"}, "DEBUG shows settings"),
        (
            {"HOST": "10.0.0.1", "ALLOWED_HOSTS": "desk.example", "SECRET_KEY": "short"},
            "SECRET_KEY is too short",
        ),
        ({"DATABASE_URL": "mysql://root@db/news"}, "DATABASE_URL cannot be read"),
        ({"DATABASE_URL": "sqlite://"}, "DATABASE_URL cannot be read"),
        ({"DATABASE_URL": "postgresql://db"}, "DATABASE_URL cannot be read"),
        ({"DATA_DIR": "/dev/null/data"}, "DATA_DIR cannot be made"),
        ({"DATA_DIR": "/proc"}, "DATA_DIR cannot be written to: /proc."),
    ],
)
def test_what_is_wrong_or_unsafe_is_refused(
    tmp_path: Path, given: dict[str, str], sentence: str
) -> None:
    done = run(tmp_path, "-c", READ, **given)
    assert done.returncode == 1
    assert sentence in done.stderr.splitlines()[-1]


def test_other_machines_are_served_by_name(tmp_path: Path) -> None:
    given = {"HOST": "0.0.0.0", "ALLOWED_HOSTS": "desk.example", "SECRET_KEY": LONG_KEY}
    assert read(tmp_path, "ALLOWED_HOSTS", "SECRET_KEY", **given) == [["desk.example"], LONG_KEY]


def test_https_closes_the_cookies_to_plain_connections(tmp_path: Path) -> None:
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT")
    assert read(tmp_path, *names) == [False, False, False]
    assert read(tmp_path, *names, HTTPS="1") == [True, True, True]


def test_commands_say_it_without_a_traceback(tmp_path: Path) -> None:
    done = run(tmp_path, "manage.py", "prepare", PORT="none")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "PORT is 'none': write a number from 1 to 65535.\n"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:////data/news.sqlite3", "/data/news.sqlite3"),
        ("sqlite:///var/news.sqlite3", str(ROOT / "var" / "news.sqlite3")),
        ("sqlite:////data/%E8%AE%B0%20%25.sqlite3", "/data/记 %.sqlite3"),
    ],
)
def test_sqlite_files(tmp_path: Path, url: str, name: str) -> None:
    ((found,),) = (
        [each["default"]["NAME"]] for each in read(tmp_path, "DATABASES", DATABASE_URL=url)
    )
    assert found == name


def test_a_postgresql_address(tmp_path: Path) -> None:
    url = "postgresql://desk:p%40ss%3Aword@db.example:5433/news%20desk?sslmode=require"
    (found,) = read(tmp_path, "DATABASES", DATABASE_URL=url)
    default = found["default"]
    wanted = {
        "NAME": "news desk",
        "USER": "desk",
        "PASSWORD": "p@ss:word",
        "HOST": "db.example",
        "PORT": 5433,
    }
    assert wanted.items() <= default.items()
    assert default["OPTIONS"]["sslmode"] == "require"
    assert default["OPTIONS"]["pool"]["max_size"] > 0
