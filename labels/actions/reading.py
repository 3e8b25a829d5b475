"""Reading files of an import by their formats: each is recognised, or all are what somebody says.

A zip or a folder is read by a format of folders that knows its files, else file by file.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from .. import catalogue, importers, records
from ..catalogue import Entry
from ..errors import LibraryMissing, UnknownFormat
from ..importers._folder import ZIP, Folder, joined, zipped
from ..importers._project import annotated
from ..importers._reading import Fault
from ..rules import intake as rules
from ..words import say

AUTO = "auto"
HEAD = 64 * 1024
"""Bytes by which a format is recognised."""
DOCUMENTS = {b"%PDF-": "PDF", b"{\\rtf": "RTF", b"\xd0\xcf\x11\xe0": "Word, Excel"}
"""How files begin that word processors make, and what they are called."""
OFFICE = {
    "word/document.xml": "Word",
    "META-INF/manifest.xml": "OpenDocument",
    "META-INF/container.xml": "EPUB",
}
"""The same for files that are zips, by a file in them."""

File = tuple[str, BinaryIO | Folder]
Found = Iterator[records.Article | records.BadItem]
Recognised = Callable[[str, str], None]
"""Takes the key of a format and the reason, which is empty where the format was given."""
Read = Callable[[Iterable[File], str, Recognised, Mapping[str, Any]], Found]
"""What reads as `read` does."""


def read(
    files: Iterable[File], format_name: str, recognised: Recognised, known: Mapping[str, Any]
) -> Found:
    """Yield what is in the files, ready to be stored; `known` is what formats may ask for: see `importers.asked`.

    Raises `UnknownFormat` and `LibraryMissing`.
    """
    check(format_name)
    for each in _all(files, format_name, recognised, known):
        yield rules.ready(each) if isinstance(each, records.Article) else each


def _all(
    files: Iterable[File], format_name: str, recognised: Recognised, known: Mapping[str, Any]
) -> Found:
    for name, source in _together(files, format_name):
        if isinstance(source, Folder):
            yield from _folder(source, format_name, recognised, known)
        elif _head(source).startswith(ZIP):
            try:
                folder = zipped(source, name)
            except Fault as found:
                yield records.BadItem(name, found.code, found.detail)
            else:
                yield from _folder(folder, format_name, recognised, known)
        else:
            yield from _file(name, source, format_name, recognised, known)


def _together(files: Iterable[File], format_name: str) -> Iterable[File]:
    """Put files that are sent side by side into folders, where formats of folders know them."""
    if not isinstance(files, list) or len(files) == 1:
        return files  # They are opened one after the other; to look at every format takes a while.
    left, folders = files, []
    for key, entry in catalogue.catalogue(importers).items():
        endings = getattr(entry.module, importers.ENDINGS, ())
        if format_name in {AUTO, key} and endings:
            own = [(n, x) for n, x in left if n.endswith(endings) and not isinstance(x, Folder)]
            by_name = dict(own)
            if len(own) == len(by_name) and entry.module.holds(sorted(by_name)):
                folders.append((key, _side_by_side(by_name)))
                left = [each for each in left if each[0] not in by_name]
    return [*left, *folders]


def _side_by_side(files: Mapping[str, Any]) -> Folder:
    def opened(name: str) -> BinaryIO:
        files[name].seek(0)
        return io.BytesIO(files[name].read())

    return Folder(say("files"), sorted(files), opened)


def check(format_name: str) -> None:
    """Raise `UnknownFormat` for a name that is none."""
    formats = catalogue.catalogue(importers)
    if format_name not in {AUTO, *formats}:
        raise UnknownFormat(
            say(
                "There is no format “{name}”. There is: {formats}.",
                name=format_name,
                formats=", ".join(formats),
            )
        )


def _head(source: BinaryIO) -> bytes:
    source.seek(0)
    head = source.read(HEAD)
    source.seek(0)
    return head


def _folder(
    folder: Folder, format_name: str, recognised: Recognised, known: Mapping[str, Any]
) -> Found:
    try:
        folder = annotated(folder)
    except Fault as found:
        yield records.BadItem(folder.name, found.code, found.detail)
        return
    for inside, kind in OFFICE.items():
        if inside in folder.names:
            raise _is_document(folder.name, kind)
    for key, entry in catalogue.catalogue(importers).items():
        if format_name in {AUTO, key} and importers.takes_folders(entry.module):
            reason = entry.module.holds(folder.names)
            if reason or format_name == key:
                recognised(key, f"{folder.name}: {reason}" if reason else "")
                module = _whole(entry)
                yield from module.read_folder(folder, **importers.asked(module, known))
                return
    if not folder.names:
        yield records.BadItem(folder.name, "empty_file", say("There is no file in it."))
    yield from joined(_files(folder, format_name, recognised, known))


def _files(
    folder: Folder, format_name: str, recognised: Recognised, known: Mapping[str, Any]
) -> Found:
    for name in folder.names:
        try:
            with folder.open(name) as source:
                yield from _file(name, source, format_name, recognised, known)
        except Fault as found:
            yield records.BadItem(f"{folder.name}, {name}", found.code, found.detail)


def _file(
    name: str,
    source: BinaryIO,
    format_name: str,
    recognised: Recognised,
    known: Mapping[str, Any],
) -> Found:
    head = _head(source)
    for begins, kind in DOCUMENTS.items():
        if head.startswith(begins):
            raise _is_document(name, kind)
    key, reader = _reader(name, head, format_name, recognised)
    if importers.takes_folders(reader):
        detail = say("This format is made of several files: bring them as one zip.")
        yield records.BadItem(name, "not_a_folder", detail)
    else:
        recognised(key, "")
        yield from reader.read(source, name, **importers.asked(reader, known))


def _is_document(name: str, kind: str) -> UnknownFormat:
    return UnknownFormat(
        say(
            "{name} is a document ({kind}), which is not read. Save it as text or as a web page, and bring that.",
            name=name,
            kind=kind,
        )
    )


def _reader(name: str, head: bytes, format_name: str, recognised: Recognised) -> tuple[str, Any]:
    formats = catalogue.catalogue(importers)
    if format_name != AUTO:
        return format_name, _whole(formats[format_name])
    for key, entry in formats.items():
        is_part = importers.takes_folders(entry.module)
        reason = entry.module.holds([name]) if is_part else entry.module.recognises(head, name)
        if reason:
            recognised(key, f"{name}: {reason}")
            return key, _whole(entry)
    raise UnknownFormat(
        say("{name}: no format recognises this file. Say which one it is.", name=name)
    )


def _whole(entry: Entry) -> Any:
    """Return the module of a format that has what it needs. Raises `LibraryMissing`."""
    if entry.missing:
        raise LibraryMissing(entry.key, entry.missing)
    return entry.module
