"""Several files that belong together: a folder on the disk, or a zip, opened with care.

A zip is refused, before any of it is unpacked, when it has too much in it, or names that lead outside.
What a member really holds is counted while it is read, whatever the zip says of it.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from ..records import Article, BadItem
from ..words import say
from ._reading import Fault

ZIP = b"PK\x03\x04"
"""How a zip begins."""
MOST_FILES = 20_000
LARGEST_FILE = 32 * 1024 * 1024
"""Bytes of one file of a folder, unpacked."""
LARGEST_ALL = 1024 * 1024 * 1024
"""Bytes of all of them."""
LONGEST_DIRECTORY = MOST_FILES * 400
"""Bytes of a zip's list of members: reading a longer one takes long by itself."""
END, END_SIZE, LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
ENCRYPTED = 0x1
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What `zipfile` raises of a zip that is broken, or made in a way that it does not know."""
LITTER = {"__MACOSX", "Thumbs.db", "desktop.ini"}
"""What desktops leave in folders."""
LISTED = re.compile(r"^==> (.+) <==\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Folder:
    """Files by name, with `/` between folders; `open` and `read` raise `Fault` where one is not to be had."""

    name: str
    names: Sequence[str]
    open: Callable[[str], BinaryIO]

    def read(self, name: str) -> bytes:
        """Return the bytes of one file."""
        with self.open(name) as source:
            found = source.read(LARGEST_FILE + 1)
        if len(found) > LARGEST_FILE:
            raise _too_large(name)
        return found


def on_disk(path: Path) -> Folder:
    """Return a folder of the disk; what begins with a dot, and links, stay out."""
    found = sorted(each for each in path.rglob("*") if each.is_file() and not each.is_symlink())
    names = [each.relative_to(path).as_posix() for each in found]
    shown = [each for each in names if _is_shown(each)]
    return Folder(path.name, shown, lambda name: (path / name).open("rb"))


def joined(found: Iterable[Article | BadItem]) -> Iterator[Article | BadItem]:
    """Put together what stands one after the other of one article: files of several annotators."""
    held: Article | None = None
    for each in found:
        if isinstance(each, BadItem):
            yield each
        elif held and _belong(held, each):
            held = replace(
                held,
                annotation_sets=[*held.annotation_sets, *each.annotation_sets],
                notes=list(dict.fromkeys([*held.notes, *each.notes])),
            )
        else:
            if held:
                yield held
            held = each
    if held:
        yield held


def _belong(held: Article, found: Article) -> bool:
    """Tell whether two are of one article, and the later has sets that the other has not."""
    ids = [{each.id for each in one.annotation_sets} for one in (held, found)]
    described = [(one.id, one.text, one.external_id, one.title) for one in (held, found)]
    return described[0] == described[1] and bool(ids[1]) and ids[0].isdisjoint(ids[1])


def of_listing(name: str, text: str) -> Folder:
    """Return the files of a listing in which `==> name <==` stands before each, as samples have it."""
    parts = LISTED.split(text)
    files = dict(zip(parts[1::2], parts[2::2], strict=True))
    return Folder(name, list(files), lambda each: io.BytesIO(files[each].encode()))


def zipped(source: BinaryIO, name: str) -> Folder:
    """Return the files of a zip. Raises `Fault` where it cannot be opened, or not with safety."""
    _check_directory(source)
    try:
        archive = zipfile.ZipFile(source)
        # Not `is_dir`, which fails at a member without a name.
        members = [each for each in archive.infolist() if not _name(each).endswith("/")]
    except DAMAGED:
        raise _broken() from None
    if not all(each.filename for each in members):
        raise _broken()
    _check(members)
    by_name = {_name(each): each for each in members}
    left = [LARGEST_ALL]

    def unpack(wanted: str) -> BinaryIO:
        found = _unpacked(archive, by_name[wanted])
        left[0] -= len(found)
        if left[0] < 0:
            raise too_much()
        return io.BytesIO(found)

    return Folder(name, sorted(each for each in by_name if _is_shown(each)), unpack)


def _name(member: zipfile.ZipInfo) -> str:
    """Return the name of a member; some programs of Windows write backslashes between folders."""
    return member.filename.replace("\\", "/")


def _is_shown(name: str) -> bool:
    return not any(part.startswith(".") or part in LITTER for part in name.split("/"))


def _check_directory(source: BinaryIO) -> None:
    """Look at the end of a zip, where its list of members is announced, before that is read."""
    size = source.seek(0, io.SEEK_END)
    source.seek(max(0, size - END_SIZE - LONGEST_COMMENT))
    tail = source.read()
    at = tail.rfind(END)
    if at < 0 or len(tail) < at + END_SIZE:
        raise _broken()
    count, length = struct.unpack("<HI", tail[at + 10 : at + 16])
    if count > MOST_FILES or length > LONGEST_DIRECTORY:
        raise too_much()
    source.seek(0)


def _check(members: Sequence[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_FILES or sum(each.file_size for each in members) > LARGEST_ALL:
        raise too_much()
    names: set[str] = set()
    for each in members:
        if each.file_size > LARGEST_FILE:
            raise _too_large(each.filename)
        link = stat.S_ISLNK(each.external_attr >> 16)
        if link or _name(each) in names or _leads_outside(each):
            raise Fault(
                "unsafe_archive",
                say(
                    "The zip has “{name}”, which is a link, stands twice, or leads outside. Make the zip anew.",
                    name=each.filename[:100],
                ),
            )
        if each.flag_bits & ENCRYPTED or each.compress_type not in METHODS:
            raise Fault(
                "unsafe_archive",
                say("The zip is encrypted, or packed in a way that is not read. Make a plain one."),
            )
        names.add(_name(each))


def _leads_outside(member: zipfile.ZipInfo) -> bool:
    # zipfile cuts a name at a NUL; the name as it was packed tells.
    given = member.orig_filename.replace("\\", "/")
    path = PurePosixPath(given)
    return path.is_absolute() or ".." in path.parts or "\0" in given or given[1:2] == ":"


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    try:
        with archive.open(member) as source:
            found = source.read(LARGEST_FILE + 1)
    except DAMAGED:
        raise _broken() from None
    if len(found) > LARGEST_FILE:
        raise _too_large(member.filename)
    return found


def _broken() -> Fault:
    return Fault("bad_archive", say("The zip is damaged: it cannot be opened."))


def _too_large(name: str) -> Fault:
    return Fault(
        "too_large",
        say(
            "“{name}” has more than {most} MB unpacked.",
            name=name[:100],
            most=LARGEST_FILE // 1024 // 1024,
        ),
    )


def too_much() -> Fault:
    """Return what is said of more than is unpacked."""
    return Fault(
        "too_large",
        say(
            "There are more than {files} files in it, or more than {most} MB unpacked. Split it.",
            files=MOST_FILES,
            most=LARGEST_ALL // 1024 // 1024,
        ),
    )
