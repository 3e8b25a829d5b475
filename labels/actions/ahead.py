"""Reading files in a process beside the one that stores what is in them, so that neither waits for the other.

What was read comes through a pipe that holds little: a reader that is ahead waits, and one that nobody listens to
any more ends. It is forked, so only a process of one thread may ask for it: that of a command.
"""

from __future__ import annotations

import copyreg
import fcntl
import gc
import io
import multiprocessing
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import fields
from multiprocessing.connection import Connection
from operator import attrgetter
from queue import Queue
from threading import Thread
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, connections

from .. import records
from ..columnar import known
from . import reading

AT_ONCE, LENGTH_AT_ONCE = 50, 500_000
"""Articles and code points that go through the pipe together."""
LEAD = 20
"""How many times as much may be read before anybody wants it: more than is stored at a time."""
WIDTH = 1024 * 1024
"""Bytes that the pipe holds: what Linux gives everybody."""
END = b""

Place = Callable[[], int]


class _Recognised(NamedTuple):
    """A format, and why it is thought to be that."""

    key: str
    reason: str


class _Fault(NamedTuple):
    """What ended the reading."""

    error: Exception


class Ahead:
    """Reads as `reading.read` does, in a process of its own; `place` is asked there how far it is.

    Where no such process is to be had, on systems other than Linux or inside a transaction, it reads in this one.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self._far: int | None = None

    @property
    def far(self) -> int:
        """What `place` said when the articles were read that came last."""
        return self._place() if self._far is None else self._far

    def read(
        self,
        files: Iterable[reading.File],
        format_name: str,
        recognised: reading.Recognised,
        known: Mapping[str, Any],
    ) -> reading.Found:
        """Yield what is in the files; raises what reading them raises."""
        if sys.platform != "linux" or connection.in_atomic_block:
            yield from reading.read(files, format_name, recognised, known)
            return
        _part_with_connections()
        fork = multiprocessing.get_context("fork")
        ours, theirs = fork.Pipe(duplex=False)
        process = fork.Process(
            target=self._work, args=(ours, theirs, files, format_name, known), daemon=True
        )
        process.start()
        theirs.close()
        _widen(ours)
        try:
            yield from self._received(ours, recognised)
        finally:
            ours.close()
            process.kill()
            process.join()

    def _received(self, pipe: Connection, recognised: reading.Recognised) -> reading.Found:
        while True:
            try:
                self._far, items = pipe.recv()
            except EOFError:
                raise ChildProcessError("The process that reads the files has died.") from None
            for each in items:
                if each is None:
                    return
                if isinstance(each, _Fault):
                    raise each.error
                if isinstance(each, _Recognised):
                    recognised(*each)
                else:
                    yield each

    # In the process beside

    def _work(
        self,
        ours: Connection,
        pipe: Connection,
        files: Iterable[reading.File],
        format_name: str,
        known: Mapping[str, Any],
    ) -> None:
        # Or this one would listen too, and never learn that nobody else does.
        ours.close()
        # Whoever asked for the import is told to stop as well, and ends this process.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        # What both processes have stays theirs together as long as nobody looks for garbage in it.
        gc.freeze()
        ready: Queue[bytes] = Queue(LEAD)
        # It must not keep a process alive whose reading has failed in a way that cannot be told.
        sender = Thread(target=_send, args=(pipe, ready), daemon=True)
        sender.start()
        items: list[Any] = []

        def recognised(*found: str) -> None:
            items.append(_Recognised(*found))

        length = 0

        def put() -> None:
            nonlocal length
            ready.put(_pickled((self._place(), items)))
            items.clear()
            length = 0

        try:
            for each in reading.read(files, format_name, recognised, known):
                items.append(each)
                length += each.length if isinstance(each, records.Article) else 0
                if len(items) >= AT_ONCE or length >= LENGTH_AT_ONCE:
                    put()
            items.append(None)
        except Exception as error:  # noqa: BLE001 - it is raised where the reading was asked for
            items.append(_Fault(_carried(error)))
        put()
        ready.put(END)
        sender.join()


def _widen(pipe: Connection) -> None:
    """Let as much be in the pipe as anybody may have there: both processes are woken less often."""
    # Linux refuses where a person has too much in pipes already; it goes on as it is then.
    with suppress(OSError):
        fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, WIDTH)


def _part_with_connections() -> None:
    """Close what two processes must not have together; each opens its own when it asks for something."""
    connections.close_all()
    for each in connections.all(initialized_only=True):
        # With its threads, of which a forked process has none.
        if each.settings_dict["OPTIONS"].get("pool"):
            each.close_pool()  # type: ignore[attr-defined] # PostgreSQL's alone has one


def _pickled(value: Any) -> bytes:
    with io.BytesIO() as written:
        _Pickler(written, pickle.HIGHEST_PROTOCOL).dump(value)
        return written.getvalue()


def _by_values(kind: type[Any]) -> Callable[[Any], tuple[Any, ...]]:
    values = attrgetter(*(each.name for each in fields(kind)))
    return lambda record: (kind, values(record))


class _Pickler(pickle.Pickler):
    """Writes what there is much of by its values, which takes three quarters of what it does by their names."""

    dispatch_table = {
        **copyreg.dispatch_table,
        UUID: lambda each: (known, (each.hex,)),
        records.Article: _by_values(records.Article),
        records.AnnotationSet: _by_values(records.AnnotationSet),
    }


def _send(pipe: Connection, ready: Queue[bytes]) -> None:
    """Send what is ready; the process ends where nobody listens any more."""
    try:
        while (items := ready.get()) != END:
            pipe.send_bytes(items)
    except BrokenPipeError:
        os._exit(1)


def _carried(error: Exception) -> Exception:
    """Return an error as it can go through the pipe, with where it came from."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - whatever it is that a library's error cannot
        error = ChildProcessError(repr(error))
    error.add_note(traceback.format_exc())
    return error
