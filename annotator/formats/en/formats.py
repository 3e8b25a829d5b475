"""The formats of English."""

from __future__ import annotations

DATE_FORMAT = "j F Y"
