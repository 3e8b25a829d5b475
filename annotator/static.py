"""Which static files are collected, under which names, and how: only what a page of ours loads.

Left out are the browsable API's files (it is switched off), Redoc, which a strict content security policy does not
let run, and source maps. Together they are 900 files, most of the time and the room that collecting takes.
"""

from __future__ import annotations

import re

from django.contrib.staticfiles.apps import StaticFilesConfig
from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage

COMMENT = re.compile(rb"^[ \t]*(?:/\*(?:(?!\*/).)*\*/[ \t]*|//[^\n]*)\n", re.DOTALL | re.MULTILINE)
"""A comment with lines of its own; tests/house/test_static.py holds that none stands inside a string."""


def without_comments(source: bytes) -> bytes:
    """Leave out the comments of a module or style sheet: they are a quarter of what would be sent."""
    return COMMENT.sub(b"", source)


class ServedFiles(StaticFilesConfig):
    """Django's own app with a longer list of what to leave."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "rest_framework",
        "redoc",
        "*.map",
        "*.txt",
    ]


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # it has no types
    """Names with hashes, gzip beside each file; nobody asks where the source maps are."""

    # Django's own patterns for `url()` and `@import` in style sheets, without those for source maps.
    patterns = (("*.css", CompressedManifestStaticFilesStorage.patterns[0][1][:2]),)

    def _save(self, name: str, content: File[bytes]) -> str:
        if name.startswith("labels/") and name.endswith((".js", ".css")):
            content.seek(0)  # it was read for its hash
            content = ContentFile(without_comments(content.read()))
        saved: str = super()._save(name, content)
        return saved
