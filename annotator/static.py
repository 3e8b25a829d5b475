"""Which of the packages' static files are collected: only what a page of ours loads.

Left out are the browsable API's files (it is switched off) and Redoc, which a strict content security policy
does not let run. Together they are 900 files, most of the time and the room that collecting takes.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.staticfiles.apps import StaticFilesConfig


class ServedFiles(StaticFilesConfig):
    """Django's own app with a longer list of what to leave."""

    ignore_patterns: ClassVar[list[str]] = [
        *StaticFilesConfig.ignore_patterns,
        "rest_framework",
        "redoc",
        "*.map",
        "swagger-ui-es-*",
        "swagger-ui.js",
    ]
