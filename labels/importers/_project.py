"""The whole project that INCEpTION or WebAnno exports, as the files of it that hold annotations.

In its zip `annotation/DOCUMENT/` and `curation/DOCUMENT/` have a file for each annotator, in the format that was
chosen when it was exported; one that is of several files is a zip of its own.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from ..words import say
from ._folder import LARGEST_ALL, MOST_FILES, Folder, too_much, zipped
from ._reading import Fault

PROJECT = re.compile(r"exportedproject[^/]*\.json")
MARKED = re.compile(r"(?:annotation|curation)/[^/]+/[^/]+")
ZIP = ".zip"
NOBODY = "INITIAL_CAS"
"""Whose the file is that a document has as long as nobody has opened it."""


def annotated(folder: Folder) -> Folder:
    """Return what is annotated in a project's folder; any other folder as it is. Raises `Fault`."""
    if not any(PROJECT.fullmatch(each) for each in folder.names):
        return folder
    files = [each for each in folder.names if MARKED.fullmatch(each)]
    if not files:
        raise Fault(
            "no_annotations",
            say(
                "This is a project without annotations that can be read. Export it again with a format, such "
                "as UIMA CAS JSON or UIMA CAS XMI, and bring that."
            ),
        )
    return _Zips(folder, files).unfolded()


class _Zips:
    """Files of a folder, those in zips among them; the zip that was read last stays open."""

    def __init__(self, folder: Folder, files: Iterable[str]) -> None:
        self.folder = folder
        self.files = list(files)
        self.left = LARGEST_ALL
        self.last: tuple[str, Folder] | None = None

    def unfolded(self) -> Folder:
        """Return them as one folder, document after document; one that nobody has opened is as it was brought."""
        documents: dict[str, list[str]] = defaultdict(list)
        for name in self._names():
            documents[name.split("/")[1]].append(name)
        names = [each for found in documents.values() for each in _of_people(found)]
        if len(names) > MOST_FILES:
            raise too_much()
        return Folder(self.folder.name, names, self._opened)

    def _names(self) -> Iterator[str]:
        for each in self.files:
            if each.endswith(ZIP):
                yield from (f"{each}/{name}" for name in self._zip(each).names)
            else:
                yield each

    def _zip(self, name: str) -> Folder:
        if self.last is None or self.last[0] != name:
            try:
                self.last = name, zipped(io.BytesIO(self.folder.read(name)), name)
            except Fault as fault:
                raise Fault(fault.code, f"{name}: {fault.detail}") from None
        return self.last[1]

    def _opened(self, name: str) -> BinaryIO:
        outer, inside, inner = name.partition(f"{ZIP}/")
        if not inside:
            return self.folder.open(name)
        content = self._zip(outer + ZIP).read(inner)
        self.left -= len(content)
        if self.left < 0:
            raise too_much()
        return io.BytesIO(content)


def _of_people(files: list[str]) -> list[str]:
    found = [each for each in files if PurePosixPath(each).stem != NOBODY]
    marked = [each for each in found if PurePosixPath(each).stem != "TypeSystem"]
    return found if marked else files
