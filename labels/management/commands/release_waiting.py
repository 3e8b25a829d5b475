"""Make the large releases that wait; the server starts this by itself when there are some."""

from __future__ import annotations

import gc
import os
import time
from typing import Any

from django.core.management.base import BaseCommand

from ...actions import making

PAUSE = 5.0
"""Seconds until it looks again at what a process of another machine holds."""


class Command(BaseCommand):
    """`manage.py release_waiting`"""

    requires_system_checks = []
    help = (
        "Make the releases that wait. The server starts this itself; there must be one at a time."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Work until nothing waits."""
        # People who label come first, and rows that live for a moment are no garbage to look for.
        os.nice(5)
        gc.set_threshold(20_000)
        while making.work():
            time.sleep(PAUSE)
