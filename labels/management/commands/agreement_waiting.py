"""Count the figures that wait; the server starts this by itself when there are some."""

from __future__ import annotations

import os
from typing import Any

from ...actions import counting
from .. import command


class Command(command.Command):
    """`manage.py agreement_waiting`"""

    help = "Count the figures of agreement that wait. The server starts this itself; there must be one at a time."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Work until nothing waits."""
        # People who label come first.
        os.nice(5)
        counting.work()
