"""What processes cost: their time on the processor and their memory, as Linux counts them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Self

PROC = Path("/proc")
PARENT, USER_TICKS, SYSTEM_TICKS = 1, 11, 12
"""Fields of `/proc/<pid>/stat` behind the name, from 0."""
MIB = 1024 * 1024
FORGET_PEAK = "5"


def server() -> list[int]:
    """Return our server's processes: those below this one that run its settings."""
    return [pid for pid in _below(os.getpid()) if b"annotator/gunicorn.py" in _command(pid)]


def cpu_seconds(pids: Iterable[int]) -> float:
    """Return the time that processes have spent on processors."""
    fields = (_stat(pid) for pid in pids)
    ticks = sum(int(each[USER_TICKS]) + int(each[SYSTEM_TICKS]) for each in fields)
    return ticks / os.sysconf("SC_CLK_TCK")


def shared_out(pids: Iterable[int]) -> float:
    """Return the memory of processes in MiB, each page that several have counted once."""
    return sum(_kilobytes(pid, "smaps_rollup", "Pss") for pid in pids) / 1024


def peak(pids: Iterable[int]) -> float:
    """Return the most memory that processes have had in MiB, all together."""
    return sum(_kilobytes(pid, "status", "VmHWM") for pid in pids) / 1024


class Growth:
    """How far the memory of processes rises from now on."""

    def __init__(self, pids: Iterable[int]) -> None:
        self._begun = {pid: _kilobytes(pid, "status", "VmRSS") for pid in pids}
        for pid in self._begun:
            (PROC / str(pid) / "clear_refs").write_text(FORGET_PEAK)

    def peak(self) -> float:
        """Return the highest rise so far in MiB, all processes together."""
        return (
            sum(_kilobytes(pid, "status", "VmHWM") - begun for pid, begun in self._begun.items())
            / 1024
        )


class Together:
    """How far the memory of this process and of those that it starts rises, looked at ten times a second.

    Each page that several have is counted once.
    """

    def __init__(self) -> None:
        self.peak = 0.0
        self._begun = self._now()
        self._over = Event()
        self._thread = Thread(target=self._watch)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.1):
            self.peak = max(self.peak, self._now() - self._begun)

    def _now(self) -> float:
        with suppress(FileNotFoundError, ProcessLookupError):  # One has ended meanwhile.
            return shared_out([os.getpid(), *_below(os.getpid())])
        return 0.0


def _below(pid: int) -> list[int]:
    parents = {int(each.name): each for each in PROC.iterdir() if each.name.isdigit()}
    children: dict[int, list[int]] = {}
    for child in parents:
        try:
            children.setdefault(int(_stat(child)[PARENT]), []).append(child)
        except FileNotFoundError:
            continue  # It has ended meanwhile.
    found, todo = [], [pid]
    while todo:
        below = children.get(todo.pop(), [])
        found += below
        todo += below
    return found


def _stat(pid: int) -> list[str]:
    # The name comes in brackets and may hold anything.
    return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()


def _command(pid: int) -> bytes:
    try:
        return (PROC / str(pid) / "cmdline").read_bytes()
    except FileNotFoundError:
        return b""


def _kilobytes(pid: int, file: str, name: str) -> int:
    for line in (PROC / str(pid) / file).read_text().splitlines():
        key, _, value = line.partition(":")
        if key == name:
            return int(value.split()[0])
    raise LookupError(f"/proc/{pid}/{file} does not say {name}.")
