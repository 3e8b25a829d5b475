"""Which static files are collected, and under which names: only what a page of ours loads.

Left out are the browsable API's files (it is switched off), Redoc, which a strict content security policy does not
let run, and source maps. Together they are 900 files, most of the time and the room that collecting takes.
"""

from __future__ import annotations

from django.contrib.staticfiles.apps import StaticFilesConfig
from whitenoise.storage import CompressedManifestStaticFilesStorage


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
