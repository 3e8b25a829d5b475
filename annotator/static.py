"""Which static files are collected, under which names, and how: only what a page of ours loads.

The modules of a folder are served as one file, all but its `index.js`, with which a page begins. The manifest
sends the name of each module to the file that holds it: see docs/decisions/0003-joined-modules.md. A style sheet
holds those that it imports when it is served, so that a page asks for one.

Left out are the browsable API's files (it is switched off), Redoc, which a strict content security policy does not
let run, and source maps. Together they are 900 files, most of the time and the room that collecting takes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from posixpath import normpath, relpath
from typing import Any

import brotli  # type: ignore[import-untyped]
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

from .joining import joined

Paths = dict[str, tuple[Storage, str]]
"""What was collected: each file by its name, with where it comes from."""

OURS = "labels/"
WORDS = "labels/words"
"""Words of other languages are no modules: a page loads those of its own."""
PARTS = {"labels/canvas/activity": "labels/canvas", "labels/canvas/way": "labels/canvas"}
"""Folders that every visit needs sooner or later: they pack better in the file of the one they lie in."""
ENTRANCE = "index.js"
JOINED = "joined.js"
NAMED = re.compile(r'(\bfrom |^import |\bimport\()"(\.[^"]*)"', re.MULTILINE)
"""How a module names another, and which."""
SHEET = re.compile(r'^@import "\./(\w+\.css)";\n', re.MULTILINE)
"""How a style sheet names another, and which."""
COMMENT = re.compile(rb"^[ \t]*(?:/\*(?:(?!\*/).)*\*/[ \t]*|//[^\n]*)\n", re.DOTALL | re.MULTILINE)
"""A comment with lines of its own; tests/house/test_static.py holds that none stands inside a string."""
WITHIN = re.compile(rb"/\*\*(?:(?!\*/).)*\*/ ?")
"""What says a type within a line; tests/house/test_static.py holds that none stands inside a string."""
INDENT = re.compile(rb"^[ \t]+", re.MULTILINE)
"""What a line begins with; tests/house/test_static.py holds that no string runs over lines."""

SMALL = 400_000
"""So many bytes are packed as tightly as can be in a second or two; Swagger's 1.6 million would take ten."""
TIGHT, QUICK = 11, 9


def without_comments(source: bytes) -> bytes:
    """Leave out the comments of a module or style sheet: they are a quarter of what would be sent."""
    return WITHIN.sub(b"", COMMENT.sub(b"", source))


class ServedFiles(StaticFilesConfig):
    """Django's own app with a longer list of what to leave."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "rest_framework",
        "redoc",
        "*.map",
        "*.txt",
    ]


class Packed(Compressor):  # type: ignore[misc] # it has no types
    """Brotli and gzip, once, when files are collected; a browser takes what it knows."""

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        """Take no longer than a first start has time for."""
        packed: bytes = brotli.compress(data, quality=TIGHT if len(data) < SMALL else QUICK)
        return packed


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # it has no types
    """Names with hashes, each file packed too, the modules of a folder in one, no source maps."""

    # Django's own patterns for `url()` and `@import` in style sheets, without those for source maps.
    patterns = (("*.css", CompressedManifestStaticFilesStorage.patterns[0][1][:2]),)

    def post_process(self, paths: Paths, *, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Join the modules of each folder, then give what is served its hashed name."""
        if not dry_run:
            folders = _folders(paths)
            holders = {
                name: f"{folder}/{JOINED}" for folder, names in folders.items() for name in names
            }
            for name in [name for name in paths if _is_module(name) and name not in holders]:
                self._put(name, pointed(name, _read(paths[name]), holders), paths)
            for folder, names in folders.items():
                self._join(f"{folder}/{JOINED}", names, holders, paths)
            for name in [name for name in paths if name.startswith(OURS) and name.endswith(".css")]:
                self._put(name, _whole(name, paths), paths)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _join(
        self, holder: str, modules: list[str], holders: Mapping[str, str], paths: Paths
    ) -> None:
        """Put one file in the place of several."""
        texts = {
            PurePosixPath(name).stem: pointed(holder, lifted(name, _read(paths.pop(name))), holders)
            for name in modules
        }
        self._put(holder, joined(texts), paths)

    def _put(self, name: str, text: str, paths: Paths) -> None:
        """Keep a text under a name, as if it had been collected."""
        self.delete(name)
        self._save(name, ContentFile(text.encode()))
        paths[name] = (self, name)

    def create_compressor(self, **options: Any) -> Compressor:
        """Return what packs a file."""
        return Packed(**options)

    def compress_files(self, paths: Iterable[str]) -> Any:
        """Pack what pages name: nobody is sent to a file without its hash."""
        return super().compress_files(set(paths) & set(self.hashed_files.values()))

    def _save(self, name: str, content: File[bytes]) -> str:
        if name.startswith(OURS) and name.endswith((".js", ".css")):
            content.seek(0)  # it was read for its hash
            content = ContentFile(INDENT.sub(b"", without_comments(content.read())))
        saved: str = super()._save(name, content)
        return saved


def lifted(name: str, text: str) -> str:
    """Return what a module says where it is served: one of a part as if it lay a folder higher."""
    is_part = str(PurePosixPath(name).parent) in PARTS
    return text.replace('} from "../', '} from "./') if is_part else text


def _folders(paths: Paths) -> dict[str, list[str]]:
    """Return our modules by the folder that serves them, those with which a page begins left out."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in sorted(paths):
        path = PurePosixPath(name)
        if name.startswith(OURS) and path.suffix == ".js" and path.name not in {ENTRANCE, JOINED}:
            folder = str(path.parent)
            found[PARTS.get(folder, folder)].append(name)
    return {folder: names for folder, names in found.items() if len(names) > 1 and folder != WORDS}


def pointed(file: str, text: str, holders: Mapping[str, str]) -> str:
    """Return what a module says in `file`: where it names one that is held by another file, it names that file."""
    here = PurePosixPath(file)

    def named(found: re.Match[str]) -> str:
        how, other = found.groups()
        holder = holders.get(normpath(here.parent / other))
        # What is joined with it is not fetched, and `joined` has to know the module.
        if holder is None or (holder == file and how == "from "):
            return found[0]
        path = relpath(holder, here.parent)
        return f'{how}"{path if path.startswith(".") else f"./{path}"}"'

    return NAMED.sub(named, text)


def _is_module(name: str) -> bool:
    return name.startswith(OURS) and name.endswith(".js") and not name.startswith(f"{WORDS}/")


def _whole(sheet: str, paths: Paths) -> str:
    """Return the text of a style sheet with those that it imports."""
    folder = PurePosixPath(sheet).parent
    return SHEET.sub(lambda found: _whole(str(folder / found[1]), paths), _read(paths[sheet]))


def _read(place: tuple[Storage, str]) -> str:
    """Return the text of a module without its comments."""
    storage, path = place
    with storage.open(path) as file:
        return without_comments(file.read()).decode()
