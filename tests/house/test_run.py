"""`make test` on a machine that lacks something."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest

from .. import machine, run


def lacking(sentence: str) -> Callable[[], dict[str, str]]:
    def install() -> dict[str, str]:
        raise SystemExit(sentence)

    return install


def test_what_cannot_be_installed_is_said_in_a_sentence_and_the_rest_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[list[str]] = []

    def call(command: list[str], **_options: object) -> int:
        ran.append(command)
        return 0

    monkeypatch.setattr(machine, "node", lacking("No packages."))
    monkeypatch.setattr(machine, "browser", lacking("No Chromium."))
    monkeypatch.setattr(subprocess, "call", call)
    monkeypatch.setattr(machine, "curl", lacking("No curl."))
    assert run.main() == 3
    without = {"--ignore=tests/browser", "--ignore=tests/api/test_manual.py"}
    assert [without <= set(command) for command in ran] == [True, True]
    assert capsys.readouterr().out.splitlines()[-5:] == [
        "sqlite: passed in 0 s",
        "postgresql: passed in 0 s",
        "canvas: did not run. No packages.",
        "browser: did not run. No Chromium.",
        "manual: did not run. No curl.",
    ]
